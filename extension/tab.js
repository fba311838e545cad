// @ts-check
// One tab: start reading it, stop, speak to it. Used by the background, the popup and the panel.
import { api } from './api.js';
import { colourRules } from './colours.js';
import { loadPrefs } from './preferences.js';

const STYLE = 'marks.css';
const SCRIPT = 'content.js';

/**
 * Injects the page half, or wakes the one that is there. Rejects where the browser
 * forbids it (its own pages, its store, a viewer).
 * @param {number} tabId
 */
export async function start(tabId) {
  // Our own pages are no articles, although a browser may let us read them.
  const { url } = await api.tabs.get(tabId);
  if (url?.startsWith(api.runtime.getURL(''))) throw new Error('a page of ours');
  await remember(tabId, { off: false });
  await api.scripting.executeScript({ target: { tabId }, files: [SCRIPT] });
}

/** Takes everything of ours out of the tab. @param {number} tabId */
export async function stop(tabId) {
  await remember(tabId, { off: true });
  await tell(tabId, { do: 'off' });
  await undress(tabId);
  await badge(tabId, 0);
}

/**
 * Whose style the marks have. It has to reach into the page's shadow trees: in Firefox only a
 * user's style does; in Chromium the page's own is inherited there, and a user's has no ground.
 * @type {'AUTHOR' | 'USER'}
 */
const ORIGIN = api.runtime?.getURL('').startsWith('moz-') ? 'USER' : 'AUTHOR';

/** Gives the tab the style of the marks, once, with the reader's colours over it. @param {number} tabId */
export async function dress(tabId) {
  await undress(tabId);
  const { colours } = await loadPrefs();
  const css = colourRules(colours);
  const target = { tabId, allFrames: true };
  await api.scripting.insertCSS({ target, files: [STYLE], origin: ORIGIN });
  if (css) await api.scripting.insertCSS({ target, css, origin: ORIGIN });
  await api.storage.session.set({ [`colours ${tabId}`]: css }).catch(() => {});
}

/** Takes the style out of the tab. @param {number} tabId */
export async function undress(tabId) {
  const key = `colours ${tabId}`;
  const css = /** @type {string | undefined} */ ((await kept(key))[key]);
  const target = { tabId, allFrames: true };
  await api.scripting.removeCSS({ target, files: [STYLE], origin: ORIGIN }).catch(() => {});
  if (css) await api.scripting.removeCSS({ target, css, origin: ORIGIN }).catch(() => {});
  await api.storage.session.remove(key).catch(() => {});
}

/** What the browser keeps until it closes, if it keeps anything for us. @param {string} key @returns {Promise<Record<string, unknown>>} */
function kept(key) {
  return api.storage.session.get(key).catch(() => ({}));
}

/** Opens the panel beside the page; only in a click or key press of the reader. @param {number} [windowId] */
export async function openPanel(windowId) {
  if (api.sidePanel) await api.sidePanel.open({ windowId: windowId ?? api.windows.WINDOW_ID_CURRENT });
  else await /** @type {any} */ (api).sidebarAction?.open();
}

/**
 * @typedef {{ do: 'off' } | { do: 'state' } | { do: 'jump', index: number } | { do: 'step', by: 1 | -1 }
 *   | { do: 'mention', index: number } | { do: 'aside', index: number, aside: boolean } | { do: 'count', day: string | null }
 *   | { do: 'again' } | { do: 'article' }} Order
 * @param {number} tabId @param {Order} order
 * @returns {Promise<any>} the page half's answer; undefined where there is none
 */
export function tell(tabId, order) {
  return api.tabs.sendMessage(tabId, order).catch(() => undefined);
}

/** The badge counts differences only. @param {number} tabId @param {number} differences */
export async function badge(tabId, differences) {
  try {
    await api.action.setBadgeBackgroundColor({ tabId, color: '#c02626' });
    await api.action.setBadgeTextColor({ tabId, color: '#ffffff' });
    await api.action.setBadgeText({ tabId, text: differences ? String(differences) : '' });
  } catch {
    // The tab has been closed meanwhile.
  }
}

/** Whether the reader has switched this tab off. Forgotten when the browser closes. @param {number} tabId */
export async function isOff(tabId) {
  return (await tabsOff()).includes(tabId);
}

/** @param {number} tabId @param {{ off: boolean }} what */
async function remember(tabId, { off }) {
  const others = (await tabsOff()).filter((id) => id !== tabId);
  // Without room for it the tab is read or left all the same.
  await api.storage.session.set({ tabsOff: off ? [...others, tabId] : others }).catch(() => {});
}

/** @returns {Promise<number[]>} */
async function tabsOff() {
  const { tabsOff: list } = await kept('tabsOff');
  return Array.isArray(list) ? list : [];
}
