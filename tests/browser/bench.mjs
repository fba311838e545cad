// @ts-check
// The core where it works, in the background of both browsers: `node tests/browser/bench.mjs`, by `./build.sh bench`.
// Prints the stages on texts of four sizes, what a message adds, the start of a background that was ended, and memory.
import { readFile, readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { eventually, keptFor, launchChromium, launchFirefox, servePages } from './harness.mjs';

const corpus = fileURLToPath(new URL('../../corpus/', import.meta.url));
const names = (await readdir(corpus)).filter((name) => name.endsWith('.txt')).sort();
const texts = await Promise.all(names.map((name) => readFile(corpus + name, 'utf8')));
const paragraphs = texts.flatMap((text) => text.split('\n').slice(2).filter((line) => line.trim()));
/** @typedef {import('./harness.mjs').Page} Page */

/** Blocks of about so many bytes: the corpus, over and over. @param {number} bytes */
function blocksOf(bytes) {
  const blocks = [];
  for (let size = 0; size < bytes; size += blocks[blocks.length - 1].length) blocks.push(paragraphs[blocks.length % paragraphs.length]);
  return blocks;
}

/** Checks so many times; the whole time and what the core says of it, of the fastest, in ms. @param {Page} own @param {string[]} blocks @param {number} runs */
const check = (own, blocks, runs) =>
  own.evaluate(async (/** @type {[string[], number]} */ [given, count]) => {
    const api = /** @type {any} */ (globalThis).browser ?? chrome;
    let best = { whole: Infinity, timings: {} };
    for (let run = 0; run < count; run += 1) {
      const begun = performance.now();
      const page = { title: 'Bench', published: '2023-06-19', blocks: given };
      const { report, error } = await api.runtime.sendMessage({ do: 'check', page }).catch((/** @type {Error} */ e) => ({ error: e.message }));
      if (!report) return { whole: NaN, timings: {}, error };
      const whole = performance.now() - begun;
      if (whole < best.whole) best = { whole, timings: report.timings };
    }
    return best;
  }, [blocks, runs]);

/** Memory of the processes that were started with a profile, by kind, in MB: what is theirs alone and half of what is shared by two. @param {string} profile */
async function memory(profile) {
  const sums = { all: 0, extension: 0 };
  for (const id of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const line = (await readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '')).replaceAll('\0', ' ');
    if (!line.includes(profile)) continue;
    const size = Number(/^Pss:\s+(\d+)/m.exec(await readFile(`/proc/${id}/smaps_rollup`, 'utf8').catch(() => ''))?.[1] ?? 0) / 1024;
    sums.all += size;
    if (/--extension-process| extension ?$/.test(line)) sums.extension += size;
  }
  return sums;
}

const ms = (/** @type {number} */ value) => value.toFixed(1).padStart(8);
for (const [kind, launch] of /** @type {const} */ ([['chromium', launchChromium], ['firefox', launchFirefox]])) {
  const kept = await keptFor(kind);
  const browser = await launch({ kept });
  let own = await browser.extensionPage('popup.html?tab=-2');
  await new Promise((done) => setTimeout(done, 1000));
  const before = await memory(kept.profile);
  const one = [paragraphs[3]];
  const first = await check(own, one, 1);
  console.log(`${browser.name}, in the background; ms, the fastest of several`);
  console.log(`  first check, core not loaded    ${ms(first.whole)}`);
  for (const [label, size, runs] of /** @type {const} */ ([['6 kB', 6_000, 30], ['50 kB', 50_000, 10], ['500 kB', 500_000, 3], ['5 MB', 5_000_000, 1]])) {
    const failed = (/** @type {Error} */ e) => ({ whole: NaN, timings: {}, error: e.message });
    const { whole, timings, error } = await check(own, blocksOf(size), runs).catch(failed);
    if (error) {
      console.log(`  ${label.padEnd(8)} ${error}`);
      own = await browser.extensionPage('popup.html?tab=-2');
      continue;
    }
    const stages = Object.entries(timings).filter(([, value]) => typeof value === 'number');
    console.log(`  ${label.padEnd(8)} whole ${ms(whole)}   ${stages.map(([stage, value]) => `${stage} ${value.toFixed(1)}`).join('  ')}`);
  }
  const after = await memory(kept.profile);
  const warm = await check(own, one, 10);
  console.log(`  a message and back, warm        ${ms(warm.whole)}`);
  console.log(`  memory of the extension’s process: ${before.extension.toFixed(0)} MB before the core, ${after.extension.toFixed(0)} MB after 5 MB of text`);
  await tabs(browser, kept.profile);
  await browser.close();
  await ended(launch);
}
process.exit(0);

/** How long the first check takes after the background was ended. @param {typeof launchChromium} launch */
async function ended(launch) {
  // Firefox ends its background by itself only.
  const browser = await launch({ prefs: { 'extensions.background.idle.timeout': 2000 } });
  const own = await browser.extensionPage('popup.html?tab=-2');
  const took = [];
  for (let round = 0; round < 5; round += 1) {
    await check(own, [paragraphs[3]], 1);
    if (browser.name === 'Chromium') await browser.endBackground();
    else await new Promise((done) => setTimeout(done, 3500));
    took.push((await check(own, [paragraphs[3]], 1)).whole);
  }
  took.sort((a, b) => a - b);
  console.log(`  after the background was ended  ${ms(took[2])} (median of 5; ${ms(took[0]).trim()} to ${ms(took[4]).trim()})`);
  await browser.close();
}

/** What reading adds to a tab: ten tabs with an article, before and after. @param {import('./harness.mjs').Browser} browser @param {string} profile */
async function tabs(browser, profile) {
  const server = await servePages();
  const own = await browser.extensionPage('popup.html?tab=-2');
  for (let tab = 0; tab < 10; tab += 1) await (await browser.page()).goto(`${server.url}long.html?${tab}`);
  await new Promise((done) => setTimeout(done, 2000));
  const before = await memory(profile);
  const read = () =>
    own.evaluate(async (/** @type {string} */ url) => {
      const api = /** @type {any} */ (globalThis).browser ?? chrome;
      const all = (await api.tabs.query({})).filter((/** @type {any} */ tab) => tab.url?.startsWith(url));
      for (const { id } of all) await api.scripting.executeScript({ target: { tabId: id }, files: ['content.js'] });
      const states = await Promise.all(all.map((/** @type {any} */ tab) => api.tabs.sendMessage(tab.id, { do: 'state' }).catch(() => null)));
      return states.filter((state) => state?.status === 'ok').length;
    }, `${server.url}long.html`);
  await eventually(read, (count) => count === 10, 20_000);
  await new Promise((done) => setTimeout(done, 2000));
  const after = await memory(profile);
  const added = after.all - before.all - (after.extension - before.extension);
  console.log(`  memory that reading adds to a tab: ${(added / 10).toFixed(1)} MB (ten tabs, all processes but the extension’s)`);
  server.close();
}
