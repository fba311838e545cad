// @ts-check
// The reader's reference sets on the options page: list, import, export, switch, delete, undo.
import { api } from './api.js';
import * as library from './library.js';
import { button, make } from './page/dom.js';
import { saveBytes } from './page/exports.js';
import { counted, formatDay, formatNumber, formatSize } from './page/words.js';
import { by, say } from './say.js';

/** @typedef {import('./library.js').StoredSet} StoredSet */

/** Sources listed at once; the list grows on demand. */
const PAGE = 50;
/** The bundled set as the core describes it, once asked for. @type {import('../src/wasm.js').SourceInfo[]} */
let bundled = [];
/** Ids of the sets whose sources are listed, with how many. @type {Map<string, number>} */
const unfolded = new Map();
/** @type {Worker | null} */
let worker = null;
/** Tells who waits for the worker that it was stopped. */
let stopped = () => {};

/** Wires the section and fills it. */
export async function showReferences() {
  const file = /** @type {HTMLInputElement} */ (by('file'));
  by('import').addEventListener('click', () => file.click());
  file.addEventListener('change', async () => {
    const files = [...(file.files ?? [])];
    // Where there is a manifest, the other files are its shards.
    const manifests = files.filter(({ name }) => /\.ccman$/i.test(name));
    for (const one of manifests.length ? manifests : files) await importFile(one, manifests.length ? files : []);
    file.value = '';
  });
  by('undo').addEventListener('click', async () => {
    await library.undo();
    notice(say('references_undone'));
  });
  by('stop').addEventListener('click', () => end(say('references_stopped')));
  api.storage.onChanged.addListener((changes) => changes.revision && list());
  bundled = (await api.runtime.sendMessage({ do: 'bundled' }).catch(() => null))?.sources ?? [];
  // Where the browser keeps nothing for us, there is nothing to list.
  await list().catch((error) => notice(say('references_refused', error?.message ?? String(error)), true));
}

/** @param {string} text @param {boolean} [bad] */
function notice(text, bad = false) {
  by('notice').textContent = text;
  by('notice').className = bad ? 'bad' : '';
}

async function list() {
  const [sets, builtIn, last] = await Promise.all([library.listSets(), library.bundledOn(), library.lastChange()]);
  const size = bundled.reduce((sum, { bytes }) => sum + bytes, 0);
  const own = { id: library.BUNDLED, name: say('references_bundled'), on: builtIn, bytes: size, info: { id: '', count: bundled.length, sources: bundled, entities: 0, claims: 0, shards: [] } };
  by('sets').replaceChildren(...[own, ...sets].map(setRow));
  by('undo').hidden = !last;
}

/** @param {StoredSet} set */
function setRow(set) {
  const { id, name, on, bytes, info } = set;
  const builtIn = id === library.BUNDLED;
  const input = /** @type {HTMLInputElement} */ (make(document, 'input', ''));
  input.type = 'checkbox';
  input.checked = on;
  input.addEventListener('change', () => (builtIn ? library.setBundled(input.checked) : library.changeSet(id, { on: input.checked })));
  const label = make(document, 'label', '', input, make(document, 'span', '', name));
  const size = make(document, 'span', 'muted', `${counted(say, 'references_sources', info.count ?? info.sources.length)} · ${formatSize(bytes)}`);
  const row = make(document, 'li', '', make(document, 'div', 'set-head', label, size));
  const place = make(document, 'ul', 'sources');
  const fold = button(document, 'quiet', say('references_list'), () => {
    if (unfolded.delete(id)) place.replaceChildren();
    else showSources(set, place, PAGE);
    fold.setAttribute('aria-expanded', String(unfolded.has(id)));
  });
  fold.setAttribute('aria-expanded', String(unfolded.has(id)));
  const tools = [fold];
  if (!builtIn) {
    tools.push(
      button(document, 'quiet', say('references_rename'), () => rename(set, label)),
      button(document, 'quiet', say('references_export'), () => exportSet(set)),
      button(document, 'quiet', say('references_delete'), () => removeSet(set)),
    );
  }
  for (const tool of tools) tool.setAttribute('aria-label', `${tool.textContent}: ${name}`);
  row.append(make(document, 'div', 'set-tools', ...tools), place);
  const shown = unfolded.get(id);
  if (shown) showSources(set, place, shown);
  return row;
}

