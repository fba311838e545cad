// @ts-check
// The package exactly as it ships, started by a click on its button in the toolbar: what the
// click alone grants is enough. (Only Chromium's protocol has such a click.)
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import puppeteer from 'puppeteer-core';
import { CHROMIUM, DIST, SUITE, eventually, marksOf, servePages } from './harness.mjs';

describe('a click on the toolbar button', { timeout: SUITE }, () => {
  /** @type {import('puppeteer-core').Browser} */
  let browser;
  /** @type {Awaited<ReturnType<typeof servePages>>} */
  let server;
  before(async () => {
    browser = await puppeteer.launch({
      browser: 'chrome',
      executablePath: CHROMIUM,
      headless: true,
      pipe: true,
      timeout: 120_000,
      enableExtensions: [join(DIST, 'chromium')],
      args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    });
    server = await servePages();
  });
  after(async () => {
    await browser?.close();
    server?.close();
  });

  test('reads, marks and styles a page that forbids everything', async () => {
    const page = await browser.newPage();
    await page.goto(`${server.url}strict.html`);
    assert.deepEqual(await marksOf(/** @type {any} */ (page)), {}, 'nothing before the click');
    const [extension] = (await browser.extensions()).values();
    // The page that is shown after installing comes to the front by itself.
    await eventually(async () => (await browser.pages()).some((other) => other.url().endsWith('welcome.html')), Boolean);
    await page.bringToFront();
    await extension.triggerAction(page);
    const marks = await eventually(() => marksOf(/** @type {any} */ (page)), (now) => !!now['contradicted-light']);
    assert.deepEqual(marks['contradicted-light'], ['Foreign Minister']);
    const ground = () =>
      page.evaluate(() => {
        const first = /** @type {Element} */ (document.querySelector('#first'));
        return getComputedStyle(first, '::highlight(countercheck-contradicted-light)').backgroundColor;
      });
    assert.equal(await eventually(ground, (colour) => colour === 'rgb(253, 236, 234)'), 'rgb(253, 236, 234)');
    assert.deepEqual(server.log.filter((path) => path !== '/favicon.ico'), ['/strict.html']);
    // The next page of the same tab is not read: it was not asked for.
    await page.goto(`${server.url}article.html`);
    await new Promise((done) => setTimeout(done, 500));
    assert.deepEqual(await marksOf(/** @type {any} */ (page)), {});
  });

  test('says so where the browser forbids it', async () => {
    const page = await browser.newPage();
    await page.goto('chrome://version/');
    const [extension] = (await browser.extensions()).values();
    // The page that is shown after installing comes to the front by itself.
    await eventually(async () => (await browser.pages()).some((other) => other.url().endsWith('welcome.html')), Boolean);
    await page.bringToFront();
    await extension.triggerAction(page);
    // The popup of the page before may not be gone yet: one of them has to say it.
    /** @type {Map<import('puppeteer-core').Target, Promise<import('puppeteer-core').Page>>} */
    const views = new Map();
    const said = async () => {
      const popups = browser.targets().filter((target) => target.url().endsWith('/popup.html'));
      for (const target of popups) if (!views.has(target)) views.set(target, target.asPage());
      const texts = popups.map(async (target) => (await views.get(target))?.evaluate(() => document.getElementById('status')?.textContent ?? ''));
      return (await Promise.allSettled(texts)).map((one) => (one.status === 'fulfilled' ? (one.value ?? '') : '')).join('\n');
    };
    assert.match(await eventually(said, (text) => /let/.test(text)), /does not let extensions read/);
  });
});
