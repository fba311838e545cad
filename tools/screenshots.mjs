// @ts-check
// Takes the README's picture: the demo page with the card of its first difference open.
// `node tools/screenshots.mjs FOLDER`, after `./build.sh www`; Chromium comes from CHROMIUM.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { serve } from './serve.mjs';

const folder = process.argv[2] ?? 'dist/screenshots';
mkdirSync(folder, { recursive: true });
const site = await serve('dist/www', 0);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, headless: true, chromiumSandbox: false });
try {
  for (const theme of /** @type {const} */ (['light', 'dark'])) {
    const page = await browser.newPage({ colorScheme: theme, viewport: { width: 1160, height: 720 }, reducedMotion: 'reduce' });
    await page.goto(site.url);
    await page.waitForFunction(() => CSS.highlights.size > 0, undefined, { timeout: 20_000 });
    await page.click('#next');
    await page.waitForTimeout(500); // The card has no state of its own to wait for: its root is closed.
    await page.screenshot({ path: join(folder, theme === 'light' ? 'screenshot.png' : 'screenshot-dark.png') });
    await page.close();
  }
} finally {
  await browser.close();
  site.close();
}