/** @param {StoredSet} set @param {HTMLElement} place @param {number} most */
function showSources(set, place, most) {
  unfolded.set(set.id, most);
  const rows = set.info.sources.slice(0, most).map((source, index) => {
    const day = source.published ? formatDay(source.published) : say('keep_undated');
    const about = make(document, 'span', 'muted', `${day} · ${counted(say, 'references_claims', source.claims)} · ${formatSize(source.bytes)}`);
    const row = make(document, 'li', '', make(document, 'span', '', source.title || source.id));
    if (set.id !== library.BUNDLED) {
      const remove = button(document, 'quiet', say('references_delete'), () => run({ do: 'remove', id: set.id, place: index }, say('references_deleted', source.title || source.id)));
      remove.setAttribute('aria-label', `${say('references_delete')}: ${source.title || source.id}`);
      row.append(remove);
    }
    row.append(about);
    return row;
  });
  const left = set.info.sources.length - most;
  if (left > 0) {
    const more = button(document, 'quiet', counted(say, 'references_more', left), () => showSources(set, place, most + PAGE));
    rows.push(make(document, 'li', '', more));
  }
  place.replaceChildren(...rows);
}

/** @param {StoredSet} set @param {HTMLElement} label */
function rename(set, label) {
  const input = /** @type {HTMLInputElement} */ (make(document, 'input', ''));
  input.type = 'text';
  input.value = set.name;
  input.setAttribute('aria-label', say('references_rename'));
  const finish = () => {
    const name = input.value.trim();
    if (name && name !== set.name) void library.changeSet(set.id, { name });
    else void list();
  };
  input.addEventListener('keydown', ({ key }) => {
    if (key === 'Enter') finish();
    if (key === 'Escape') void list();
  });
  input.addEventListener('change', finish);
  label.replaceChildren(input);
  input.focus();
  input.select();
}

/** @param {StoredSet} set */
async function exportSet({ id, name, info }) {
  const save = (/** @type {string} */ as, /** @type {Uint8Array | undefined} */ file) => {
    if (file) saveBytes(document, as, new Blob([/** @type {Uint8Array<ArrayBuffer>} */ (file)], { type: 'application/octet-stream' }));
  };
  const shards = info.shards ?? [];
  save(`${name}.${shards.length ? 'ccman' : 'ccset'}`, await library.fileOf(id));
  for (const { file } of shards) save(file, await library.shardOf(file));
}

/** @param {StoredSet} set */
async function removeSet({ id, name }) {
  await library.alone(() => library.putSet(id, null));
  notice(say('references_deleted', name));
}

/** @param {File} file @param {File[]} beside  where the shards of a manifest are */
async function importFile(file, beside) {
  const done = await run({ do: 'import', file, name: file.name.replace(/\.cc(set|man)$/i, ''), beside }, '');
  if (done?.set) notice(say('references_imported', done.set.name, formatNumber(done.set.info.count)));
}

/**
 * Has the worker do something; what is stored changes whole or not at all.
 * @param {import('./library-worker.js').Task} task @param {string} text  what is said when it is done
 * @returns {Promise<any>}
 */
function run(task, text) {
  end();
  notice('');
  const mine = (worker = new Worker('library-worker.js', { type: 'module' }));
  by('progress').hidden = false;
  by('import').setAttribute('disabled', '');
  const title = task.do === 'import' ? task.file.name : '';
  return new Promise((resolve) => {
    stopped = () => resolve(null);
    const failed = (/** @type {string} */ why) => {
      end();
      notice(why, true);
    };
    mine.addEventListener('error', ({ message }) => failed(say('references_failed', title, message ?? '')));
    mine.addEventListener('message', ({ data }) => {
      const { stage, part, full, message } = data;
      const bar = /** @type {HTMLProgressElement} */ (by('progress-bar'));
      if (stage === 'reading') bar.value = part;
      else bar.removeAttribute('value');
      by('progress-text').textContent = stage === 'reading' ? say('references_reading', title) : say('references_checking', title);
      if (stage === 'failed') return failed(full ? say('references_full', title) : say('references_failed', title, message));
      if (stage !== 'done') return;
      void library.announce();
      resolve(data);
      end();
      notice(text);
    });
    mine.postMessage(task);
  });
}

/** @param {string} [text] */
function end(text) {
  worker?.terminate();
  worker = null;
  stopped();
  by('progress').hidden = true;
  by('import').removeAttribute('disabled');
  if (text) notice(text);
}
