// @ts-check
// Countercheck beside the libraries that find names or dates in a browser, on the same texts in one run:
// `./build.sh bench --peers`. Each engine runs in a process of its own, so that none warms up another.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SELF = fileURLToPath(import.meta.url);

/**
 * One way of finding mentions: `start` loads it and gives the function that reads one article and returns how many
 * mentions it found.
 * @typedef {object} Engine
 * @property {string} finds
 * @property {string} [bundle]  what a page would have to import, for its size
 * @property {() => Promise<(text: string) => number>} start
 */

/** @type {Record<string, Engine>} */
const ENGINES = {
  countercheck: {
    finds: 'names, dates, quantities',
    async start() {
      const { Core, initSync } = await import(join(ROOT, 'pkg/countercheck.js'));
      initSync({ module: readFileSync(join(ROOT, 'pkg/countercheck_bg.wasm')) });
      const core = new Core();
      return (text) => core.annotate({ published: '2023-06-19', blocks: text.split('\n') }).mentions.length;
    },
  },
  compromise: {
    finds: 'names',
    bundle: "export { default } from 'compromise/three'",
    async start() {
      const { default: nlp } = await import('compromise/three');
      return (text) => {
        const doc = nlp(text);
        return doc.people().length + doc.places().length + doc.organizations().length;
      };
    },
  },
  'compromise-dates': {
    finds: 'dates',
    bundle: "import nlp from 'compromise'; import dates from 'compromise-dates'; export default nlp.plugin(dates)",
    async start() {
      const [{ default: nlp }, { default: dates }] = await Promise.all([import('compromise'), import('compromise-dates')]);
      nlp.plugin(dates);
      return (text) => /** @type {any} */ (nlp(text)).dates({ today: '2023-06-19' }).get().length;
    },
  },
  'wink-nlp': {
    finds: 'dates, numbers',
    bundle: "import wink from 'wink-nlp'; import model from 'wink-eng-lite-web-model'; export default wink(model)",
    async start() {
      const [{ default: wink }, { default: model }] = await Promise.all([import('wink-nlp'), import('wink-eng-lite-web-model')]);
      const nlp = wink(model);
      return (text) => nlp.readDoc(text).entities().length();
    },
  },
  'chrono-node': {
    finds: 'dates',
    bundle: "export * from 'chrono-node'",
    async start() {
      const chrono = await import('chrono-node');
      const day = new Date('2023-06-19T12:00:00Z');
      return (text) => chrono.parse(text, day).length;
    },
  },
};

