// @ts-check
// The background: one core for all tabs, made when first needed. The browser may end this
// script at any time; nothing here has to survive that.
import load, { Core } from 'countercheck-core';
import { isNever, syncAutomatic } from './sites.js';
import { api, badge, isOff, start, stop, STYLE, tell } from './tab.js';

/** @type {Promise<Core> | undefined} */
let core;

/** The core, compiled on first use; a failure is not kept. */
function ready() {
  core ??= load({ module_or_path: api.runtime.getURL('core/countercheck_bg.wasm') }).then(() => new Core());
  core.catch(() => (core = undefined));
  return core;
}

/**
 * Checks a page for a tab's page half.
 * @param {import('./page/types.js').Page} page @param {number} tabId
 * @param {boolean} first  whether the tab has no style of ours yet
 * @returns {Promise<import('./page/types.js').Answer | { off: true }>}
 */
async function check(page, tabId, first) {
  try {
    // A site that is read by itself, in a tab that the reader has switched off.
    if (first && (await isOff(tabId))) return { off: true };
    if (first) await dress(tabId);
    const ours = await ready();
    const report = ours.check(page);
    await badge(tabId, report.counts.contradicted);
    return { report, sources: ours.references().reduce((sum, set) => sum + set.sources.length, 0) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

/** Gives the tab the style of the marks, once. @param {number} tabId */
async function dress(tabId) {
  const style = { target: { tabId }, files: [STYLE] };
  await api.scripting.removeCSS(style).catch(() => {});
  await api.scripting.insertCSS(style);
}

api.runtime.onMessage.addListener((message, sender, answer) => {
  const tabId = sender.tab?.id;
  if (message?.do !== 'check' || tabId === undefined || !Array.isArray(message.page?.blocks)) return undefined;
  check(message.page, tabId, message.first === true).then(answer);
  return true;
});

// Firefox for Android has no shortcuts.
api.commands?.onCommand.addListener(async (command, tab) => {
  const tabId = tab?.id ?? (await api.tabs.query({ active: true, currentWindow: true }))[0]?.id;
  if (tabId === undefined) return;
  const running = await tell(tabId, { do: 'state' });
  if (!running && (await isNever(tab?.url))) return;
  try {
    if (command === 'toggle') await (running ? stop(tabId) : start(tabId));
    else if (!running) await start(tabId);
    else await tell(tabId, { do: 'step', by: command === 'previous' ? -1 : 1 });
  } catch {
    // The browser forbids this page; the popup says so when it is opened.
  }
});

api.permissions.onAdded.addListener(syncAutomatic);
api.permissions.onRemoved.addListener(syncAutomatic);
api.runtime.onInstalled.addListener(syncAutomatic);
api.runtime.onStartup.addListener(syncAutomatic);
api.storage.onChanged.addListener((changes, area) => {
  if (area === 'local' && (changes.automatic || changes.never)) syncAutomatic();
});
