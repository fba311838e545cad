// @ts-check
// The zoo: pages that are odd, huge or hostile (`pages/zoo/`), each read by the extension in both browsers. What must
// happen on each stands in `pages/README.md`, a row for each page.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import { SUITE, cardIn, eventually, launchChromium, launchFirefox, marksOf, servePages, tabAt, tell } from './harness.mjs';

/** @typedef {import('./harness.mjs').Page} Page */
/**
 * What must come of a page; what is left out is as on any other: one difference, found and marked, the page unchanged.
 * @typedef {object} Fate
 * @property {string[]} [status]  one of these
 * @property {string[]} [flags]  words that differ
 * @property {string[]} [marked]  words on the page under the marks of the differences, where they are not the flags
 * @property {boolean} [redefined]  the page's own view of its marks is no good: they are counted only
 * @property {boolean} [restless]  the page changes itself, or its registry
 * @property {boolean} [throws]  the page throws its marks out, and counts that in `thrown`
 * @property {RegExp} [holds]  what the report must have read
 */

const FLAG = ['Foreign Minister'];
/** Characters that turn the order of the text around them. */
const TURNED = /[\u202a-\u202e\u2066-\u2069]/;
const NOTHING = { flags: [], marked: [] };
/** @type {Record<string, Fate>} */
const ZOO = {
  'trusted-types.html': {},
  'sandboxed.html': {},
  'sandboxed-frame.html': { status: ['frame', 'no-article'], ...NOTHING },
  'closed-shadow.html': { status: ['empty', 'no-article'], ...NOTHING },
  'nested-shadow.html': {},
  'many-nodes.html': {},
  'deep.html': {},
  'one-text.html': {},
  'endless-mutation.html': { restless: true },
  'deletes-highlights.html': { restless: true, throws: true },
  'removes-card.html': {},
  'prototypes.html': { redefined: true },
  'clobbered-form.html': {},
  'clobbered-document.html': { status: ['ok', 'error', 'no-article'], restless: true },
  'form-around.html': {},
  'right-to-left.html': {},
  'arabic.html': { status: ['not-english'], ...NOTHING },
  'marks-and-emoji.html': { holds: /Nu\u0301n\u0303ez/ },
  'zero-width.html': { marked: ['Foreign Min\u200bister'], holds: /"Antony Blinken".*"Beijing".*"Sunday"/ },
  'line-breaks.html': { marked: ['ForeignMinister'], holds: /"Antony Blinken"/ },
  'inline-split.html': { holds: /"Antony Blinken".*"Beijing"/ },
  'hidden.html': {},
  'no-select.html': {},
  'drawings.html': {},
  'plain.xhtml': {},
  'feed.xml': { status: ['ok', 'no-article', 'empty'] },
  'frameset.html': {},
  'menu.html': { status: ['no-article'], ...NOTHING },
  'hostile.html': { flags: ['Foreign Minister', 'June 31, 2023'] },
};

