// @ts-check
// Times the wasm core in Node, as the extension's background uses it: `./build.sh bench`.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

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

/**
 * Median of some runs, in ms: of what `work` says that it took, or else of the time until it is done.
 * @param {number} runs @param {() => number | void} work
 */
function time(runs, work) {
  const took = Array.from({ length: runs }, () => {
    const begun = performance.now();
    return work() ?? performance.now() - begun;
  }).sort((a, b) => a - b);
  return took[runs >> 1];
}

const bytes = readFileSync('pkg/countercheck_bg.wasm');

/** Ms to read all models and tables that a page needs: its first reading less the second. */
function load() {
  initSync({ module: bytes });
  const core = new Core();
  const page = { published: '2023-06-19', blocks: ['Transport Minister Anna Lind said on Friday that 20 people were hurt in Lund.'] };
  const [once, again] = [1, 2].map(() => time(1, () => void core.annotate(page)));
  return once - again;
}

if (process.argv[2] === 'load') {
  console.log(load());
  process.exit();
}

/** The same in new processes that compile the whole module before they run it, so that the compiler's time is not in it. */
function loads() {
  const flags = ['--no-wasm-lazy-compilation', '--no-wasm-dynamic-tiering', '--liftoff-only'];
  return time(5, () => Number(execFileSync(process.execPath, [...flags, fileURLToPath(import.meta.url), 'load'], { encoding: 'utf8' })));
}

console.log(`wasm in Node ${process.versions.node}, ms (medians)`);
console.log(`  ${'compile and start'.padEnd(24)}${time(1, () => void initSync({ module: bytes })).toFixed(1).padStart(10)}`);
const core = new Core();

/**
 * Where the time of one check goes, by the core's own clock: finding the mentions, the trees, the claims, the
 * comparison; and what is left, putting the page in and the report out.
 * @param {ReturnType<typeof article>} page @param {number} runs
 */
function stages(page, runs) {
  const of = (/** @type {'mentions' | 'syntax' | 'claims' | 'compare'} */ stage) => time(runs, () => core.check(page).timings[stage]);
  const [mentions, syntax, claims, verdicts] = [of('mentions'), of('syntax'), of('claims'), of('compare')];
  const whole = time(runs, () => void core.check(page));
  return { mentions, syntax, claims, verdicts, edges: whole - mentions - syntax - claims - verdicts, whole };
}

/** Until the engine has compiled for speed what runs often: a browser's background gets there after some pages. */
function warm(/** @type {ReturnType<typeof article>} */ page) {
  const end = performance.now() + 2_000;
  while (performance.now() < end) core.check(page);
}

const sizes = /** @type {const} */ ([['6 kB', 6_000, 40], ['50 kB', 50_000, 10], ['500 kB', 500_000, 3], ['5 MB', 5_000_000, 1]]);
const first = article(6_000);
console.log(`  ${'load of the models'.padEnd(24)}${loads().toFixed(1).padStart(10)}`);
console.log(`  ${'first annotate, 6 kB'.padEnd(24)}${time(1, () => void core.annotate(first)).toFixed(1).padStart(10)}`);
console.log(`  ${'first check, 6 kB'.padEnd(24)}${time(1, () => void core.check(first)).toFixed(1).padStart(10)}`);
const cold = stages(first, 5);
console.log(`  ${'next checks, 6 kB'.padEnd(24)}${cold.whole.toFixed(1).padStart(10)}`);
warm(first);
console.log(`\n  warm, medians\n  ${'text'.padEnd(10)}${['mentions', 'trees', 'claims', 'verdicts', 'in and out', 'whole', 'mentions MB/s', '(claims + verdicts) / trees'].map((h) => h.padStart(Math.max(14, h.length + 2))).join('')}`);
for (const [label, size, runs] of sizes) {
  const page = article(size);
  const took = stages(page, runs);
  const speed = (/** @type {number} */ ms) => (size / 1000 / ms).toFixed(2);
  const cells = [took.mentions, took.syntax, took.claims, took.verdicts, took.edges, took.whole].map((ms) => ms.toFixed(1));
  const share = ((took.claims + took.verdicts) / took.syntax).toFixed(2);
  console.log(`  ${label.padEnd(10)}${[...cells, speed(took.mentions)].map((c) => c.padStart(14)).join('')}${share.padStart(29)}`);
}
