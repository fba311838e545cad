// @ts-check
// Pictures to look at: `node tests/browser/screenshots.mjs FOLDER [NAME…]`, after `./build.sh www`.
// Marks, cards, panel, popup, options, welcome and the demo page: light, dark, forced colours,
// 200 % zoom, narrow. With names, only the looks whose name contains one of them.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DIST, eventually, launchChromium, launchFirefox, marksOf, openPopup, placeOf, serveLogged, servePages, tell } from './harness.mjs';

const [folder = join(DIST, 'screenshots'), ...names] = process.argv.slice(2);
await mkdir(folder, { recursive: true });
const server = await servePages();
const demo = await serveLogged(join(DIST, 'www'));
const quiet = (/** @type {number} */ time) => new Promise((done) => setTimeout(done, time));

/** Looks: a launcher, its options, the page with the article, and what Chromium's driver emulates. */
const LOOKS = /** @type {const} */ ([
  ['chromium-light', launchChromium, { width: 1180, height: 760 }, 'long.html', {}],
  ['chromium-dark', launchChromium, { dark: true, width: 1180, height: 760 }, 'long-dark.html', {}],
  ['chromium-forced', launchChromium, { width: 1180, height: 760 }, 'long.html', { forcedColors: 'active' }],
  ['chromium-zoomed', launchChromium, { width: 590, height: 380, scale: 2 }, 'long.html', {}],
  ['chromium-narrow', launchChromium, { width: 320, height: 700 }, 'long.html', {}],
  ['chromium-german', launchChromium, { width: 1180, height: 760, language: 'de' }, 'long.html', {}],
  ['firefox-light', launchFirefox, { width: 1180, height: 760 }, 'long.html', {}],
  ['firefox-dark', launchFirefox, { dark: true, width: 1180, height: 760 }, 'long-dark.html', {}],
]);

for (const [name, launch, look, path, media] of LOOKS) {
  if (names.length && !names.some((wanted) => name.includes(wanted))) continue;
  const browser = await launch(/** @type {any} */ (look));
  const emulate = (/** @type {any} */ page) => (Object.keys(media).length ? page.emulateMedia(media) : undefined);
  const picture = async (/** @type {any} */ page, /** @type {string} */ what, fullPage = false) => {
    await quiet(300);
    await writeFile(join(folder, `${name}-${what}.png`), await page.screenshot({ fullPage }));
  };
  const page = await browser.page();
  await emulate(page);
  await page.goto(server.url + path);
  const { page: popup, tab } = await openPopup(browser, server.url + path);
  await emulate(popup);
  await eventually(() => marksOf(page), (marks) => Object.keys(marks).length > 0);
  await popup.bringToFront();
  await picture(popup, 'popup');
  await page.bringToFront();
  await picture(page, 'marks');
  await tell(popup, tab, { do: 'step', by: 1 });
  await picture(page, 'card');
  for (const [phrase, what] of [['Monday', 'date'], ['Wang Yi', 'person'], ['veer into', 'quote']]) {
    await page.keyboard.press('Escape');
    await page.evaluate((/** @type {string} */ wanted) => {
      const p = [...document.querySelectorAll('p')].find((e) => e.textContent?.includes(wanted));
      p?.scrollIntoView({ block: 'center' });
    }, phrase);
    const place = await placeOf(page, phrase);
    if (!place) continue;
    await page.mouse.click(place.x, place.y);
    await picture(page, what);
  }
  for (const [file, what] of [['panel.html', 'panel'], ['options.html', 'options'], ['welcome.html', 'welcome']]) {
    const own = await browser.extensionPage(`${file}?tab=${tab}`);
    await emulate(own);
    if (what === 'panel' && /** @type {any} */ (own).setViewportSize && name !== 'chromium-zoomed') await /** @type {any} */ (own).setViewportSize({ width: name.includes('narrow') ? 300 : 400, height: 760 });
    await eventually(() => own.evaluate(() => document.querySelectorAll('.counts li, #sets li, .legend li').length), (count) => count > 0);
    if (what === 'panel') {
      await own.evaluate(() => /** @type {HTMLElement} */ (document.querySelector('.chip')).click());
      await own.evaluate(() => document.getElementById('keep')?.click());
      await quiet(300);
    }
    await picture(own, what, true);
    await own.close();
  }
  const shown = await browser.page();
  await emulate(shown);
  await shown.goto(demo.url);
  await eventually(() => marksOf(shown), (marks) => Object.keys(marks).length > 0);
  await picture(shown, 'demo', true);
  await shown.evaluate(() => document.getElementById('next')?.click());
  await picture(shown, 'demo-card');
  await browser.close();
}
server.close();
demo.close();
