// @ts-check
// Times the wasm core in Node, as the extension's background uses it: `./build.sh bench`.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

// Made by the build, so its types are not there when the scripts are checked.
const glue = '../pkg/countercheck.js';
const { Core, initSync } = await import(glue);

const paragraphs = readdirSync('corpus').filter((name) => name.endsWith('.txt')).sort()
  .flatMap((name) => readFileSync(join('corpus', name), 'utf8').split('\n').slice(2).filter((line) => line.trim()));

/** An article of about this many bytes: the corpus, over and over. @param {number} bytes */
function article(bytes) {
  const blocks = [];
  for (let size = 0; size < bytes; size += Buffer.byteLength(blocks[blocks.length - 1]) + 1) {
    blocks.push(paragraphs[blocks.length % paragraphs.length]);
  }
  return { title: 'Bench', published: '2023-06-19', blocks };
}

/** Median and worst of some runs, in ms. @param {number} runs @param {() => void} work */
function time(runs, work) {
  const took = Array.from({ length: runs }, () => {
    const begun = performance.now();
    work();
    return performance.now() - begun;
  }).sort((a, b) => a - b);
  return { median: took[runs >> 1], worst: took[runs - 1] };
}

/** @param {string} what @param {{median: number, worst: number}} took */
const row = (what, took) => console.log(`  ${what.padEnd(28)}${took.median.toFixed(2).padStart(10)}${took.worst.toFixed(2).padStart(10)}`);

const bytes = readFileSync('pkg/countercheck_bg.wasm');
console.log(`wasm in Node ${process.versions.node}, ms${'median'.padStart(20)}${'worst'.padStart(10)}`);
row('compile and start', time(1, () => initSync({ module: bytes })));
const core = new Core();
for (const [label, size, runs] of /** @type {const} */ ([['6 kB', 6_000, 50], ['500 kB', 500_000, 5]])) {
  const page = article(size);
  row(`annotate ${label}, cold`, time(1, () => core.annotate(page)));
  row(`annotate ${label}`, time(runs, () => core.annotate(page)));
  row(`check ${label}`, time(runs, () => core.check(page)));
}
