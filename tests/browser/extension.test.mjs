// @ts-check
// The installed extension in both browsers, on pages served on loopback.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { cardIn, eventually, launchChromium, launchFirefox, marksOf, openPopup, placeOf, servePages, tell } from './harness.mjs';

/** @typedef {import('./harness.mjs').Page} Page */
/** @typedef {Record<string, string[]>} Marks */

const painted = (/** @type {Marks} */ marks) => Object.keys(marks).length > 0;
const quiet = (/** @type {number} */ time) => new Promise((done) => setTimeout(done, time));

for (const launch of [launchChromium, launchFirefox]) {
  describe(launch === launchChromium ? 'Chromium' : 'Firefox', { timeout: 180_000 }, () => {
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

    /** Opens a page, and the popup for it unless `idle`. @param {string} path */
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
      const marks = await eventually(() => marksOf(visited.page), painted);
      return { ...visited, popup, tab, marks, close: () => Promise.all([visited.page.close(), popup.close()]) };
    }
    const textOf = (/** @type {Page} */ page, /** @type {string} */ selector) =>
      page.evaluate((/** @type {string} */ s) => /** @type {HTMLElement} */ (document.querySelector(s)).innerText, selector);
    const statusOf = (/** @type {Page} */ popup, /** @type {RegExp} */ wanted) =>
      eventually(() => textOf(popup, '#status'), (text) => wanted.test(text));

    test('does nothing where it was not asked', async () => {
      const { page } = await visit('article.html');
      const { page: popup, tab } = await openPopup(browser, 'nowhere:').then(async (opened) => {
        const id = await opened.page.evaluate(async (/** @type {string} */ url) => {
          const api = /** @type {any} */ (globalThis).browser ?? chrome;
          return (await api.tabs.query({})).find((/** @type {any} */ t) => t.url?.startsWith(url)).id;
        }, server.url);
        return { page: opened.page, tab: id };
      });
      await assert.rejects(tell(popup, tab, { do: 'state' }), /establish connection|Receiving end/);
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

      await popup.evaluate(() => /** @type {HTMLElement} */ (document.querySelector('#on')).click());
      await eventually(() => marksOf(page), (now) => !painted(now));
      assert.deepEqual(await marksOf(page), {});
      assert.equal(await page.evaluate(() => document.querySelector('countercheck-card')), null);
      assert.equal(await page.evaluate(() => document.body.innerHTML), body);
      const ground = () => page.evaluate(() => getComputedStyle(document.body, '::highlight(countercheck-contradicted-light)').backgroundColor);
      assert.equal(await eventually(ground, (colour) => colour === 'rgba(0, 0, 0, 0)'), 'rgba(0, 0, 0, 0)', 'the style is taken out');
      await assert.rejects(tell(popup, tab, { do: 'state' }), /establish connection|Receiving end/);
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
      const ground = await page.evaluate(() => getComputedStyle(/** @type {Element} */ (document.querySelector('#first')), '::highlight(countercheck-contradicted-light)').backgroundColor);
      assert.equal(ground, 'rgb(253, 236, 234)');
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
      await page.mouse.move(place.x, place.y);
      const card = await eventually(() => cardIn(popup, tab), Boolean);
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
      await page.mouse.move(sunday.x - 2, sunday.y);
      await page.mouse.move(sunday.x, sunday.y);
      const date = await eventually(() => cardIn(popup, tab), Boolean);
      assert.match(date.text, /2023-06-18/);
      assert.match(date.text, /June 19, 2023|19 June 2023/);
      // And closes by itself when the pointer has gone elsewhere.
      await page.mouse.move(5, 5);
      assert.equal(await eventually(() => cardIn(popup, tab), (now) => now === null, 2000), null);
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
      assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'Beijing');
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
      const badge = await popup.evaluate((/** @type {number} */ id) => (/** @type {any} */ (globalThis).browser ?? chrome).action.getBadgeText({ tabId: id }), tab);
      assert.equal(badge, '1');
      await popup.evaluate(() => /** @type {HTMLElement} */ (document.querySelector('.row.contradicted')).click());
      assert.ok(await eventually(() => page.evaluate(() => !!document.querySelector('countercheck-card')), Boolean), 'the card is open');
      // The popup has closed itself, as popups do.
      await close().catch(() => {});
    });

    test('leaves highlights of the page alone', async () => {
      const { page, popup, close } = await read('own-highlights.html');
      const own = () => page.evaluate(() => [...(CSS.highlights.get('own-search') ?? [])].map((range) => range.startOffset));
      assert.deepEqual(await own(), [8]);
      await popup.evaluate(() => /** @type {HTMLElement} */ (document.querySelector('#on')).click());
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
      assert.match(await page.evaluate(() => document.querySelector('#editor')?.textContent), /X/);
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
      // Changed text loses its marks at once and has new ones half a second later.
      await change('Foreign Minister Antony Blinken came to Beijing on Sunday, the first holder of his office to travel there in five years.');
      await quiet(500);
      assert.deepEqual((await marksOf(page))['contradicted-light'], ['Foreign Minister']);
      await change('Nobody came.');
      assert.equal((await marksOf(page))['contradicted-light']?.length ?? 0, 0, 'gone before the next reading');
      // Text that comes late.
      await page.evaluate(() => {
        const p = document.createElement('p');
        p.textContent = 'Foreign Minister Antony Blinken was in Beijing, reporters were told.';
        document.querySelector('article')?.append(p);
      });
      await quiet(500);
      assert.deepEqual((await marksOf(page))['contradicted-light'], ['Foreign Minister']);
      // A ticker inside the article does not close an open card.
      await tell(popup, tab, { do: 'step', by: 1 });
      assert.ok(await eventually(() => cardIn(popup, tab), Boolean));
      // Another article in its place.
      await page.evaluate(() => {
        const article = document.createElement('article');
        article.innerHTML = '<h1>Qin Gang</h1><p>The talks in Beijing were followed by a dinner, at which Foreign Minister Antony Blinken said little, and everybody went home before midnight, as was the plan.</p>';
        document.querySelector('#app')?.replaceChildren(article);
      });
      await quiet(500);
      assert.deepEqual((await marksOf(page))['contradicted-light'], ['Foreign Minister']);
      assert.equal(await cardIn(popup, tab), null);
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
      const { page: popup } = await openPopup(browser, 'nowhere:');
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
      const registered = (/** @type {number} */ count) =>
        eventually(
          () => popup.evaluate(async () => (await (/** @type {any} */ (globalThis).browser ?? chrome).scripting.getRegisteredContentScripts()).length),
          (length) => length === count,
        );
      await list('automatic', ['*://127.0.0.1/*']);
      assert.equal(await registered(1), 1);
      const { page } = await visit('article.html');
      assert.deepEqual((await eventually(() => marksOf(page), painted))['contradicted-light'], ['Foreign Minister']);
      // A tab that was switched off stays off on its next page.
      const { page: here, tab } = await openPopup(browser, server.url);
      await eventually(() => here.evaluate(() => /** @type {HTMLInputElement} */ (document.querySelector('#on')).checked), Boolean);
      await here.evaluate(() => /** @type {HTMLElement} */ (document.querySelector('#on')).click());
      await statusOf(here, /^Off in this tab/);
      await page.goto(`${server.url}article.html`);
      await quiet(600);
      assert.deepEqual(await marksOf(page), {});
      await assert.rejects(tell(here, tab, { do: 'state' }), /establish connection|Receiving end/);
      await here.evaluate(() => /** @type {HTMLElement} */ (document.querySelector('#on')).click());
      assert.ok(painted(await eventually(() => marksOf(page), painted)));
      await here.close();
      await list('never', ['*://127.0.0.1/*']);
      await quiet(300);
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
