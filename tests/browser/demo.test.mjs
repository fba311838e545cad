// @ts-check
// The demo page in both browsers, from a plain static server; axe on it and on the popup.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { AxeBuilder } from '@axe-core/playwright';
import { DIST, SUITE, eventually, launchChromium, launchFirefox, marksOf, openPopup, serveLogged, servePages } from './harness.mjs';

/** @typedef {import('./harness.mjs').Page} Page */

/** Changes a word of the article as typing would. @param {Page} page @param {string} from @param {string} to */
function edit(page, from, to) {
  return page.evaluate(
    (/** @type {[string, string]} */ [old, next]) => {
      const walker = document.createTreeWalker(/** @type {Element} */ (document.querySelector('#article')), NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const at = /** @type {Text} */ (node).data.indexOf(old);
        if (at < 0) continue;
        getSelection()?.setBaseAndExtent(node, at, node, at + old.length);
        /** @type {HTMLElement} */ (document.querySelector('#article')).focus();
        return document.execCommand('insertText', false, next);
      }
      return false;
    },
    [from, to],
  );
}

for (const launch of [launchChromium, launchFirefox]) {
  describe(`demo page in ${launch === launchChromium ? 'Chromium' : 'Firefox'}`, { timeout: SUITE }, () => {
    /** @type {import('./harness.mjs').Browser} */
    let browser;
    /** @type {Awaited<ReturnType<typeof serveLogged>>} */
    let server;
    before(async () => {
      [browser, server] = [await launch(), await serveLogged(join(DIST, 'www'))];
    });
    after(async () => {
      await browser?.close();
      server?.close();
    });

    /** @param {string} [path] */
    async function open(path = '') {
      const page = await browser.page();
      await page.goto(server.url + path);
      await eventually(() => page.evaluate(() => document.querySelectorAll('#panel .counts li').length), (count) => count === 4);
      return page;
    }
    const differences = (/** @type {Page} */ page) =>
      marksOf(page).then((marks) => [...(marks['contradicted-light'] ?? []), ...(marks['contradicted-dark'] ?? [])]);

    test('shows the planted differences, and each change of a word changes the verdict', async () => {
      server.log.length = 0;
      const page = await open();
      const first = await eventually(() => differences(page), (texts) => texts.includes('Foreign Minister'));
      assert.ok(first.includes('Foreign Minister'), JSON.stringify(first));
      assert.equal(await edit(page, 'Foreign Minister', 'Secretary of State'), true);
      const mended = await eventually(() => differences(page), (texts) => !texts.includes('Foreign Minister') && texts.length === first.length - 1);
      assert.equal(mended.length, first.length - 1);
      assert.equal(await edit(page, 'Secretary of State', 'Foreign Minister'), true);
      assert.deepEqual(await eventually(() => differences(page), (texts) => texts.length === first.length), first);
      const count = () => page.evaluate(() => Number(document.querySelector('.counts b')?.textContent));
      assert.equal(await eventually(count, (shown) => shown === first.length), first.length);
      assert.ok(server.log.every((path) => /^\/(?:$|favicon\.ico$|[\w-]+\.(?:css|js)$|(?:core|icons|samples)\/[\w.-]+$)/.test(path)), server.log.join(' '));
      await page.close();
    });

    test('goes from the panel to the text', async () => {
      const page = await open();
      await eventually(() => differences(page), (texts) => texts.length > 0);
      const shown = () => page.evaluate(() => document.querySelectorAll('countercheck-card').length);
      await eventually(() => page.evaluate(() => document.querySelectorAll('.row.contradicted').length), (count) => count > 0);
      await page.evaluate(() => /** @type {HTMLElement} */ (document.querySelector('.row.contradicted')).click());
      assert.equal(await eventually(shown, (count) => count === 1), 1);
      await page.keyboard.press('Escape');
      assert.equal(await eventually(shown, (count) => count === 0), 0);
      await page.evaluate(() => document.getElementById('next')?.click());
      assert.equal(await eventually(shown, (count) => count === 1), 1);
      await page.close();
    });

    test('is silent, and says so, about an article that the sources do not cover', async () => {
      const page = await open('#unrelated-miners');
      const text = await eventually(() => page.evaluate(() => document.querySelector('#status')?.textContent), (now) => /cover/.test(now));
      assert.match(text, /do not cover/);
      assert.deepEqual(await differences(page), []);
      await page.close();
    });
  });
}

describe('axe', { timeout: SUITE }, () => {
  for (const dark of [false, true]) {
    test(`finds nothing on popup, panel, options, welcome and demo page, ${dark ? 'dark' : 'light'}`, async () => {
      const browser = await launchChromium({ dark });
      const [pages, site] = [await servePages(), await serveLogged(join(DIST, 'www'))];
      try {
        const article = await browser.page();
        await article.goto(`${pages.url}article.html`);
        const { page: popup, tab } = await openPopup(browser, pages.url);
        await eventually(() => popup.evaluate(() => document.querySelectorAll('.counts li').length), (count) => count === 4);
        const demo = await browser.page();
        await demo.goto(site.url);
        await eventually(() => demo.evaluate(() => document.querySelectorAll('.counts li').length), (count) => count === 4);
        const panel = await browser.extensionPage(`panel.html?tab=${tab}`);
        await eventually(() => panel.evaluate(() => document.querySelectorAll('.chip').length), (count) => count > 0);
        await panel.evaluate(() => /** @type {HTMLElement} */ (document.querySelector('.chip')).click());
        await panel.evaluate(() => document.getElementById('keep')?.click());
        await eventually(() => panel.evaluate(() => document.querySelectorAll('#keeping .main').length), (count) => count === 1);
        const [options, welcome] = [await browser.extensionPage('options.html'), await browser.extensionPage('welcome.html')];
        await eventually(() => options.evaluate(() => document.querySelectorAll('#sets li').length), (count) => count > 0);
        for (const page of [popup, panel, options, welcome, demo]) {
          await page.evaluate(() => document.querySelectorAll('details').forEach((fold) => (fold.open = true)));
          const { violations } = await new AxeBuilder({ page: /** @type {any} */ (page) }).analyze();
          assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.target.join(' '))]), []);
        }
        // Nothing is cut at 320 px.
        const narrow = await launchChromium({ width: 320, height: 640 });
        const small = await narrow.page();
        await small.goto(site.url);
        await eventually(() => small.evaluate(() => document.querySelectorAll('.counts li').length), (count) => count === 4);
        const fits = await small.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
        await narrow.close();
        assert.ok(fits);
      } finally {
        await browser.close();
        pages.close();
        site.close();
      }
    });
  }
});
