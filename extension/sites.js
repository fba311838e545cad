// @ts-check
// Sites that the reader wants read without a click, and sites never to be read.
import { api } from './api.js';

const ID = 'automatic';
export const EVERY_SITE = '*://*/*';

/** The match pattern of one host. @param {string} host */
export function patternOf(host) {
  return `*://${host}/*`;
}

/** @param {'automatic' | 'never'} list @returns {Promise<string[]>} match patterns */
export async function listed(list) {
  const stored = (await api.storage.local.get(list))[list];
  return Array.isArray(stored) ? stored : [];
}

/** @param {'automatic' | 'never'} list @param {string} pattern @param {boolean} wanted */
export async function setListed(list, pattern, wanted) {
  const others = (await listed(list)).filter((p) => p !== pattern);
  await api.storage.local.set({ [list]: wanted ? [...others, pattern] : others });
}

/** Whether the reader wants this address never to be read. @param {string | undefined} url */
export async function isNever(url) {
  return url !== undefined && (await listed('never')).includes(patternOf(new URL(url).hostname));
}

/** Of the patterns the reader wants read automatically, those the browser has granted. */
export async function granted() {
  const wanted = await listed('automatic');
  const allowed = await Promise.all(wanted.map((pattern) => api.permissions.contains({ origins: [pattern] })));
  return wanted.filter((_, i) => allowed[i]);
}

/** The last sync, so that two changes at once do not interleave. */
let last = Promise.resolve();

/** Makes the registered content script match what is wanted and granted: none, where nothing is. */
export function syncAutomatic() {
  last = last.then(register, register);
  return last;
}

async function register() {
  const matches = await granted();
  const excludeMatches = await listed('never');
  const [registered] = await api.scripting.getRegisteredContentScripts({ ids: [ID] });
  if (!matches.length) {
    if (registered) await api.scripting.unregisterContentScripts({ ids: [ID] });
    return;
  }
  const script = { id: ID, js: ['content.js'], matches, excludeMatches, runAt: /** @type {const} */ ('document_idle'), persistAcrossSessions: true };
  // Changed in its place, so that no page is loaded while there is none.
  await (registered ? api.scripting.updateContentScripts([script]) : api.scripting.registerContentScripts([script]));
}
