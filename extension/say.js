// @ts-check
// The messages of the reader's language, put where a page of ours asks for them.
import { api } from './api.js';
import { speak } from './page/words.js';

/** @type {import('./page/words.js').Say} */
export const say = (key, ...values) => api.i18n.getMessage(key, values.map(String));

/** Fills every `data-say` and `data-label` of a page, and says what language and direction it has. @param {Document} doc */
export function fill(doc) {
  speak(say);
  doc.documentElement.lang = say('locale');
  doc.documentElement.dir = say('@@bidi_dir');
  for (const element of doc.querySelectorAll('[data-say]')) element.textContent = say(element.getAttribute('data-say') ?? '');
  for (const element of doc.querySelectorAll('[data-label]')) element.setAttribute('aria-label', say(element.getAttribute('data-label') ?? ''));
}

/** @template {HTMLElement} T @param {string} id @returns {T} */
export const by = (id) => /** @type {T} */ (document.getElementById(id));

/** The tab that a page of ours is about: `?tab=` names it where the page is opened by itself. @returns {Promise<chrome.tabs.Tab | undefined>} */
export async function tabAsked() {
  const asked = Number(new URLSearchParams(location.search).get('tab'));
  if (asked) return api.tabs.get(asked).catch(() => undefined);
  return (await api.tabs.query({ active: true, currentWindow: true }))[0];
}
