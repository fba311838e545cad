// @ts-check
// A reader of pages in both browsers: opens a page, has it read, looks at cards and panels.
import { after, afterEach, before, describe } from 'node:test';
import { SUITE, cardIn, eventually, launchChromium, launchFirefox, marksOf, openPopup, servePages, tell } from './harness.mjs';

/** @typedef {import('./harness.mjs').Page} Page */
/** @typedef {import('./harness.mjs').Browser} Browser */
/** @typedef {Record<string, string[]>} Marks */

export const painted = (/** @type {Marks} */ marks) => Object.values(marks).some((texts) => texts.length > 0);
export const quiet = (/** @type {number} */ time) => new Promise((done) => setTimeout(done, time));

/** What the work of `slowness` takes on the machine that limits of time were set on, in milliseconds. */
const WORK = 30;

/** How many times slower this machine is than that one, at least 1. The fastest run counts: others may be at work meanwhile. */
export function slowness() {
  let fastest = Infinity;
  for (let run = 0; run < 7; run += 1) {
    const begun = performance.now();
    const bytes = new Uint8Array(1 << 16);
    let hash = 1;
    for (let i = 0; i < 20_000_000; i += 1) {
      hash = Math.imul(hash ^ bytes[i & 65535], 16777619);
      bytes[hash & 65535] = hash;
    }
    fastest = Math.min(fastest, performance.now() - begun);
  }
  return Math.max(1, fastest / WORK);
}

/** An article as a page has it. @param {{ title?: string, published?: string, paragraphs: string[], lang?: string, head?: string }} article */
export function pageOf({ title = 'Talks in Beijing', published = '2023-06-19', paragraphs, lang = 'en', head = '' }) {
  const date = published ? `<meta property="article:published_time" content="${published}">` : '';
  const text = paragraphs.map((p) => `<p>${p}</p>`).join('\n');
  return `<!doctype html><html lang="${lang}"><meta charset="utf-8"><title>${title}</title>${date}${head}<article><h1>${title}</h1>\n${text}</article></html>`;
}

export class Reader {
  /** @param {Browser} browser @param {Awaited<ReturnType<typeof servePages>>} server */
  constructor(browser, server) {
    this.browser = browser;
    this.server = server;
  }

  /** Opens a page and remembers what changes in it. @param {string} path @param {string} [html]  what the server gives there */
  async visit(path, html) {
    if (html !== undefined) this.server.put(`/${path}`, html);
    this.server.log.length = 0;
    const page = await this.browser.page();
    await page.goto(this.server.url + path);
    const body = await page.evaluate(() => {
      const seen = /** @type {any} */ (window);
      seen.violations = [];
      document.addEventListener('securitypolicyviolation', (event) => seen.violations.push(event.blockedURI));
      seen.changes = 0;
      new MutationObserver((records) => (seen.changes += records.length)).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
      return document.body.innerHTML;
    });
    return { page, body };
  }

  /** Opens a page and the popup for it, and waits for the report. @param {string} path @param {string} [html] */
  async read(path, html) {
    const visited = await this.visit(path, html);
    const { page: popup, tab } = await openPopup(this.browser, this.server.url + path);
    const state = await eventually(() => tell(popup, tab, { do: 'state' }), (now) => now && now.status !== 'reading');
    const marks = await marksOf(visited.page);
    await visited.page.bringToFront();
    const { page } = visited;
    return {
      ...visited,
      ...{ popup, tab, state, marks },
      order: (/** @type {object} */ what) => tell(popup, tab, what),
      card: (/** @type {(card: any) => unknown} */ wanted = Boolean) => eventually(() => cardIn(popup, tab), (card) => !!wanted(card)),
      close: () => Promise.all([page.close(), popup.close()]).catch(() => {}),
    };
  }

  /** A page of the extension, about a tab where one is given. @param {string} name @param {number} [tab] */
  own(name, tab) {
    return this.browser.extensionPage(tab === undefined ? `${name}.html` : `${name}.html?tab=${tab}`);
  }
}

