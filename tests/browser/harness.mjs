// @ts-check
// Real browsers with the packaged extension, and a loopback server that remembers every request.
import { cp, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import puppeteer from 'puppeteer-core';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const DIST = join(ROOT, 'dist');
export const CHROMIUM = process.env.CHROMIUM || '/usr/bin/chromium';
const FIREFOX = process.env.FIREFOX || '/usr/bin/firefox-esr';
/** When Firefox ends an idle background, where a test wants that, in milliseconds: later than a busy machine has started one. */
export const IDLE = 2500;
/** How long a test waits for what must come, in milliseconds: a busy machine takes many times longer than an idle one. */
export const PATIENCE = 30_000;
/** How long all tests of one browser may take, and how long it may take to start or to load a page, in milliseconds. */
export const SUITE = 900_000;
const LOADING = 120_000;
/** Chosen here so that Firefox's extension pages have a known address. */
const FIREFOX_UUID = '0f1e2d3c-4b5a-4978-8796-a5b4c3d2e1f0';
const TYPES = { '.html': 'text/html; charset=utf-8', '.xhtml': 'application/xhtml+xml', '.xml': 'text/xml', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json', '.wasm': 'application/wasm', '.png': 'image/png', '.pdf': 'application/pdf' };

/** Stands for a page that no extension may read: one of ours. */
export const NOWHERE = 'nowhere:';

/** Pages that forbid what a page can forbid. @type {Record<string, string>} */
const POLICIES = {
  '/strict.html': "default-src 'none'",
  '/zoo/trusted-types.html': "require-trusted-types-for 'script'; trusted-types 'none'",
  '/zoo/sandboxed.html': 'sandbox',
};

/** Serves a folder. @param {string} folder */
export async function serveLogged(folder) {
  /** @type {string[]} */
  const log = [];
  /** Pages made by a test, by their path. @type {Map<string, string | Buffer>} */
  const made = new Map();
  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    log.push(path);
    try {
      const file = path.endsWith('/') ? `${path}index.html` : path;
      const body = made.get(path) ?? (await readFile(join(folder, file)));
      const type = TYPES[/** @type {keyof typeof TYPES} */ (extname(file))] ?? 'application/octet-stream';
      const policy = POLICIES[path] ? { 'content-security-policy': POLICIES[path] } : {};
      response.writeHead(200, { 'content-type': type, ...policy }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', () => done(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${port}/`,
    log,
    put: (/** @type {string} */ path, /** @type {string | Buffer} */ body) => void made.set(path, body),
    close: () => server.close(),
  };
}

export const servePages = () => serveLogged(join(ROOT, 'tests/pages'));

/**
 * A copy of a package that may read 127.0.0.1. What ships has no host permission: a click
 * grants the tab. A driver cannot make that click, so the copy stands in for it.
 * @param {'chromium' | 'firefox'} browser
 */
async function withHost(browser) {
  const folder = await mkdtemp(join(tmpdir(), `countercheck-${browser}-`));
  await cp(join(DIST, browser), folder, { recursive: true });
  const file = join(folder, 'manifest.json');
  const manifest = JSON.parse(await readFile(file, 'utf8'));
  await writeFile(file, JSON.stringify({ ...manifest, host_permissions: ['*://127.0.0.1/*'] }));
  return { folder, id: manifest.browser_specific_settings?.gecko.id };
}

/**
 * What both drivers have in common, as far as these tests need it.
 * @typedef {object} Page
 * @property {(work: any, argument?: any) => Promise<any>} evaluate
 * @property {(url: string, options?: any) => Promise<unknown>} goto
 * @property {() => Promise<void>} bringToFront
 * @property {() => Promise<void>} close
 * @property {{ move: (x: number, y: number) => Promise<void>, click: (x: number, y: number) => Promise<void> }} mouse
 * @property {{ press: (key: any) => Promise<void>, type: (text: string) => Promise<void> }} keyboard
 * @property {(options?: any) => Promise<unknown>} screenshot
 */
/**
 * @typedef {object} Browser
 * @property {string} name
 * @property {() => Promise<Page>} page  a new tab
 * @property {(path: string) => Promise<Page>} extensionPage  a page of the extension in a tab of its own
 * @property {(fault: (scope: any) => unknown) => Promise<any>} inBackground  runs a function of the background's global scope in it; it knows nothing else, and is undone before the pages are closed
 * @property {() => Promise<void>} kill  as a loss of power does; what is on disk stays, for the next browser with `kept`
 * @property {() => Promise<void>} endBackground  as the browser does when it wants; Firefox only by its idle timeout
 * @property {() => Promise<void>} clear  closes every page, so that a failed test does not disturb the next
 * @property {() => Promise<void>} close
 */

/** Where package and profile lie, for a browser that is started a second time. @typedef {{ folder: string, profile: string, id: string }} Kept */

/** @param {'chromium' | 'firefox'} browser @returns {Promise<Kept>} */
export async function keptFor(browser) {
  return { ...(await withHost(browser)), profile: await mkdtemp(join(tmpdir(), 'countercheck-profile-')) };
}

/** Ends the processes that were started with a profile, and waits until they are gone: the next browser takes the profile. @param {string} profile */
async function killAll(profile) {
  const alive = async () => {
    let count = 0;
    for (const name of await readdir('/proc')) {
      const line = /^\d+$/.test(name) ? await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '') : '';
      if (!line.includes(profile)) continue;
      count += 1;
      try {
        process.kill(Number(name), 'SIGKILL');
      } catch {
        // It has ended by itself meanwhile.
      }
    }
    return count;
  };
  await eventually(alive, (count) => count === 0);
}

/**
 * The page that is shown after installing. It comes to the front by itself, so it is waited for: later it would take the
 * focus from a test. Closed while it loads, it would leave Chromium's process of our pages without any messages.
 */
const WELCOME = '/welcome.html';

/** Waits for it in Firefox, whose driver does not know its address. @param {Page} own  a page of ours, closed afterwards */
async function welcomed(own) {
  const shown = () =>
    own.evaluate(async (/** @type {string} */ end) => {
      const all = await /** @type {any} */ (globalThis).browser.tabs.query({ status: 'complete' });
      return all.some((/** @type {any} */ tab) => tab.url?.endsWith(end));
    }, WELCOME);
  await eventually(shown, Boolean);
  await own.close();
}

/**
 * How a browser looks; `scale` is device pixels for a CSS pixel, `language` that of the browser.
 * @typedef {{ dark?: boolean, width?: number, height?: number, scale?: number, language?: string, prefs?: Record<string, unknown>, kept?: Kept }} Look
 */

/** @param {Look} [look] @returns {Promise<Browser>} */
export async function launchChromium({ dark = false, width = 1180, height = 760, scale = 1, language = 'en-US', kept } = {}) {
  const { folder, profile } = kept ?? (await keptFor('chromium'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: CHROMIUM,
    headless: true,
    chromiumSandbox: false,
    viewport: { width, height },
    deviceScaleFactor: scale,
    locale: language,
    env: { ...process.env, LANGUAGE: language.replace('-', '_'), LANG: `${language.replace('-', '_')}.UTF-8` },
    colorScheme: dark ? 'dark' : 'light',
    timeout: LOADING,
    args: [
      `--disable-extensions-except=${folder}`,
      `--load-extension=${folder}`,
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      `--lang=${language}`,
    ],
  });
  context.setDefaultTimeout(LOADING);
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
  const origin = new URL(worker.url()).origin === 'null' ? worker.url().replace(/\/background\.js$/, '') : new URL(worker.url()).origin;
  // A profile that was used before had its welcome.
  if (!kept) await (await eventually(async () => context.pages().find((page) => page.url().endsWith(WELCOME)), Boolean))?.waitForLoadState();
  return {
    name: 'Chromium',
    page: async () => /** @type {any} */ (await context.newPage()),
    async extensionPage(path) {
      const page = await context.newPage();
      await page.goto(`${origin}/${path}`);
      return /** @type {any} */ (page);
    },
    async inBackground(fault) {
      const alive = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
      return alive.evaluate(`(${fault})(globalThis)`);
    },
    async kill() {
      await killAll(profile);
      await context.close().catch(() => {});
    },
    async endBackground() {
      const browser = context.browser() ?? context;
      const session = await /** @type {any} */ (browser).newBrowserCDPSession?.() ?? (await context.newCDPSession(context.pages()[0]));
      const { targetInfos } = await session.send('Target.getTargets');
      for (const { type, targetId } of targetInfos) if (type === 'service_worker') await session.send('Target.closeTarget', { targetId }).catch(() => {});
    },
    async clear() {
      // A page may be closing itself, as popups do.
      for (const page of context.pages().slice(1)) await page.close().catch(() => {});
    },
    async close() {
      await context.close();
      for (const used of [folder, profile]) await rm(used, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** A new tab that has the time to load. @param {import('puppeteer-core').Browser} browser */
async function tabOf(browser) {
  const page = await browser.newPage();
  page.setDefaultTimeout(LOADING);
  return page;
}

/** @param {Look} [look] @returns {Promise<Browser>} */
export async function launchFirefox({ dark = false, width = 1180, height = 760, language = 'en-US', prefs = {}, kept } = {}) {
  const { folder, id, profile } = kept ?? (await keptFor('firefox'));
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: FIREFOX,
    headless: true,
    userDataDir: profile,
    timeout: LOADING,
    protocolTimeout: SUITE,
    // Lets the driver open pages of the extension.
    args: ['--remote-allow-system-access', `--width=${width}`, `--height=${height}`],
    defaultViewport: { width, height },
    extraPrefsFirefox: {
      'extensions.webextensions.uuids': JSON.stringify({ [id]: FIREFOX_UUID }),
      'layout.css.prefers-color-scheme.content-override': dark ? 0 : 1,
      'intl.accept_languages': language,
      ...prefs,
    },
  });
  await browser.installExtension(folder);
  /** @type {Browser} */
  const driven = {
    name: 'Firefox',
    page: async () => /** @type {any} */ (await tabOf(browser)),
    async extensionPage(path) {
      const page = await tabOf(browser);
      const url = `moz-extension://${FIREFOX_UUID}/${path}`;
      // The page moves to another process, which the driver does not report; so ask it.
      page.goto(url).catch(() => {});
      const seen = await eventually(() => page.evaluate(() => location.href + document.readyState), (text) => text === `${url}complete`, LOADING);
      if (seen !== `${url}complete`) throw new Error(`${url} was not loaded: ${seen}`);
      return /** @type {any} */ (page);
    },
    async inBackground(fault) {
      // The function is gone when the page that it comes from is closed.
      const own = await driven.extensionPage('popup.html?tab=-2');
      return own.evaluate(`browser.runtime.getBackgroundPage().then((scope) => (${fault})(scope))`);
    },
    async kill() {
      browser.process()?.kill('SIGKILL');
      await killAll(profile);
      await browser.close().catch(() => {});
    },
    async endBackground() {
      await new Promise((done) => setTimeout(done, IDLE + 1000));
    },
    async clear() {
      for (const page of (await browser.pages()).slice(1)) await page.close().catch(() => {});
    },
    async close() {
      await browser.close();
      for (const used of [folder, profile]) await rm(used, { recursive: true, force: true, maxRetries: 5 });
    },
  };
  if (!kept) await welcomed(await driven.extensionPage('popup.html?tab=-2'));
  return driven;
}

/**
 * Asks until the answer is as wanted; then, or after `limit` milliseconds, returns the last answer.
 * @template T @param {() => Promise<T>} ask @param {(answer: T) => boolean} wanted @param {number} [limit]
 */
export async function eventually(ask, wanted, limit = PATIENCE) {
  const end = Date.now() + limit;
  for (;;) {
    const answer = await ask().catch((error) => (Date.now() < end ? /** @type {any} */ (undefined) : Promise.reject(error)));
    if ((answer !== undefined && wanted(answer)) || Date.now() > end) return answer;
    await new Promise((done) => setTimeout(done, 20));
  }
}

/** Texts under our keys in the page's highlight registry, by key without the prefix. @param {Page} page */
export function marksOf(page) {
  return page.evaluate(() => {
    /** @type {Record<string, string[]>} */
    const found = {};
    for (const [key, highlight] of CSS.highlights) {
      if (!key.startsWith('countercheck-')) continue;
      found[key.slice('countercheck-'.length)] = [...highlight].map((range) => {
        const live = new Range();
        live.setStart(range.startContainer, range.startOffset);
        live.setEnd(range.endContainer, range.endOffset);
        return live.toString();
      });
    }
    return found;
  });
}

/** The tab at `url` as the extension knows it, undefined where there is none. @param {Page} own  a page of ours @param {string} url @returns {Promise<number>} */
export function tabAt(own, url) {
  const find = () =>
    own.evaluate(async (/** @type {string} */ wanted) => {
      const api = /** @type {any} */ (globalThis).browser ?? chrome;
      return (await api.tabs.query({})).find((/** @type {any} */ t) => t.url?.startsWith(wanted))?.id;
    }, url);
  // The extension hears of a tab's address after the driver does.
  return eventually(find, Boolean);
}

/** Opens the popup's page for the tab at `url`, which is the click that asks for reading. @param {Browser} browser @param {string} url */
export async function openPopup(browser, url) {
  const finder = await browser.extensionPage('popup.html?tab=-2');
  const ours = () => finder.evaluate(async () => (await (/** @type {any} */ (globalThis).browser ?? chrome).tabs.getCurrent()).id);
  const tab = url === NOWHERE ? await ours() : await tabAt(finder, url);
  if (url !== NOWHERE) await finder.close();
  const page = await browser.extensionPage(`popup.html?tab=${tab}`);
  return { page, tab };
}

/** Sends an order as popup and shortcuts do. @param {Page} popup @param {number} tab @param {object} order */
export function tell(popup, tab, order) {
  return popup.evaluate(
    (/** @type {[number, object]} */ [id, what]) => (/** @type {any} */ (globalThis).browser ?? chrome).tabs.sendMessage(id, what),
    [tab, order],
  );
}

/** What the card says, seen from the extension's own script world; null where none is open. @param {Page} popup @param {number} tab */
export function cardIn(popup, tab) {
  return popup.evaluate(async (/** @type {number} */ id) => {
    const api = /** @type {any} */ (globalThis).browser ?? chrome;
    const look = () => {
      const host = /** @type {any} */ (document.querySelector('countercheck-card'));
      const root = host && (/** @type {any} */ (globalThis).chrome?.dom?.openOrClosedShadowRoot?.(host) ?? host.openOrClosedShadowRoot);
      if (!root) return null;
      const buttons = [...root.querySelectorAll('button')].map((b) => b.textContent);
      const links = [...root.querySelectorAll('a')].map((a) => a.getAttribute('href'));
      const strong = [...root.querySelectorAll('strong')].map((e) => e.textContent);
      const panel = root.querySelector('[role=dialog]'); // a style element may stand beside it
      const box = panel.getBoundingClientRect();
      const focused = root.activeElement?.getAttribute('role') ?? root.activeElement?.className ?? null;
      return { text: panel.textContent, links, strong, buttons, focused, inside: box.left >= 0 && box.right <= innerWidth && box.top >= 0 };
    };
    const [{ result }] = await api.scripting.executeScript({ target: { tabId: id }, func: look });
    return result;
  }, tab);
}

/** The middle of a phrase on screen. @param {Page} page @param {string} phrase */
export function placeOf(page, phrase) {
  return page.evaluate((/** @type {string} */ wanted) => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const at = /** @type {Text} */ (node).data.indexOf(wanted);
      if (at < 0) continue;
      const range = new Range();
      range.setStart(node, at);
      range.setEnd(node, at + wanted.length);
      const box = range.getClientRects()[0];
      return { x: box.left + box.width / 2, y: box.top + box.height / 2 };
    }
    return null;
  }, phrase);
}