test('every page has its row, and every row its page', async () => {
  const folder = new URL('../pages/', import.meta.url);
  const files = (await readdir(folder, { recursive: true })).filter((name) => /\.(?:x?html|xml)$/.test(name)).sort();
  const rows = [...(await readFile(new URL('README.md', folder), 'utf8')).matchAll(/^\| `([^`]+)` \|/gm)].map((row) => row[1]).sort();
  assert.deepEqual(rows, files);
  assert.deepEqual(Object.keys(ZOO).sort(), files.filter((name) => name.startsWith('zoo/')).map((name) => name.slice(4)));
});

for (const launch of [launchChromium, launchFirefox]) {
  describe(`zoo in ${launch === launchChromium ? 'Chromium' : 'Firefox'}`, { timeout: SUITE }, () => {
    /** @type {import('./harness.mjs').Browser} */
    let browser;
    /** @type {Awaited<ReturnType<typeof servePages>>} */
    let server;
    /** A page of ours, by which tabs are reached. @type {Page} */
    let own;
    /** @type {Page} */
    let page;
    before(async () => {
      [browser, server] = [await launch(), await servePages()];
      page = await browser.page();
      own = await browser.extensionPage('popup.html?tab=-2');
    });
    after(async () => {
      await browser?.close();
      server?.close();
    });

    /** Opens a page of the zoo and reads it. @param {string} name */
    async function read(name) {
      server.log.length = 0;
      await page.goto(`${server.url}zoo/${name}`);
      const tab = await tabAt(own, `${server.url}zoo/${name}`);
      return { tab, ...(await own.evaluate(readHere, tab)), order: (/** @type {object} */ what) => tell(own, tab, what) };
    }
    const thrown = () => page.evaluate(() => /** @type {any} */ (window).thrown);

    /** Differences are painted as they must be. @param {number} tab @param {Fate} fate */
    async function assertMarked(tab, fate) {
      const wanted = fate.marked ?? fate.flags ?? FLAG;
      const painted = () => own.evaluate(paintedHere, tab);
      if (fate.throws) {
        // Whether they are painted now or were thrown out already, they were made.
        const made = async () => (await painted()) === wanted.length || (await thrown()) >= 1;
        assert.equal(await eventually(made, Boolean), true, 'marks were made');
        return;
      }
      assert.equal(await eventually(painted, (count) => count === wanted.length), wanted.length);
      if (!fate.redefined) assert.deepEqual(await eventually(() => markedIn(page), (texts) => texts.length === wanted.length), wanted);
    }

    for (const [name, fate] of Object.entries(ZOO)) {
      test(name, async () => {
        const { tab, state, flags } = await read(name);
        assert.ok((fate.status ?? ['ok']).includes(state.status), `${state.status}: ${state.detail ?? ''}`);
        if (state.status === 'ok') {
          assert.deepEqual(flags, fate.flags ?? FLAG);
          await assertMarked(tab, fate);
        }
        const { same, changes, violations } = await own.evaluate(toldHere, tab);
        assert.doesNotMatch(JSON.stringify(state.report ?? {}), /Vienna/, 'what is not shown, or written by the reader, is not read');
        if (fate.holds) assert.match(JSON.stringify(state.report), fate.holds);
        if (!fate.restless) assert.deepEqual([same, changes], [true, 0], 'the page is as it was');
        assert.deepEqual(violations, []);
        assert.ok(!server.log.some((path) => path.startsWith('/hit')), 'nothing is fetched');
      });
    }

    test('what would run is shown as text, in the card, the panel and the popup', async () => {
      const { tab, state, order } = await read('hostile.html');
      const seen = [];
      await page.bringToFront();
      for (let index = 0; index < state.report.findings.length; index += 1) {
        if (await order({ do: 'jump', index })) seen.push(await eventually(() => cardIn(own, tab), Boolean));
      }
      for (let index = 0; index < state.report.mentions.length; index += 1) {
        if (await order({ do: 'mention', index })) seen.push(await eventually(() => cardIn(own, tab), Boolean));
      }
      assert.ok(seen.length > 5);
      for (const { text, links } of seen) {
        assert.doesNotMatch(text, TURNED, 'the order of our own words is kept');
        assert.ok(links.every((/** @type {string} */ link) => /^https?:/.test(link)), links.join());
      }
      for (const name of ['popup', 'panel']) {
        const shown = await browser.extensionPage(`${name}.html?tab=${tab}`);
        const text = await eventually(() => shown.evaluate(() => document.body.innerText), (words) => /Foreign Minister/.test(words));
        assert.match(text, /Foreign Minister/);
        assert.doesNotMatch(text, TURNED);
        assert.deepEqual(await shown.evaluate(() => [...document.body.querySelectorAll('img, script:not([src]), iframe, [onerror], [onload], a[href^="javascript"]')].map((e) => e.outerHTML)), []);
        await shown.close();
      }
      assert.equal(await page.evaluate(() => /** @type {any} */ (window).hit), undefined);
      assert.ok(!server.log.some((path) => path.startsWith('/hit')), 'nothing is fetched');
    });

    test('what a page can learn of us is what docs/security.md says', async () => {
      const origin = await own.evaluate(() => new URL('/', location.href).href);
      const learned = () =>
        page.evaluate(async (/** @type {string} */ ours) => ({
          keys: [...CSS.highlights.keys()].length > 0,
          foreign: [...CSS.highlights.keys()].filter((key) => !key.startsWith('countercheck-')),
          globals: Object.getOwnPropertyNames(window).filter((name) => /countercheck/i.test(name)),
          sheets: document.styleSheets.length + document.adoptedStyleSheets.length,
          tree: document.querySelector('countercheck-card')?.shadowRoot,
          card: !!document.querySelector('countercheck-card'),
          files: await Promise.all(['marks.css', 'content.js', 'icons/16.png', 'manifest.json'].map((file) => fetch(ours + file).then(() => file, () => null))),
        }), origin);
      const nothing = { keys: false, foreign: [], globals: [], sheets: 0, tree: undefined, card: false, files: [null, null, null, null] };
      await page.goto(`${server.url}zoo/line-breaks.html`);
      assert.deepEqual({ ...nothing, ...(await learned()) }, nothing, 'before it is read');
      const { order } = await read('line-breaks.html');
      assert.deepEqual({ ...nothing, ...(await eventually(learned, ({ keys }) => keys)) }, { ...nothing, keys: true });
      await page.bringToFront();
      assert.equal(await order({ do: 'step', by: 1 }), true);
      assert.deepEqual({ ...nothing, ...(await eventually(learned, ({ card }) => card)) }, { ...nothing, keys: true, card: true, tree: null });
    });

    test('a card opens where the page has redefined everything, in XHTML, and where it may not run a script', async () => {
      for (const name of ['prototypes.html', 'plain.xhtml', 'trusted-types.html', 'sandboxed.html', 'frameset.html']) {
        const { tab, order } = await read(name);
        await page.bringToFront();
        assert.equal(await order({ do: 'step', by: 1 }), true, name);
        if (name !== 'frameset.html') assert.match((await eventually(() => cardIn(own, tab), Boolean)).text, /Differs from/, name);
      }
    });

    test('a page that throws out marks or cards is not fought, and loses nothing of its own', async () => {
      const { order } = await read('deletes-highlights.html');
      const before = await eventually(thrown, (count) => count >= 1);
      assert.ok(before >= 1);
      await new Promise((done) => setTimeout(done, 600));
      assert.equal(await thrown(), before, 'they are not painted again by themselves');
      assert.equal((await order({ do: 'state' })).status, 'ok', 'popup and panel still tell the difference');
      assert.equal(await order({ do: 'step', by: 1 }), true);
      assert.ok(await eventually(thrown, (count) => count > before), 'they are painted when the reader asks for one');
      const cards = await read('removes-card.html');
      assert.equal(await cards.order({ do: 'step', by: 1 }), true);
      assert.equal(await eventually(thrown, (count) => count === 1), 1, 'the card is thrown out');
      await new Promise((done) => setTimeout(done, 300));
      assert.equal(await thrown(), 1, 'the card is not put back');
      assert.equal((await cards.order({ do: 'state' })).status, 'ok');
    });
  });
}

/** What stands under the marks of differences, in the page and its frames. @param {any} page @returns {Promise<string[]>} */
async function markedIn(page) {
  const frames = await Promise.all(page.frames().map((/** @type {any} */ frame) => marksOf(frame)));
  return frames.flatMap((marks) => [...(marks['contradicted-light'] ?? []), ...(marks['contradicted-dark'] ?? [])]);
}

/**
 * Has the page half read a tab, and tells what it said; runs in a page of ours.
 * Looks only from the script world of the page half, which a page cannot redefine.
 * @param {number} tab
 */
async function readHere(tab) {
  const api = /** @type {any} */ (globalThis).browser ?? chrome;
  const target = { tabId: tab };
  const note = () => {
    const root = document.documentElement;
    const seen = { before: root.outerHTML, changes: 0, violations: /** @type {string[]} */ ([]) };
    new MutationObserver((records) => (seen.changes += records.length)).observe(root, { subtree: true, childList: true, attributes: true, characterData: true });
    document.addEventListener('securitypolicyviolation', (event) => seen.violations.push(event.blockedURI));
    /** @type {any} */ (globalThis).zoo = seen;
  };
  await api.scripting.executeScript({ target, func: note });
  await api.scripting.executeScript({ target, files: ['content.js'] });
  let state = /** @type {any} */ (null);
  for (const end = Date.now() + 200_000; Date.now() < end; await new Promise((done) => setTimeout(done, 15))) {
    state = await api.tabs.sendMessage(tab, { do: 'state' }).catch(() => null);
    if (state && state.status !== 'reading' && state.status !== 'changed') break;
  }
  const flags = (state?.report?.findings ?? []).filter((/** @type {any} */ f) => f.verdict === 'contradicted').map((/** @type {any} */ f) => f.text);
  return { state, flags };
}

/** How many differences are painted in a tab and its frames; runs in a page of ours. @param {number} tab @returns {Promise<number>} */
async function paintedHere(tab) {
  const api = /** @type {any} */ (globalThis).browser ?? chrome;
  // Firefox lets another script world count the marks, but not walk through them.
  const count = () => ['light', 'dark'].reduce((sum, theme) => sum + (CSS.highlights.get(`countercheck-contradicted-${theme}`)?.size ?? 0), 0);
  const counts = await api.scripting.executeScript({ target: { tabId: tab, allFrames: true }, func: count });
  return counts.reduce((/** @type {number} */ sum, /** @type {any} */ frame) => sum + (frame.result ?? 0), 0);
}

/** What was done to the page since it was to be read; runs in a page of ours. @param {number} tab */
async function toldHere(tab) {
  const api = /** @type {any} */ (globalThis).browser ?? chrome;
  const tellOf = () => {
    const { before, changes, violations } = /** @type {any} */ (globalThis).zoo;
    return { same: document.documentElement.outerHTML === before, changes, violations };
  };
  return (await api.scripting.executeScript({ target: { tabId: tab }, func: tellOf }))[0].result;
}
