// @ts-check
// Saved web pages as they come: `node tests/browser/pages.mjs [FOLDER]`, after `./build.sh extension`.
// Every page is served with its scripts forbidden and read by a click. Printed are the times from
// the click to the first marks and to the full report; it fails if a page is changed, if there is
// no report, or if the console has an error that was not there before the click.
import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { eventually, launchChromium, launchFirefox } from './harness.mjs';

const folder = process.argv[2] ?? fileURLToPath(new URL('../../../shared/pages', import.meta.url));
const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.html')).sort();
if (!names.length) {
  console.log(`pages: no saved pages in ${folder}; nothing to do`);
  process.exit(0);
}
const server = createServer(async (request, response) => {
  const name = (request.url ?? '').slice(1);
  const body = names.includes(name) ? await readFile(join(folder, name)) : null;
  const headers = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': "script-src 'none'; default-src 'self' 'unsafe-inline' data:" };
  if (body) response.writeHead(200, headers).end(body);
  else response.writeHead(404).end();
});
await new Promise((done) => server.listen(0, '127.0.0.1', () => done(undefined)));
const base = `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}/`;

/** @param {number[]} values @param {number} part */
const quantile = (values, part) => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))];
let failures = 0;

for (const launch of [launchChromium, launchFirefox]) {
  const browser = await launch();
  const own = await browser.extensionPage('popup.html?tab=-2');
  const times = { marks: /** @type {number[]} */ ([]), report: /** @type {number[]} */ ([]), pause: /** @type {number[]} */ ([]) };
  /** @type {Record<string, number>} */
  const statuses = {};
  const fail = (/** @type {string} */ name, /** @type {string} */ why) => {
    failures += 1;
    console.log(`  ${browser.name} ${name}: ${why}`);
  };
  for (const name of names) {
    const page = await browser.page();
    /** @type {string[]} */
    const errors = [];
    let clicked = false;
    // What a page fails to fetch for itself, also late, is its own affair: we fetch nothing.
    const theirs = /^Failed to load resource|^Loading the (?:image|font|media|stylesheet)/;
    const heard = (/** @type {any} */ message) => clicked && message.type() === 'error' && !theirs.test(message.text()) && errors.push(message.text());
    /** @type {any} */ (page).on('console', heard);
    /** @type {any} */ (page).on('pageerror', (/** @type {Error} */ error) => clicked && errors.push(String(error)));
    await page.goto(base + name, { waitUntil: 'domcontentloaded', timeout: 30_000 }).catch(() => {});
    await new Promise((done) => setTimeout(done, 100));
    const before = await page.evaluate(() => {
      const seen = /** @type {any} */ (window);
      // Where nothing else is at work, the longest time between two beats is that of our longest task.
      seen.longest = 0;
      const channel = new MessageChannel();
      let last = performance.now();
      channel.port1.onmessage = () => {
        const now = performance.now();
        seen.longest = Math.max(seen.longest, now - last);
        last = now;
        setTimeout(() => channel.port2.postMessage(0), 2);
      };
      setTimeout(() => (seen.longest = 0), 50);
      channel.port2.postMessage(0);
      return document.documentElement.outerHTML;
    });
    await new Promise((done) => setTimeout(done, 80));
    clicked = true;
    const result = await own.evaluate(async (/** @type {string} */ url) => {
      const api = /** @type {any} */ (globalThis).browser ?? chrome;
      const tab = (await api.tabs.query({})).find((/** @type {any} */ t) => t.url === url);
      const painted = () => api.scripting.executeScript({ target: { tabId: tab.id }, func: () => [...CSS.highlights.keys()].some((key) => key.startsWith('countercheck-')) });
      const begun = performance.now();
      await api.scripting.executeScript({ target: { tabId: tab.id }, files: ['content.js'] });
      let [marks, state] = [0, /** @type {any} */ (null)];
      while (performance.now() - begun < 30_000) {
        if (!marks && (await painted())[0].result) marks = performance.now() - begun;
        state = await api.tabs.sendMessage(tab.id, { do: 'state' }).catch(() => null);
        if (state && state.status !== 'reading') break;
      }
      return { marks: marks || performance.now() - begun, report: performance.now() - begun, status: state?.status ?? 'none' };
    }, base + name);
    statuses[result.status] = (statuses[result.status] ?? 0) + 1;
    if (!['not-english', 'no-article', 'frame', 'empty'].includes(result.status)) {
      if (result.status !== 'ok' && result.status !== 'not-covered') fail(name, `status ${result.status}`);
      times.marks.push(result.marks);
      times.report.push(result.report);
      times.pause.push(await page.evaluate(() => /** @type {any} */ (window).longest));
    }
    const after = await eventually(() => page.evaluate(() => document.documentElement.outerHTML), (text) => text === before, 300);
    if (after !== before) fail(name, 'the page was changed');
    if (errors.length) fail(name, `console: ${errors[0]}`);
    await page.close();
  }
  const line = (/** @type {number[]} */ values) => [0.5, 0.9, 1].map((part) => `${Math.round(quantile(values, part))} ms`).join(' / ');
  console.log(`${browser.name}: ${names.length} pages (${Object.entries(statuses).map(([status, count]) => `${status} ${count}`).join(', ')}); median / p90 / max`);
  console.log(`  click to first marks  ${line(times.marks)}`);
  console.log(`  click to full report  ${line(times.report)}`);
  console.log(`  longest pause of page ${line(times.pause)}`);
  await browser.close();
}
server.close();
console.log(failures ? `${failures} failures` : 'no page was changed, no error on any console');
process.exit(failures ? 1 : 0);
