// @ts-check
// Prints what the reader downloads: the wasm and its glue, raw and compressed, then the packages.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const kb = (/** @type {number} */ bytes) => `${(bytes / 1000).toFixed(1)} kB`.padStart(12);

console.log(`${'file'.padEnd(36)}${['raw', 'gzip -9', 'brotli -11'].map((head) => head.padStart(12)).join('')}`);
for (const name of ['countercheck_bg.wasm', 'countercheck.js']) {
  const bytes = readFileSync(join('pkg', name));
  const brotli = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } });
  console.log(`${`pkg/${name}`.padEnd(36)}${kb(bytes.length)}${kb(gzipSync(bytes, { level: 9 }).length)}${kb(brotli.length)}`);
}
for (const name of readdirSync('dist').filter((name) => /\.(zip|xpi)$/.test(name)).sort()) {
  console.log(`${`dist/${name}`.padEnd(36)}${kb(readFileSync(join('dist', name)).length)}`);
}

// What the wasm is made of, by section: code, data (tables, reference set), and the rest.
const wasm = readFileSync('pkg/countercheck_bg.wasm');
const SECTIONS = ['custom', 'type', 'import', 'function', 'table', 'memory', 'global', 'export', 'start', 'element', 'code',
  'data', 'data count', 'tag'];

/** Reads an unsigned LEB128 at `at`. @param {number} at @returns {[number, number]} the value and the offset after it */
function leb(at) {
  let value = 0;
  let shift = 0;
  for (;;) {
    const byte = wasm[at++];
    value += (byte & 0x7f) * 2 ** shift;
    shift += 7;
    if (byte < 0x80) return [value, at];
  }
}

/** @type {Map<string, number>} */
const sections = new Map();
for (let at = 8; at < wasm.length;) {
  const name = SECTIONS[wasm[at]] ?? `section ${wasm[at]}`;
  const [length, body] = leb(at + 1);
  sections.set(name, (sections.get(name) ?? 0) + length);
  at = body + length;
}
console.log('\nof the wasm:');
for (const [name, bytes] of [...sections].sort((a, b) => b[1] - a[1]).slice(0, 5)) console.log(`  ${name.padEnd(34)}${kb(bytes)}`);

// The biggest files under data/ end up in the wasm as they are.
if (existsSync('data')) {
  const files = readdirSync('data', { recursive: true, withFileTypes: true }).filter((file) => file.isFile())
    .map((file) => ({ name: join(file.parentPath ?? file.path, file.name), bytes: readFileSync(join(file.parentPath ?? file.path, file.name)).length }))
    .sort((a, b) => b.bytes - a.bytes);
  console.log('\nbiggest files under data/:');
  for (const file of files.slice(0, 8)) console.log(`  ${file.name.padEnd(34)}${kb(file.bytes)}`);
}