/** Presses a button inside the open card. @param {Page} popup @param {number} tab @param {string} selector @param {string} [value]  set before, of an input */
export function press(popup, tab, selector, value) {
  return popup.evaluate(
    async (/** @type {[number, string, string | undefined]} */ [id, wanted, text]) => {
      const api = /** @type {any} */ (globalThis).browser ?? chrome;
      const act = (/** @type {string} */ find, /** @type {string | null} */ set) => {
        const host = /** @type {any} */ (document.querySelector('countercheck-card'));
        const root = host && (/** @type {any} */ (globalThis).chrome?.dom?.openOrClosedShadowRoot?.(host) ?? host.openOrClosedShadowRoot);
        const element = root?.querySelector(find);
        if (!element) return false;
        if (set !== null) element.value = set;
        else element.click();
        return true;
      };
      const [{ result }] = await api.scripting.executeScript({ target: { tabId: id }, func: act, args: [wanted, text ?? null] });
      return result;
    },
    [tab, selector, value],
  );
}

/** What the shown elements of a page say. @param {Page} page @param {string} selector @returns {Promise<string[]>} */
export function textsOf(page, selector) {
  return page.evaluate(
    (/** @type {string} */ s) => [...document.querySelectorAll(s)].filter((e) => e.getClientRects().length).map((e) => (e.textContent ?? '').trim()),
    selector,
  );
}

/** What the button in the toolbar shows for a tab. @param {Page} own  a page of ours @param {number} tab @returns {Promise<string>} */
export function badgeOf(own, tab) {
  return own.evaluate((/** @type {number} */ id) => (/** @type {any} */ (globalThis).browser ?? chrome).action.getBadgeText({ tabId: id }), tab);
}

/**
 * What is marked as a difference on a page, once it is so much. A change of the sources is known to the background a little
 * later than to who made it: a page that is opened at once may be read twice.
 * @param {Page} page @param {number} count @returns {Promise<string[]>}
 */
export function flagged(page, count) {
  return eventually(async () => (await marksOf(page))['contradicted-light'] ?? [], (texts) => texts.length === count);
}

/** Clicks an element of one of our pages. @param {Page} page @param {string} selector */
export function click(page, selector) {
  return page.evaluate((/** @type {string} */ s) => /** @type {HTMLElement} */ (document.querySelector(s)).click(), selector);
}

/** Remembers what the page offers as a file. @param {Page} page */
export function catchSaved(page) {
  return page.evaluate(() => {
    const seen = /** @type {any} */ (window);
    seen.saved = [];
    URL.createObjectURL = (blob) => (seen.saved.push(blob), 'about:blank#saved');
    HTMLAnchorElement.prototype.click = function () {
      seen.names = [...(seen.names ?? []), this.download];
    };
  });
}

/** @param {Page} page @returns {Promise<Buffer>} */
export async function lastSaved(page) {
  const text = await page.evaluate(async () => {
    const blob = /** @type {any} */ (window).saved?.at(-1);
    if (!blob) return null;
    let out = '';
    for (const byte of new Uint8Array(await blob.arrayBuffer())) out += String.fromCharCode(byte);
    return btoa(out);
  });
  return Buffer.from(text ?? '', 'base64');
}

/**
 * Describes the same for Chromium and for Firefox.
 * @param {string} topic @param {(reader: () => Reader, browser: 'Chromium' | 'Firefox') => void} body @param {import('./harness.mjs').Look} [look]
 */
export function inBothBrowsers(topic, body, look) {
  for (const launch of [launchChromium, launchFirefox]) {
    const name = launch === launchChromium ? 'Chromium' : 'Firefox';
    describe(`${topic} in ${name}`, { timeout: SUITE }, () => {
      /** @type {Reader} */
      let reader;
      before(async () => {
        reader = new Reader(await launch(look), await servePages());
      });
      afterEach(() => reader.browser.clear());
      after(async () => {
        await reader?.browser.close();
        reader?.server.close();
      });
      body(() => reader, name);
    });
  }
}