/** The project's own articles. @returns {string[]} */
function articles() {
  const corpora = readdirSync(join(ROOT, 'tests/corpora'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const folders = ['corpus', ...corpora.map((entry) => `tests/corpora/${entry.name}/corpus`).sort()];
  return folders.flatMap((folder) => readdirSync(join(ROOT, folder)).filter((name) => name.endsWith('.txt')).sort()
    .map((name) => readFileSync(join(ROOT, folder, name), 'utf8').split('\n').filter((line) => line.trim()).join('\n')));
}

/** Milliseconds of a piece of work. @param {() => unknown} work */
function spent(work) {
  const begun = performance.now();
  work();
  return performance.now() - begun;
}

/** What one engine does in this process. @param {string} name */
async function measure(name) {
  const texts = articles();
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  const begun = performance.now();
  const read = await ENGINES[name].start();
  read(texts[0]);
  const cold = performance.now() - begun;
  let found = 0;
  let best = Infinity;
  // Least of at least three rounds: other work on the machine only adds.
  for (let round = 0, total = 0; round < 3 || (total < 3000 && round < 40); round += 1) {
    found = 0;
    const took = spent(() => texts.forEach((text) => { found += read(text); }));
    best = Math.min(best, took);
    total += took;
  }
  return { cold, found, speed: bytes / 1000 / best };
}

/** Time per byte on texts of growing length, against the first. @returns {Promise<{size: number, speed: number}[]>} */
async function growth() {
  const read = await ENGINES.countercheck.start();
  const all = articles().join('\n');
  return [100_000, 1_000_000, 10_000_000].map((size) => {
    const text = all.repeat(Math.ceil(size / all.length)).slice(0, size);
    const rounds = size > 1_000_000 ? 1 : 3;
    const best = Math.min(...Array.from({ length: rounds }, () => spent(() => read(text))));
    return { size, speed: size / 1000 / best };
  });
}

/** The same in a page of Chromium: MB/s, and ms from fetching the core to the first article's mentions. */
async function inChromium() {
  const [{ chromium }, { serve }] = await Promise.all([import('playwright-core'), import('./serve.mjs')]);
  const server = await serve(join(ROOT, 'pkg'), 0);
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', chromiumSandbox: false,
    args: ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'] });
  try {
    const page = await browser.newPage();
    await page.goto(`${server.url}package.json`);
    return await page.evaluate(async (texts) => {
      const begun = performance.now();
      const { default: init, Core } = await import(String(new URL('/countercheck.js', location.href)));
      await init();
      const core = new Core();
      const read = (/** @type {string} */ text) => core.annotate({ published: '2023-06-19', blocks: text.split('\n') }).mentions.length;
      read(texts[0]);
      const cold = performance.now() - begun;
      const bytes = texts.reduce((sum, text) => sum + new TextEncoder().encode(text).length, 0);
      let best = Infinity;
      let found = 0;
      for (let round = 0; round < 10; round += 1) {
        found = 0;
        const start = performance.now();
        texts.forEach((text) => { found += read(text); });
        best = Math.min(best, performance.now() - start);
      }
      return { cold, found, speed: bytes / 1000 / best };
    }, articles());
  } finally {
    await browser.close();
    server.close();
  }
}

/** Bytes of what a page has to load, gzip -9. @param {string} name */
async function size(name) {
  const { bundle } = ENGINES[name];
  const gzip = (/** @type {Uint8Array} */ bytes) => gzipSync(bytes, { level: 9 }).length;
  if (!bundle) return gzip(readFileSync(join(ROOT, 'pkg/countercheck_bg.wasm'))) + gzip(readFileSync(join(ROOT, 'pkg/countercheck.js')));
  const { build } = await import('esbuild');
  const built = await build({ stdin: { contents: bundle, resolveDir: ROOT }, bundle: true, minify: true, write: false, format: 'esm', platform: 'browser', logLevel: 'error' });
  return gzip(built.outputFiles[0].contents);
}

/** @param {...string} columns */
const row = (...columns) => console.log(columns.map((text, i) => (i < 2 ? text.padEnd(i ? 26 : 28) : text.padStart(12))).join(''));

async function table() {
  const run = (/** @type {string} */ name) => JSON.parse(execFileSync(process.execPath, [SELF, name], { encoding: 'utf8' }));
  const own = run('countercheck');
  row('engine', 'finds', 'MB/s', 'we are ×', 'cold ms', 'found', 'gzip kB');
  for (const name of Object.keys(ENGINES)) {
    const result = name === 'countercheck' ? own : run(name);
    row(name === 'countercheck' ? 'countercheck, wasm in Node' : name, ENGINES[name].finds, result.speed.toFixed(2),
      name === 'countercheck' ? '' : (own.speed / result.speed).toFixed(1), result.cold.toFixed(0), String(result.found), ((await size(name)) / 1000).toFixed(0));
  }
  const chromium = await inChromium();
  row('countercheck, Chromium', ENGINES.countercheck.finds, chromium.speed.toFixed(2), '', chromium.cold.toFixed(0), String(chromium.found), '');
  const native = JSON.parse(execFileSync(join(ROOT, process.env.CARGO_TARGET_DIR ?? 'target', 'release/examples/bench'), ['mentions', ...articles()], { encoding: 'utf8' }));
  row('countercheck, native', ENGINES.countercheck.finds, native.speed.toFixed(2), '', native.cold.toFixed(0), String(native.found), '');
  console.log('\ncountercheck, wasm in Node, on one text of growing length:');
  for (const { size, speed } of JSON.parse(execFileSync(process.execPath, [SELF, 'growth'], { encoding: 'utf8' }))) {
    console.log(`  ${`${size / 1000} kB`.padEnd(14)}${speed.toFixed(2).padStart(8)} MB/s`);
  }
}

const asked = process.argv[2];
if (asked === 'growth') console.log(JSON.stringify(await growth()));
else if (asked) console.log(JSON.stringify(await measure(asked)));
else await table();
