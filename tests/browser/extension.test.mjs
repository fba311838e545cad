// @ts-check
// The installed extension in both browsers, on pages served on loopback.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { NOWHERE, SUITE, cardIn, eventually, launchChromium, launchFirefox, marksOf, openPopup, placeOf, servePages, tabAt, tell } from './harness.mjs';
import { badgeOf } from './reader.mjs';

/** @typedef {import('./harness.mjs').Page} Page */
/** @typedef {Record<string, string[]>} Marks */

const painted = (/** @type {Marks} */ marks) => Object.keys(marks).length > 0;
const UNHEARD = /establish connection|Receiving end/;
const quiet = (/** @type {number} */ time) => new Promise((done) => setTimeout(done, time));

for (const launch of [launchChromium, launchFirefox]) {
  describe(launch === launchChromium ? 'Chromium' : 'Firefox', { timeout: SUITE }, () => {
    /** @type {import('./harness.mjs').Browser} */
    let browser;
    /** @type {Awaited<ReturnType<typeof servePages>>} */
    let server;
    before(async () => {
      [browser, server] = [await launch(), await servePages()];
    });
    afterEach(() => browser.clear());
    after(async () => {
      await browser?.close();
      server?.close();
    });

    /** Opens a page and remembers what changes in it. @param {string} path */
    async function visit(path) {
      server.log.length = 0;
      const page = await browser.page();
      await page.goto(server.url + path);
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

    /** @param {string} path */
    async function read(path) {
      const visited = await visit(path);
      const { page: popup, tab } = await openPopup(browser, server.url + path);
      await eventually(() => tell(popup, tab, { do: 'state' }), (now) => now && now.status !== 'reading');
      const marks = await eventually(() => marksOf(visited.page), painted);
      return { ...visited, popup, tab, marks, close: () => Promise.all([visited.page.close(), popup.close()]) };
    }
    /** Flips the switch of a popup that shows it as on; before that a click would only ask for reading once more. @param {Page} popup */
    async function switchOff(popup) {
      await eventually(() => popup.evaluate(() => /** @type {HTMLInputElement} */ (document.querySelector('#on')).checked), Boolean);
      await popup.evaluate(() => /** @type {HTMLElement} */ (document.querySelector('#on')).click());
    }
    /** What a message to a tab in which nobody of ours listens any more ends with. @param {Page} own @param {number} tab */
    const unheard = (own, tab) =>
      eventually(() => tell(own, tab, { do: 'state' }).then(() => 'answered', String), (why) => UNHEARD.test(why));
    /** Points at a place until there is a card: a page that has just come to the front may miss the pointer. @param {Page} page @param {{ x: number, y: number }} place @param {() => Promise<any>} ask @param {RegExp} wanted */
    const pointAt = (page, place, ask, wanted) => {
      let nudge = 0;
      const look = async () => {
        nudge = 1 - nudge;
        await page.mouse.move(place.x - nudge, place.y);
        return ask();
      };
      return eventually(look, (card) => wanted.test(card?.text ?? ''));
    };
    const flags = async (/** @type {Page} */ page) => (await marksOf(page))['contradicted-light'] ?? [];
    const one = (/** @type {Page} */ page) => eventually(() => flags(page), (texts) => texts.length === 1);
    const groundOf = (/** @type {Page} */ page) =>
      page.evaluate(() => getComputedStyle(/** @type {Element} */ (document.querySelector('#first')), '::highlight(countercheck-contradicted-light)').backgroundColor);
    const textOf = (/** @type {Page} */ page, /** @type {string} */ selector) =>
      page.evaluate((/** @type {string} */ s) => /** @type {HTMLElement} */ (document.querySelector(s)).innerText, selector);
    const statusOf = (/** @type {Page} */ popup, /** @type {RegExp} */ wanted) =>
      eventually(() => textOf(popup, '#status'), (text) => wanted.test(text));

    test('does nothing where it was not asked', async () => {
      const { page } = await visit('article.html');
      const { page: popup } = await openPopup(browser, NOWHERE);
      const tab = await tabAt(popup, server.url);
      await assert.rejects(tell(popup, tab, { do: 'state' }), UNHEARD);
      assert.deepEqual(await marksOf(page), {});
      await Promise.all([page.close(), popup.close()]);
    });

    test('marks an article and leaves the page as it was', async () => {
      const { page, popup, tab, body, marks, close } = await read('article.html');
      assert.deepEqual(marks['contradicted-light'], ['Foreign Minister']);
      assert.ok(marks['person-light'].includes('Antony Blinken'), JSON.stringify(marks));
      assert.ok(marks['place-light'].includes('Beijing'));
      assert.ok(marks['date-light'].includes('Sunday'));
      assert.ok(!Object.values(marks).flat().some((text) => /Vienna|Moscow/.test(text)), 'related links and hidden text are not read');
      assert.equal(await page.evaluate(() => document.body.innerHTML), body);

      await page.bringToFront();
      assert.equal(await tell(popup, tab, { do: 'step', by: 1 }), true);
      assert.ok(await page.evaluate(() => document.querySelector('countercheck-card')?.parentElement === document.documentElement));
      assert.equal(await page.evaluate(() => document.body.innerHTML), body);

      await switchOff(popup);
      await eventually(() => marksOf(page), (now) => !painted(now));
      assert.deepEqual(await marksOf(page), {});
      assert.equal(await page.evaluate(() => document.querySelector('countercheck-card')), null);
      assert.equal(await page.evaluate(() => document.body.innerHTML), body);
      const ground = () => page.evaluate(() => getComputedStyle(document.body, '::highlight(countercheck-contradicted-light)').backgroundColor);
      assert.equal(await eventually(ground, (colour) => colour === 'rgba(0, 0, 0, 0)'), 'rgba(0, 0, 0, 0)', 'the style is taken out');
      assert.match(await unheard(popup, tab), UNHEARD);
      assert.deepEqual(await page.evaluate(() => [/** @type {any} */ (window).changes, /** @type {any} */ (window).violations]), [0, []]);
      assert.deepEqual(server.log.filter((path) => path !== '/favicon.ico'), ['/article.html'], 'no request but the page’s own');
      await close();
    });

    test('works where the page forbids everything', async () => {
      const { page, popup, tab, body, marks, close } = await read('strict.html');
      assert.deepEqual(marks['contradicted-light'], ['Foreign Minister']);
      await page.bringToFront();
      await tell(popup, tab, { do: 'step', by: 1 });
      const card = await eventually(() => cardIn(popup, tab), Boolean);
      assert.match(card.text, /Differs from/);
      // Paint itself: the style applies although the page allows no style at all.
      assert.equal(await eventually(() => groundOf(page), (colour) => colour === 'rgb(253, 236, 234)'), 'rgb(253, 236, 234)');
      assert.equal(await page.evaluate(() => document.body.innerHTML), body);
      assert.deepEqual(await page.evaluate(() => /** @type {any} */ (window).violations), []);
      assert.deepEqual(server.log.filter((path) => path !== '/favicon.ico'), ['/strict.html']);
      await close();
    });

    test('shows the evidence on hover, and goes away on Escape', async () => {
      const { page, popup, tab, close } = await read('article.html');
      await page.bringToFront();
      const place = await placeOf(page, 'Foreign Minister');
      await page.mouse.move(5, 5);
      const card = await pointAt(page, place, () => cardIn(popup, tab), /Differs from/);
      assert.match(card.text, /Differs from .*source/);
      assert.match(card.text, /secretary of state/i);
      assert.match(card.text, /2023/, 'a source with its date');
      assert.equal(card.focused, null, 'hovering does not take the focus');
      assert.ok(card.inside);
      assert.ok(card.links.every((/** @type {string} */ link) => /^https?:/.test(link)));
      await page.keyboard.press('Escape');
      assert.equal(await eventually(() => cardIn(popup, tab), (now) => now === null), null);
      // A date tells its value and what it was counted from.
      const sunday = await placeOf(page, 'Sunday');
      const date = await pointAt(page, sunday, () => cardIn(popup, tab), /2023-06-18/);
      assert.match(date.text, /2023-06-18/);
      assert.match(date.text, /June 19, 2023|19 June 2023/);
      // And closes by itself when the pointer has gone elsewhere.
      await page.mouse.move(5, 5);
      assert.equal(await eventually(() => cardIn(popup, tab), (now) => now === null), null);
      await close();
    });

    test('is reached by keyboard, and gives the focus back', async () => {
      const { page, popup, tab, close } = await read('article.html');
      await page.bringToFront();
      await page.evaluate(() => /** @type {HTMLElement} */ (document.querySelector('nav a')).focus());
      await tell(popup, tab, { do: 'step', by: 1 });
      const card = await eventually(() => cardIn(popup, tab), (now) => now?.focused === 'dialog');
      assert.equal(card?.focused, 'dialog');
      await page.keyboard.press('Escape');
      assert.equal(await eventually(() => cardIn(popup, tab), (now) => now === null), null);
      assert.equal(await eventually(() => page.evaluate(() => document.activeElement?.textContent), (text) => text === 'Beijing'), 'Beijing');
      await close();
    });

    test('counts and lists in the popup, and jumps from there', async () => {
      const { page, popup, tab, close } = await read('article.html');
      assert.match(await statusOf(popup, /differ/), /^One claim on this page differs/);
      const [differs, notes, supported, open] = await popup.evaluate(() => [...document.querySelectorAll('.counts b')].map((b) => Number(b.textContent)));
      const state = await tell(popup, tab, { do: 'state' });
      const { counts, findings } = state.report;
      assert.deepEqual([differs, notes, supported, open], [counts.contradicted, counts.disputed + counts.superseded, counts.supported, counts.unverified]);
      assert.equal(differs + notes + supported + open, findings.length, 'the counts add up');
      assert.match(await textOf(popup, '#sources'), /\d+ sources/);
      assert.match(await textOf(popup, '.row.contradicted'), /Foreign Minister → .*secretary of state/);
      assert.equal(await eventually(() => badgeOf(popup, tab), (text) => text === '1'), '1');
      await popup.evaluate(() => /** @type {HTMLElement} */ (document.querySelector('.row.contradicted')).click());
      assert.ok(await eventually(() => page.evaluate(() => !!document.querySelector('countercheck-card')), Boolean), 'the card is open');
      // The popup has closed itself, as popups do.
      await close().catch(() => {});
    });

    test('leaves highlights of the page alone', async () => {
      const { page, popup, close } = await read('own-highlights.html');
      const own = () => page.evaluate(() => [...(CSS.highlights.get('own-search') ?? [])].map((range) => range.startOffset));
      assert.deepEqual(await own(), [8]);
      await switchOff(popup);
      await eventually(() => marksOf(page), (now) => !painted(now));
      assert.deepEqual(await page.evaluate(() => [...CSS.highlights.keys()]), ['own-search']);
      assert.deepEqual(await own(), [8]);
      await close();
    });

    test('does not read where people write, nor what is hidden', async () => {
      const { page, popup, tab, marks, close } = await read('editors.html');
      assert.deepEqual(marks['contradicted-light'], ['Foreign Minister']);
      assert.ok(!Object.values(marks).flat().some((text) => /Vienna|Friday/.test(text)));
      const { report } = await tell(popup, tab, { do: 'state' });
      assert.ok(!JSON.stringify(report).includes('Vienna'));
      await page.bringToFront();
      const place = await placeOf(page, 'flew to');
      await page.mouse.click(place.x, place.y);
      await page.keyboard.type('X');
      const written = () => page.evaluate(() => document.querySelector('#editor')?.textContent ?? '');
      assert.match(await eventually(written, (text) => /X/.test(text)), /X/);
      await close();
    });

    test('finds the article among boxes, and what stands around it', async () => {
      const { marks, popup, tab, close } = await read('boxes.html');
      assert.deepEqual(marks['contradicted-light'], ['Foreign Minister']);
      assert.ok(marks['person-light'].includes('Qin Gang'));
      assert.ok(marks['person-light'].includes('Xi Jin\u00adping'), 'a soft hyphen does not hide a name');
      assert.ok(!JSON.stringify((await tell(popup, tab, { do: 'state' })).report).includes('Vienna'));
      await close();
    });

    test('follows a page that moves', async () => {
      const { page, popup, tab, marks, close } = await read('moving.html');
      assert.equal(marks['contradicted-light'], undefined);
      await page.bringToFront();
      const change = (/** @type {string} */ text) =>
        page.evaluate((/** @type {string} */ to) => {
          const node = /** @type {Text} */ (document.querySelector('#first')?.firstChild);
          node.data = to;
          return performance.now();
        }, text);
      // Changed text loses its marks at once and has new ones a little later.
      await change('Foreign Minister Antony Blinken came to Beijing on Sunday, the first holder of his office to travel there in five years.');
      assert.deepEqual(await one(page), ['Foreign Minister']);
      await change('Nobody came.');
      assert.equal((await marksOf(page))['contradicted-light']?.length ?? 0, 0, 'gone before the next reading');
      // Text that comes late.
      await page.evaluate(() => {
        const p = document.createElement('p');
        p.textContent = 'Foreign Minister Antony Blinken was in Beijing, reporters were told.';
        document.querySelector('article')?.append(p);
      });
      assert.deepEqual(await one(page), ['Foreign Minister']);
      // A ticker inside the article does not close an open card.
      assert.equal(await eventually(() => tell(popup, tab, { do: 'step', by: 1 }), Boolean), true);
      assert.ok(await eventually(() => cardIn(popup, tab), Boolean));
      // Another article in its place.
      await page.evaluate(() => {
        const article = document.createElement('article');
        article.innerHTML = '<h1>Qin Gang</h1><p>The talks in Beijing were followed by a dinner, at which Foreign Minister Antony Blinken said little, and everybody went home before midnight, as was the plan.</p>';
        document.querySelector('#app')?.replaceChildren(article);
      });
      assert.deepEqual(await one(page), ['Foreign Minister']);
      assert.equal(await eventually(() => cardIn(popup, tab), (now) => now === null), null);
      await close();
    });

    test('follows the ground under the text, not the system', async () => {
      const { marks, close } = await read('dark.html');
      assert.deepEqual(marks['contradicted-dark'], ['Foreign Minister']);
      assert.equal(marks['contradicted-light'], undefined);
      await close();
    });

    test('says what stands in the way', async () => {
      for (const [path, wanted] of /** @type {[string, RegExp][]} */ ([
        ['no-article.html', /^No article was found/],
        ['german.html', /not in English/],
      ])) {
        const { page } = await visit(path);
        const { page: popup } = await openPopup(browser, server.url + path);
        assert.match(await statusOf(popup, wanted), wanted);
        await Promise.all([page.close(), popup.close()]);
      }
      const { page: popup } = await openPopup(browser, NOWHERE);
      assert.match(await statusOf(popup, /let/), /does not let extensions read/);
      await popup.close();
    });

    test('reads by itself only where the reader wants it', async () => {
      const popup = await browser.extensionPage('popup.html?tab=-2');
      const list = (/** @type {string} */ name, /** @type {string[]} */ patterns) =>
        popup.evaluate(async (/** @type {[string, string[]]} */ [key, value]) => {
          const api = /** @type {any} */ (globalThis).browser ?? chrome;
          await api.storage.local.set({ [key]: value });
        }, [name, patterns]);
      const scripts = () => popup.evaluate(() => (/** @type {any} */ (globalThis).browser ?? chrome).scripting.getRegisteredContentScripts());
      const registered = async (/** @type {number} */ count) => (await eventually(scripts, (now) => now.length === count)).length;
      await list('automatic', ['*://127.0.0.1/*']);
      assert.equal(await registered(1), 1);
      const { page } = await visit('article.html');
      assert.deepEqual((await eventually(() => marksOf(page), painted))['contradicted-light'], ['Foreign Minister']);
      // A tab that was switched off stays off on its next page.
      const { page: here, tab } = await openPopup(browser, server.url);
      await switchOff(here);
      assert.match(await statusOf(here, /^Off in this tab/), /^Off in this tab/);
      await page.goto(`${server.url}article.html`);
      await quiet(600);
      assert.deepEqual(await marksOf(page), {});
      // The script of the site was started, and ends once the background has said that the tab is off.
      assert.match(await unheard(here, tab), UNHEARD);
      assert.deepEqual(await marksOf(page), {});
      await here.evaluate(() => /** @type {HTMLElement} */ (document.querySelector('#on')).click());
      assert.ok(painted(await eventually(() => marksOf(page), painted)));
      await here.close();
      await list('never', ['*://127.0.0.1/*']);
      const excluded = await eventually(scripts, ([script]) => script?.excludeMatches?.length === 1);
      assert.deepEqual(excluded[0]?.excludeMatches, ['*://127.0.0.1/*']);
      await page.goto(`${server.url}article.html`);
      await quiet(600);
      assert.deepEqual(await marksOf(page), {});
      await list('never', []);
      await list('automatic', []);
      assert.equal(await registered(0), 0);
      await Promise.all([page.close(), popup.close()]);
    });
  });
}
