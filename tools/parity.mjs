// @ts-check
// Compares what the command line and the wasm core make of the same pages, byte by byte: `./build.sh parity`.
//
// Both build a set of the pages, which holds every claim with its sentence, and both list the mentions. The pages are
// the paragraphs of saved web pages (../shared/pages, where it lies beside the project), taken crudely, for any text will
// do, and a megabyte of random Unicode.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

// Made by the build, so its types are not there when the scripts are checked.
const glue = '../pkg/countercheck.js';
const { Core, initSync } = await import(glue);
const [cli, folder = '../shared/pages'] = process.argv.slice(2);
const work = 'dist/parity';

/** The text of a page's paragraphs and headings. @param {string} html */
function paragraphs(html) {
  return [...html.matchAll(/<(p|h[1-6]|li|figcaption)\b[^>]*>(.*?)<\/\1>/gis)]
    .map(([, , inside]) => inside.replace(/<[^>]*>/g, ' ').replace(/&#?\w+;/g, ' ').replaceAll('\0', ' ').trim()).filter(Boolean);
}

/** Random text over the whole of Unicode, half of it letters and marks of news. @param {number} size bytes */
function noise(size) {
  const near = [..."The Xi Blinken of 2023 said on “Sunday” that n't ’s 4-2 $35 million, and — no! e\u0301\u200b\u00ad\u202e"];
  let state = 88172645463325252n;
  const next = (/** @type {number} */ n) => {
    state ^= (state << 13n) & 0xffffffffffffffffn;
    state ^= state >> 7n;
    state ^= (state << 17n) & 0xffffffffffffffffn;
    return Number((state >> 11n) % BigInt(n));
  };
  const far = () => {
    const point = 1 + next(0x10fffe);
    return point >= 0xd800 && point < 0xe000 ? ' ' : String.fromCodePoint(point);
  };
  const blocks = [];
  for (let bytes = 0; bytes < size;) {
    const block = Array.from({ length: 400 }, () => (next(4) ? near[next(near.length)] : far())).join('');
    blocks.push(block);
    bytes += Buffer.byteLength(block);
  }
  return blocks;
}

const published = '2023-06-19';
const pages = [{ id: 'noise', published, blocks: noise(1_000_000) }];
if (existsSync(folder)) {
  for (const name of readdirSync(folder).filter((n) => n.endsWith('.html')).sort()) {
    pages.push({ id: name, published, blocks: paragraphs(readFileSync(join(folder, name), 'utf8')) });
  }
} else {
  console.log(`${folder} is not there: only random text is compared`);
}

rmSync(work, { recursive: true, force: true });
mkdirSync(`${work}/corpus`, { recursive: true });
const lines = pages.map(({ id, blocks }) => JSON.stringify({ id, published, paragraphs: blocks }));
writeFileSync(`${work}/corpus/pages.jsonl`, `${lines.join('\n')}\n`);
execFileSync(cli, ['build', '--corpus', `${work}/corpus`, '-o', `${work}/native.ccset`], { stdio: 'ignore' });
const native = readFileSync(`${work}/native.ccset`);

initSync({ module: readFileSync('pkg/countercheck_bg.wasm') });
const core = new Core();
const wasm = Buffer.from(core.build(pages));
writeFileSync(`${work}/wasm.ccset`, wasm);

const said = execFileSync(cli, ['annotate', '--format', 'jsonl', `${work}/corpus/pages.jsonl`], { maxBuffer: 1 << 30 })
  .toString().trimEnd().split('\n').map((line) => JSON.parse(line));
/** @param {any[]} rows */
const mentions = (rows) => JSON.stringify(rows.map((m) => [m.kind, m.text, m.value ?? m.name ?? null]));
const differ = pages.filter((page, i) => mentions(said[i].entities) !== mentions(core.annotate(page).mentions));
differ.forEach((page) => console.log(`${page.id}: the mentions differ`));

const size = pages.flatMap((p) => p.blocks).reduce((sum, block) => sum + Buffer.byteLength(block), 0);
const equal = native.equals(wasm);
console.log(`${pages.length} pages, ${size} bytes: sets of ${native.length} and ${wasm.length} bytes ${equal ? 'are equal' : 'DIFFER'}, `
  + `mentions of ${pages.length - differ.length} pages are equal`);
process.exitCode = equal && !differ.length ? 0 : 1;
