// @ts-check
// One tab: start reading it, stop, speak to it. Used by the background and the popup.

/** @type {typeof chrome} */
export const api = /** @type {any} */ (globalThis).browser ?? globalThis.chrome;

export const STYLE = 'marks.css';
const SCRIPT = 'content.js';

/**
 * Injects the page half, or wakes the one that is there. Rejects where the browser
 * forbids it (its own pages, its store, a viewer).
 * @param {number} tabId
 */
export async function start(tabId) {
  await remember(tabId, { off: false });
  await api.scripting.executeScript({ target: { tabId }, files: [SCRIPT] });
}

/** Takes everything of ours out of the tab. @param {number} tabId */
export async function stop(tabId) {
  await remember(tabId, { off: true });
  await tell(tabId, { do: 'off' });
  await api.scripting.removeCSS({ target: { tabId }, files: [STYLE] }).catch(() => {});
  await badge(tabId, 0);
}

/**
 * @typedef {{ do: 'off' } | { do: 'state' } | { do: 'jump', index: number } | { do: 'step', by: 1 | -1 }} Order
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
  await api.storage.session.set({ tabsOff: off ? [...others, tabId] : others });
}

/** @returns {Promise<number[]>} */
async function tabsOff() {
  const { tabsOff: list } = await api.storage.session.get('tabsOff');
  return Array.isArray(list) ? list : [];
}
