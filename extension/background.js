// @ts-check
// The background: one core for all tabs, made when first needed. The browser may end this
// script at any time; nothing here has to survive that.
import load, { Core } from 'countercheck-core';
import { api } from './api.js';
import { bundledOn, filesInUse, shardOf } from './library.js';
import { keep, preview } from './library-work.js';
import { complete } from './page/prefs.js';
import { isNever, syncAutomatic } from './sites.js';
import { badge, dress, isOff, openPanel, start, stop, tell, undress } from './tab.js';

/** @typedef {import('./page/types.js').Page} Page */
/** @typedef {{ core: Core, sources: number }} Loaded */

/** @type {Promise<Loaded> | undefined} */
let loaded;

/** The core with the reader's sets, made when first needed and after each change of them; a failure is not kept. */
function ready() {
  loaded ??= prepare();
  loaded.catch(() => (loaded = undefined));
  return loaded;
}

/** @returns {Promise<Loaded>} */
async function prepare() {
  await load({ module_or_path: api.runtime.getURL('core/countercheck_bg.wasm') });
  const core = new Core();
  const [files, bundled] = await Promise.all([filesInUse().catch(() => []), bundledOn()]);
  if (files.length || !bundled) core.replaceReferences(files, bundled);
  return { core, sources: core.sources };
}

/**
 * Reads a page for a tab's page half.
 * @param {'check' | 'annotate'} how @param {Page} page @param {number} tabId
 * @param {boolean} first  whether the tab has no style of ours yet
 */
async function read(how, page, tabId, first) {
  // A site that is read by itself, in a tab that the reader has switched off.
  if (first && (await isOff(tabId))) {
    await undress(tabId);
    return { off: true };
  }
  const [{ core, sources }] = await Promise.all([ready(), first && dress(tabId)]);
  if (how === 'check') await lend(core, core.wanted(page));
  return { report: core[how](page), sources };
}

/** Opens shards of split sets. @param {Core} core @param {string[]} files */
async function lend(core, files) {
  for (const file of files) {
    const shard = await shardOf(file);
    if (shard) core.lend(shard);
  }
}

/**
 * What pages and panels of ours ask, by what they ask.
 * @type {Record<string, (message: any, sender: chrome.runtime.MessageSender) => Promise<object>>}
 */
const ANSWERS = {
  async check({ page, first }, { tab }) {
    if (tab?.id === undefined || !Array.isArray(page?.blocks)) throw new Error('no page');
    return read('check', page, tab.id, first === true);
  },
  async glance({ page, first }, { tab }) {
    if (tab?.id === undefined || !Array.isArray(page?.blocks)) throw new Error('no page');
    return read('annotate', page, tab.id, first === true);
  },
  async badge({ differences }, { tab }) {
    if (tab?.id !== undefined) await badge(tab.id, Number(differences));
    return {};
  },
  async about({ name }) {
    const { core } = await ready();
    await lend(core, core.wantedAbout(String(name)));
    return { said: core.about(String(name)) };
  },
  async bundled() {
    await ready();
    const alone = new Core();
    const sources = alone.references().flatMap((set) => set.sources);
    alone.free();
    return { sources };
  },
  async preview({ page }) {
    await ready();
    return preview(page);
  },
  async keep({ page, name }) {
    await ready();
    const set = await keep(page, String(name));
    loaded = undefined;
    return { set };
  },
};

api.runtime.onMessage.addListener((message, sender, answer) => {
  if (typeof message?.do !== 'string' || !Object.hasOwn(ANSWERS, message.do)) return undefined;
  ANSWERS[message.do](message, sender).then(answer, (error) => answer({ error: error instanceof Error ? error.message : String(error) }));
  return true;
});

// Firefox for Android has no shortcuts.
api.commands?.onCommand.addListener(async (command, tab) => {
  // A panel opens only in the reader's own key press, before anything is waited for.
  if (command === 'panel') return void openPanel(tab?.windowId);
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

/** Every tab that is being read. @param {(tabId: number) => Promise<unknown>} work */
async function eachTab(work) {
  for (const { id } of await api.tabs.query({})) if (id !== undefined && (await tell(id, { do: 'state' }))) await work(id);
}

// Its end tells a page half that the extension was updated.
api.runtime.onConnect.addListener(() => {});
api.permissions.onAdded.addListener(syncAutomatic);
api.permissions.onRemoved.addListener(syncAutomatic);
api.runtime.onInstalled.addListener(({ reason }) => {
  void syncAutomatic();
  if (reason === 'install') void api.tabs.create({ url: api.runtime.getURL('welcome.html') });
});
api.runtime.onStartup.addListener(syncAutomatic);
api.storage.onChanged.addListener((changes, area) => {
  if (area !== 'local') return;
  if (changes.automatic || changes.never) void syncAutomatic();
  // This very change may have started us, so what was there before is asked of it and not remembered.
  const coloursOf = (/** @type {any} */ stored) => JSON.stringify(complete(stored, undefined).colours);
  const { preferences } = changes;
  if (preferences && coloursOf(preferences.oldValue) !== coloursOf(preferences.newValue)) void eachTab(dress);
  if (changes.revision) {
    loaded = undefined;
    void eachTab((tabId) => tell(tabId, { do: 'again' }));
  }
});
