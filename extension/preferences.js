// @ts-check
// The reader's preferences, as the browser stores them on this device.
import { complete } from './page/prefs.js';
import { api } from './api.js';

/** @typedef {import('./page/prefs.js').Prefs} Prefs */

/** @returns {Promise<Prefs>} */
export async function loadPrefs() {
  // A browser that keeps nothing for us has no wishes either.
  const { preferences, dismissed } = await api.storage.local.get(['preferences', 'dismissed']).catch(() => /** @type {Record<string, any>} */ ({}));
  return complete(preferences, dismissed);
}

/** The last change, so that two at once do not undo one another. @type {Promise<unknown>} */
let last = Promise.resolve();

/** Does one change after the other; one that was refused does not stop the next. @param {() => Promise<void>} change */
function next(change) {
  return (last = last.catch(() => {}).then(change));
}

/** Changes what is stored then, not what was shown before. @param {(prefs: Prefs) => Partial<Omit<Prefs, 'dismissed'>>} change */
export function savePrefs(change) {
  return next(async () => {
    const stored = await loadPrefs();
    const { dismissed: _, ...preferences } = { ...stored, ...change(stored) };
    await api.storage.local.set({ preferences });
  });
}

/** Puts a difference aside everywhere, or takes one up again by its pair. @param {import('./page/prefs.js').Dismissed | null} add @param {string | null} remove */
export function setDismissed(add, remove) {
  return next(async () => {
    const { dismissed } = await loadPrefs();
    const gone = add?.pair ?? remove;
    const kept = dismissed.filter(({ pair }) => pair !== gone);
    await api.storage.local.set({ dismissed: add ? [...kept, add] : kept });
  });
}

/** Calls with the new preferences whenever they change, in this tab or elsewhere. @param {(prefs: Prefs) => void} changed @param {AbortSignal} [signal] */
export function onPrefs(changed, signal) {
  /** @param {Record<string, unknown>} changes @param {string} area */
  const listen = async (changes, area) => {
    if (area === 'local' && (changes.preferences || changes.dismissed)) changed(await loadPrefs());
  };
  api.storage.onChanged.addListener(listen);
  signal?.addEventListener('abort', () => api.runtime?.id && api.storage.onChanged.removeListener(listen));
}
