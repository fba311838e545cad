// @ts-check
// The options page's worker: imports files and cuts sets, and says how far it is.
import load from 'countercheck-core';
import { importFile, removeSource } from './library-work.js';

/** @typedef {{ do: 'import', file: File, name: string, beside?: File[] } | { do: 'remove', id: string, place: number }} Task */

const ready = load({ module_or_path: new URL('core/countercheck_bg.wasm', self.location.href) });

/** @param {'reading' | 'checking' | 'done' | 'failed'} stage @param {object} [more] */
const report = (stage, more) => self.postMessage({ stage, ...more });

/** @param {File} file */
async function bytesOf(file) {
  const bytes = new Uint8Array(file.size);
  let at = 0;
  for (const reader = file.stream().getReader(); ; ) {
    const { value, done } = await reader.read();
    if (done) return bytes;
    bytes.set(value, at);
    at += value.length;
    report('reading', { part: at / file.size });
  }
}

self.addEventListener('message', async ({ data }) => {
  const task = /** @type {Task} */ (data);
  try {
    if (task.do === 'import') {
      const bytes = await bytesOf(task.file);
      report('checking');
      await ready;
      report('done', { set: await importFile(bytes, task.name, task.beside) });
    } else {
      report('checking');
      await ready;
      await removeSource(task.id, task.place);
      report('done');
    }
  } catch (error) {
    const { name = '', message = String(error) } = /** @type {Error} */ (error);
    report('failed', { full: name === 'QuotaExceededError', message });
  }
});
