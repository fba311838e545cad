// @ts-check
// Pictures to look at: `node tests/browser/screenshots.mjs FOLDER`, after `./build.sh www`.
// The extension in both browsers, light and dark, with a card open; the popup; the demo page.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DIST, eventually, launchChromium, launchFirefox, marksOf, openPopup, placeOf, serveLogged, servePages, tell } from './harness.mjs';

const folder = process.argv[2] ?? join(DIST, 'screenshots');
await mkdir(folder, { recursive: true });
const server = await servePages();
const demo = await serveLogged(join(DIST, 'www'));
const quiet = (/** @type {number} */ time) => new Promise((done) => setTimeout(done, time));

/** @param {import('./harness.mjs').Browser} browser @param {string} path @param {string} name */
async function article(browser, path, name) {
  const page = await browser.page();
  await page.goto(server.url + path);
  const { page: popup, tab } = await openPopup(browser, server.url + path);
  await eventually(() => marksOf(page), (marks) => Object.keys(marks).length > 0);
  await quiet(300);
  await popup.bringToFront();
  await popup.screenshot({ path: join(folder, `${name}-popup.png`), clip: { x: 0, y: 0, width: 400, height: 640 } });
  await page.bringToFront();
  await tell(popup, tab, { do: 'step', by: 1 });
  await quiet(400);
  await page.screenshot({ path: join(folder, `${name}-card.png`) });
  const date = await placeOf(page, 'Sunday');
  await page.mouse.click(date.x, date.y);
  await quiet(400);
  await page.screenshot({ path: join(folder, `${name}-date.png`) });
  await popup.close();
  await page.close();
}

/** @param {import('./harness.mjs').Browser} browser @param {string} name @param {string} [sample] */
async function demonstration(browser, name, sample = '') {
  const page = await browser.page();
  await page.goto(`${demo.url}${sample}`);
  await eventually(() => marksOf(page), (marks) => Object.keys(marks).length > 0);
  await quiet(300);
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
  await page.evaluate(() => document.getElementById('next')?.click());
  await quiet(400);
  await page.screenshot({ path: join(folder, `${name}-card.png`) });
  await page.close();
}

for (const launch of [launchChromium, launchFirefox]) {
  for (const dark of [false, true]) {
    const browser = await launch({ dark, width: 1180, height: 760 });
    const name = `${browser.name.toLowerCase()}-${dark ? 'dark' : 'light'}`;
    await article(browser, dark ? 'dark.html' : 'article.html', name);
    await demonstration(browser, `${name}-demo-wide`);
    await browser.close();
  }
}
const narrow = await launchChromium({ width: 320, height: 700 });
await demonstration(narrow, 'chromium-light-demo-narrow');
await article(narrow, 'article.html', 'chromium-narrow');
await narrow.close();
server.close();
demo.close();
