// @ts-check
// The package exactly as it ships, started by a click on its button in the toolbar: what the
// click alone grants is enough. (Only Chromium's protocol has such a click.)
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import puppeteer from 'puppeteer-core';
import { CHROMIUM, DIST, eventually, marksOf, servePages } from './harness.mjs';

describe('a click on the toolbar button', { timeout: 120_000 }, () => {
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
    const marks = await eventually(() => marksOf(/** @type {any} */ (page)), (now) => Object.keys(now).length > 0);
    assert.deepEqual(marks['contradicted-light'], ['Foreign Minister']);
    const ground = await page.evaluate(() => {
      const first = /** @type {Element} */ (document.querySelector('#first'));
      return getComputedStyle(first, '::highlight(countercheck-contradicted-light)').backgroundColor;
    });
    assert.equal(ground, 'rgb(253, 236, 234)');
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
    const popup = await eventually(async () => browser.targets().find((t) => t.url().endsWith('/popup.html')), Boolean);
    const view = await popup?.asPage();
    const status = await eventually(async () => view?.evaluate(() => document.getElementById('status')?.textContent ?? ''), (text) => /let/.test(text ?? ''));
    assert.match(status ?? '', /does not let extensions read/);
  });
});
