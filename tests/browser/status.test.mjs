// @ts-check
// Honest status: for everything that stands in the way, a sentence of its own.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NOWHERE, eventually, marksOf, openPopup } from './harness.mjs';
import { click, inBothBrowsers, pageOf, painted, textsOf } from './reader.mjs';

const DUTCH = 'De minister van Buitenlandse Zaken heeft zondag in Peking gesproken met zijn Chinese collega, en beide landen noemden de gesprekken na afloop openhartig en nuttig.';
const ENGLISH = 'The minister of foreign affairs spoke to his colleague in Beijing on Sunday, and both of the countries called the talks candid and useful when they were over.';
/** The smallest file that viewers take for a PDF. */
const PDF = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj 3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF');

inBothBrowsers('status', (reader, browser) => {
  const said = (/** @type {any} */ popup, /** @type {RegExp} */ wanted) => eventually(async () => (await textsOf(popup, '#status')).join(), (text) => wanted.test(text));

  test('not English, no article, no text, a frame of another site: a sentence for each, and no marks', async () => {
    const frame = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Framed</title><p>Menu</p><iframe src="http://localhost:9/" width="700" height="400"></iframe>`;
    for (const [path, html, wanted] of /** @type {[string, string | undefined, RegExp][]} */ ([
      ['german.html', undefined, /not in English/],
      ['dutch.html', pageOf({ lang: 'en', paragraphs: [DUTCH, DUTCH] }), /not in English/],
      ['no-article.html', undefined, /^No article was found/],
      ['bare.html', `<!doctype html><html lang="en"><title>Bare</title><article><button>${ENGLISH}</button></article></html>`, /no text to read/],
      ['outside.html', frame, /frame of localhost:9/],
    ])) {
      const { popup, page, close } = await reader().read(path, html);
      assert.match(await said(popup, wanted), wanted, path);
      assert.ok(!painted(await marksOf(page)), path);
      await close();
    }
    // English on a page that says it is not: the words decide.
    const { state, close } = await reader().read('mislabelled.html', pageOf({ lang: 'de', paragraphs: [ENGLISH, ENGLISH] }));
    assert.notEqual(state.status, 'not-english');
    await close();
  });

  test('a PDF, pages of the browser and its store are named as such', async () => {
    reader().server.put('/paper.pdf', PDF);
    const page = await reader().browser.page();
    await page.goto(`${reader().server.url}paper.pdf`).catch(() => {});
    const { page: popup } = await openPopup(reader().browser, `${reader().server.url}paper.pdf`);
    assert.match(await said(popup, /PDF/), /^This is a PDF file/);
    await Promise.all([popup.close(), page.close()]).catch(() => {});
    const { page: forbidden } = await openPopup(reader().browser, NOWHERE);
    assert.match(await said(forbidden, /let/), /does not let extensions read this page/);
    await forbidden.close();
    const code = await (await reader().own('popup')).evaluate(() => fetch('popup.js').then((answer) => answer.text()));
    for (const host of ['addons\\.mozilla\\.org', 'chromewebstore\\.google\\.com']) assert.ok(code.includes(host), `${browser}: ${host}`);
  });

  test('an empty set and sources that do not cover the page are told apart', async () => {
    const options = await reader().own('options');
    await eventually(() => textsOf(options, '#sets > li'), (texts) => texts.length === 1);
    const none = await reader().read('article.html');
    await click(options, '#sets input');
    assert.match(await said(none.popup, /No reference set/), /No reference set is loaded/);
    assert.ok(painted(await marksOf(none.page)), 'people, places and dates are still marked');
    assert.equal((await marksOf(none.page))['contradicted-light'], undefined);
    await click(options, '#sets input');
    assert.match(await said(none.popup, /differs/), /differs from your sources/);
    await none.close();
    const { popup, close } = await reader().read('elsewhere.html', pageOf({ title: 'Harbour', paragraphs: [ENGLISH.replace('Beijing', 'Hamburg'), ENGLISH.replace('Beijing', 'Hamburg')] }));
    assert.match(await said(popup, /cover/), /do not cover what this page is about/);
    await close();
    await options.close();
  });

  test('text that changes under the marks is said to be read again', async () => {
    const { page, popup, close } = await reader().read('article.html');
    await said(popup, /differs/);
    await popup.evaluate(() => {
      const seen = /** @type {any} */ (window);
      seen.lines = [];
      new MutationObserver(() => seen.lines.push(document.querySelector('#status')?.textContent)).observe(/** @type {Node} */ (document.querySelector('#status')), { childList: true, characterData: true, subtree: true });
    });
    await page.evaluate(() => {
      const p = /** @type {Element} */ (document.querySelector('#first'));
      p.textContent = 'Secretary of State Antony Blinken came to Beijing on Sunday, the first holder of his office to travel there in five years.';
    });
    assert.match(await said(popup, /^No difference/), /^No difference found/);
    const lines = await popup.evaluate(() => /** @type {any} */ (window).lines);
    assert.ok(lines.includes('The text has changed and is being read again.'), lines.join(' | '));
    await close();
  });
});
