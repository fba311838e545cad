// @ts-check
// The popup: what was found in this tab, and where Countercheck may read.
// Opening it is the click that asks for this page to be read.
import { api } from './api.js';
import { offerToKeep } from './keep.js';
import { fillPanel } from './page/panel.js';
import { counted, statusLine } from './page/words.js';
import { by, fill, say, tabAsked } from './say.js';
import { EVERY_SITE, granted, listed, patternOf, setListed } from './sites.js';
import { isOff, openPanel, start, stop, tell } from './tab.js';

const on = /** @type {HTMLInputElement} */ (by('on'));
const never = /** @type {HTMLInputElement} */ (by('never'));
const site = /** @type {HTMLInputElement} */ (by('automatic-site'));
const every = /** @type {HTMLInputElement} */ (by('automatic-all'));

/** @type {chrome.runtime.Port | undefined} */
let port;
/** @type {number} */
let tabId;
let host = '';
let address = '';

/** @param {string} text */
function status(text) {
  by('status').textContent = text;
}

/** @param {import('./page/types.js').State} state */
function show(state) {
  on.checked = true;
  const { report } = state;
  by('sources').textContent = report && state.sources ? counted(say, 'sources', state.sources) : '';
  status(statusLine(state, say));
  const nothing = !report || report.status === 'empty' || report.status === 'not-english';
  by('tools').hidden = nothing;
  if (nothing) by('panel').replaceChildren();
  else fillPanel(by('panel'), report, say, { jump, restore });
}

/** @param {number} index */
const restore = (index) => void tell(tabId, { do: 'aside', index, aside: false });

/** @param {number} index */
async function jump(index) {
  if (await tell(tabId, { do: 'jump', index })) window.close();
}

/** Reads the tab and follows its state. */
async function read() {
  status(say('status_reading'));
  try {
    await start(tabId);
  } catch {
    // What the browser answers differs and is not for readers.
    on.checked = false;
    on.disabled = true;
    return status(say(`status_${whyForbidden(address)}`));
  }
  port = api.tabs.connect(tabId, { name: 'popup' });
  port.onMessage.addListener(show);
  port.onDisconnect.addListener(() => (port = undefined));
}

/** @param {string} text */
async function leave(text) {
  port?.disconnect();
  await stop(tabId);
  on.checked = false;
  by('panel').replaceChildren();
  by('sources').textContent = '';
  by('tools').hidden = true;
  status(text);
}

/** What kind of page the browser keeps to itself. @param {string} url */
function whyForbidden(url) {
  if (/^https:\/\/(?:addons\.mozilla\.org|chromewebstore\.google\.com|chrome\.google\.com\/webstore)(?:\/|$)/.test(url)) return 'store';
  if (/^[^?#]*\.pdf(?:[?#]|$)/i.test(url)) return 'pdf';
  return url.startsWith('file:') ? 'file' : 'forbidden';
}

async function showSites() {
  const [allowed, off] = await Promise.all([granted(), listed('never')]);
  site.checked = allowed.includes(patternOf(host));
  every.checked = allowed.includes(EVERY_SITE);
  never.checked = off.includes(patternOf(host));
  site.disabled = every.checked || never.checked || !host;
  never.disabled = !host;
  return never.checked;
}

/** Asks for a permission, in the reader's own click. @param {string} pattern @param {boolean} wanted */
async function automatic(pattern, wanted) {
  // The wish is stored first and not waited for: a request must follow the click at once,
  // and where its prompt closes this popup, the background carries the wish out.
  const stored = setListed('automatic', pattern, wanted);
  const origins = [pattern];
  const done = wanted ? await api.permissions.request({ origins }) : await api.permissions.remove({ origins }).catch(() => true);
  await stored;
  if (wanted && !done) {
    await setListed('automatic', pattern, false);
    status(say('popup_automatic_refused'));
  }
  await showSites();
}

async function keep() {
  const found = await tell(tabId, { do: 'article' });
  if (!found?.page) return;
  by('keep').setAttribute('aria-expanded', 'true');
  await offerToKeep(by('keeping'), found.page, () => {
    by('keep').setAttribute('aria-expanded', 'false');
    by('keep').focus();
  });
}

async function showKeys() {
  if (!api.commands) return by('keys').remove();
  const list = document.querySelector('#keys dl');
  for (const { description, shortcut, name } of await api.commands.getAll()) {
    if (name?.startsWith('_')) continue;
    const [key, what] = [document.createElement('dt'), document.createElement('dd')];
    key.textContent = shortcut || say('popup_no_key');
    what.textContent = description ?? '';
    list?.append(key, what);
  }
}

async function open() {
  fill(document);
  const tab = await tabAsked();
  tabId = tab?.id ?? -1;
  address = tab?.url ?? '';
  const url = tab?.url ? new URL(tab.url) : null;
  host = url && /^https?:$/.test(url.protocol) ? url.hostname : '';
  by('never-text').textContent = say('popup_site_off', host);
  by('automatic-site-text').textContent = say('popup_automatic_site', host);
  for (const box of [site, never]) /** @type {HTMLElement} */ (box.closest('label')).hidden = !host;
  void showKeys();
  by('to-panel').hidden = !api.sidePanel && !(/** @type {any} */ (api).sidebarAction);
  by('to-panel').addEventListener('click', () => {
    void openPanel(tab?.windowId);
    window.close();
  });
  by('to-options').addEventListener('click', () => void api.runtime.openOptionsPage());
  by('keep').addEventListener('click', keep);
  on.addEventListener('change', () => (on.checked ? read() : leave(say('status_off'))));
  never.addEventListener('change', async () => {
    await setListed('never', patternOf(host), never.checked);
    await showSites();
    await (never.checked ? leave(say('status_site_off', host)) : read());
  });
  site.addEventListener('change', () => automatic(patternOf(host), site.checked));
  every.addEventListener('change', () => automatic(EVERY_SITE, every.checked));
  if (await showSites()) return status(say('status_site_off', host));
  if (await isOff(tabId)) return status(say('status_off'));
  await read();
}

void open();
