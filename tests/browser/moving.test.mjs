// @ts-check
// Pages that move: single-page navigation, infinite scroll, late and changed text, shadow trees,
// frames, the back/forward cache, an update of the extension, a background that is ended.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IDLE, eventually, marksOf, placeOf, servePages } from './harness.mjs';
import { badgeOf, flagged, inBothBrowsers, pageOf, painted, quiet } from './reader.mjs';

const FLAG = 'Foreign Minister Antony Blinken came to Beijing on Sunday, the first holder of his office to travel there in five years.';
const CLEAN = 'Secretary of State Antony Blinken came to Beijing on Sunday, the first holder of his office to travel there in five years.';
const flags = async (/** @type {any} */ page) => (await marksOf(page))['contradicted-light'] ?? [];
/** Half a second of quiet, and what the machine takes. */
const SOON = 1500;

inBothBrowsers('moving', (reader, browser) => {
  test('single-page navigation and infinite scroll are followed within half a second of quiet', async () => {
    const { page, popup, tab, state, close } = await reader().read('app.html', `<!doctype html><html lang="en"><meta charset="utf-8"><title>App</title><main><article><h1>First</h1><p>${CLEAN}</p><p>${CLEAN}</p></article></main>`);
    assert.equal(state.report.counts.contradicted, 0);
    const change = (/** @type {string} */ html, /** @type {string} */ path) =>
      page.evaluate((/** @type {[string, string]} */ [text, to]) => {
        history.pushState({}, '', to);
        /** @type {Element} */ (document.querySelector('main')).innerHTML = text;
      }, [html, path]);
    await change(`<article><h1>Second</h1><p>${FLAG}</p><p>${CLEAN}</p></article>`, '/second');
    // The fastest of all counts: a machine may be busy at one of them, but not at each.
    let fastest = Infinity;
    const follows = async (/** @type {number} */ count) => {
      const begun = performance.now();
      const texts = await flagged(page, count);
      fastest = Math.min(fastest, performance.now() - begun);
      return texts;
    };
    assert.deepEqual(await follows(1), ['Foreign Minister']);
    const ask = (/** @type {object} */ order) => popup.evaluate((/** @type {[number, object]} */ [id, what]) => (/** @type {any} */ (globalThis).browser ?? chrome).tabs.sendMessage(id, what), [tab, order]);
    assert.match((await ask({ do: 'article' })).page.url, /\/second$/);
    // The next article is added below, again and again.
    for (let n = 2; n < 5; n += 1) {
      await page.evaluate((/** @type {string} */ text) => {
        const next = document.createElement('article');
        next.innerHTML = `<h2>Next</h2><p>${text}</p>`;
        document.querySelector('main')?.append(next);
      }, FLAG);
      assert.equal((await follows(n)).length, n);
    }
    assert.ok(fastest < SOON, `${fastest} ms`);
    await page.evaluate(() => history.back());
    await close();
  });

  test('an open card stays while text is added below, and goes with its words', async () => {
    const { page, order, card, close } = await reader().read('growing.html', pageOf({ paragraphs: [FLAG, CLEAN] }));
    await order({ do: 'step', by: 1 });
    const open = await card((now) => /foreign minister/i.test(now?.text ?? ''));
    await page.evaluate((/** @type {string} */ text) => {
      const more = document.createElement('p');
      more.textContent = text;
      document.querySelector('article')?.append(more);
    }, FLAG);
    assert.equal((await flagged(page, 2)).length, 2);
    assert.equal((await card((now) => now?.text === open.text))?.text, open.text);
    await page.evaluate(() => document.querySelector('p')?.remove());
    assert.equal((await flagged(page, 1)).length, 1);
    assert.equal(await eventually(() => page.evaluate(() => document.querySelectorAll('countercheck-card').length), (count) => count === 0), 0);
    await close();
  });

  test('removed text loses its marks, changed text is never marked in the wrong place', async () => {
    const { page, close } = await reader().read('changing.html', pageOf({ paragraphs: [FLAG, CLEAN] }));
    assert.deepEqual(await flags(page), ['Foreign Minister']);
    // At every step what is marked says what was checked.
    const wrong = await page.evaluate(async () => {
      const node = /** @type {Text} */ (document.querySelector('p')?.firstChild);
      const before = node.data;
      const bad = [];
      for (let i = 0; i < 40; i += 1) {
        node.insertData(i % 2 ? 0 : 5, 'x ');
        await new Promise((done) => requestAnimationFrame(done));
        for (const [key, highlight] of CSS.highlights) {
          if (!key.startsWith('countercheck-contradicted')) continue;
          for (const range of highlight) {
            const live = new Range();
            live.setStart(range.startContainer, range.startOffset);
            live.setEnd(range.endContainer, range.endOffset);
            if (live.toString() !== 'Foreign Minister') bad.push(live.toString());
          }
        }
      }
      node.data = before;
      return bad;
    });
    assert.deepEqual(wrong, []);
    assert.deepEqual(await flagged(page, 1), ['Foreign Minister']);
    await page.evaluate(() => document.querySelector('p')?.remove());
    assert.deepEqual(await flagged(page, 0), [], 'gone with its text');
    await close();
  });

  test('text in open shadow trees is read and marked, what no slot shows is not', async () => {
    const { page, popup, tab, card, close } = await reader().read('shadow.html');
    assert.deepEqual(await flags(page), ['Foreign Minister', 'Foreign Minister']);
    assert.ok(!JSON.stringify(await popup.evaluate((/** @type {number} */ id) => (/** @type {any} */ (globalThis).browser ?? chrome).tabs.sendMessage(id, { do: 'state' }), tab)).includes('Vienna'));
    const place = await page.evaluate(() => {
      const box = /** @type {Element} */ (document.querySelector('news-story')?.shadowRoot?.querySelector('article > p')).getBoundingClientRect();
      return { x: box.left + 30, y: box.top + 12 };
    });
    await page.mouse.click(place.x, place.y);
    assert.match((await card()).text, /Differs from/);
    await page.evaluate(() => {
      const p = /** @type {Element} */ (document.querySelector('news-story')?.shadowRoot?.querySelector('article > p'));
      p.textContent = 'Nobody came.';
    });
    assert.deepEqual(await flagged(page, 1), ['Foreign Minister']);
    await close();
  });

  test('a frame of the same site is read where it holds the article; others are named', async () => {
    const other = await servePages();
    other.put('/inside.html', pageOf({ paragraphs: [FLAG, CLEAN] }));
    const foreign = other.url.replace('127.0.0.1', 'localhost');
    reader().server.put('/inside.html', pageOf({ paragraphs: [FLAG, CLEAN] }));
    const frame = (/** @type {string} */ src) => `<!doctype html><html lang="en"><meta charset="utf-8"><title>Framed</title><p>Menu</p><iframe src="${src}" width="700" height="400"></iframe>`;
    const own = await reader().read('framed.html', frame('inside.html'));
    const marked = () =>
      own.page.evaluate(() => {
        const { CSS: theirs } = /** @type {any} */ (document.querySelector('iframe')?.contentWindow);
        return [...theirs.highlights].filter(([key]) => key.startsWith('countercheck-contradicted')).map(([, h]) => [...h].map((r) => r.startContainer.data.slice(r.startOffset, r.endOffset)));
      });
    assert.deepEqual(await eventually(marked, (texts) => texts.length === 1), [['Foreign Minister']]);
    await own.close();
    const { state, close } = await reader().read('foreign.html', frame(`${foreign}inside.html`));
    assert.equal(state.status, 'frame');
    assert.equal(state.detail, new URL(foreign).host);
    await close();
    other.close();
  });

  test('a page out of the back/forward cache has its marks and its badge, or none if the tab was switched off', async () => {
    const { page, popup, tab, close } = await reader().read('article.html');
    reader().server.put('/next.html', pageOf({ title: 'Next', paragraphs: ['Nothing.'] }));
    await page.evaluate(() => {
      /** @type {any} */ (window).persisted = null;
      addEventListener('pageshow', (event) => (/** @type {any} */ (window).persisted = event.persisted));
    });
    await page.goto(`${reader().server.url}next.html`);
    await quiet(200);
    await page.evaluate(() => void setTimeout(() => history.back()));
    await eventually(() => page.evaluate(() => location.pathname), (path) => path === '/article.html');
    // Null until the event has come; a page that is loaded anew has no such property.
    const persisted = () => page.evaluate(() => ('persisted' in window ? /** @type {any} */ (window).persisted : 'anew'));
    if ((await eventually(persisted, (value) => value !== null)) === true) {
      assert.deepEqual(await flagged(page, 1), ['Foreign Minister']);
      assert.equal(await eventually(() => badgeOf(popup, tab), (text) => text === '1'), '1');
    } else {
      // Loaded anew, the page is read only when asked for.
      assert.deepEqual(await flags(page), []);
    }
    await close();
  });

  test('an update of the extension leaves no trace in open pages', async () => {
    const { page, popup, close } = await reader().read('article.html');
    assert.ok(painted(await marksOf(page)));
    await popup.evaluate(() => void setTimeout(() => (/** @type {any} */ (globalThis).browser ?? chrome).runtime.reload(), 50));
    const seen = async () => {
      await page.bringToFront();
      const left = await marksOf(page);
      const line = painted(left) && (await page.evaluate(() => getComputedStyle(document.body, '::highlight(countercheck-contradicted-light)').textDecorationLine));
      return { left, line: line || 'none' };
    };
    // Firefox may leave ranges, which without a style show nothing.
    const { left, line } = await eventually(seen, (now) => (browser === 'Firefox' ? now.line === 'none' : !painted(now.left)));
    if (browser === 'Firefox') assert.equal(line, 'none', JSON.stringify(left));
    else assert.ok(!painted(left), JSON.stringify(left));
    await close();
  });
});

inBothBrowsers('background', (reader, browser) => {
  test('a background that is ended in the middle of a check comes back, and the check is done', async () => {
    const { page, popup, tab, close } = await reader().read('long.html');
    const text = FLAG.repeat(8);
    for (let round = 0; round < 3; round += 1) {
      await page.evaluate((/** @type {string} */ words) => {
        const p = document.createElement('p');
        p.textContent = words;
        document.querySelector('article')?.append(p);
      }, `${round} ${text}`);
      await quiet(230);
      await reader().browser.endBackground();
    }
    const state = () => popup.evaluate((/** @type {number} */ id) => (/** @type {any} */ (globalThis).browser ?? chrome).tabs.sendMessage(id, { do: 'state' }), tab);
    const now = await eventually(state, (s) => s?.status === 'ok' && s.report?.mentions.some((/** @type {any} */ m) => m.block === 11), 60_000);
    assert.equal(now.status, 'ok', now.detail);
    assert.ok(now.report.mentions.some((/** @type {any} */ m) => m.block === 11), browser);
    assert.ok(await placeOf(page, 'Foreign Minister'));
    await close();
  }, );
}, { prefs: { 'extensions.background.idle.timeout': IDLE } });
