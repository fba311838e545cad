// @ts-check
// Assembles the demo page into dist/www: `node www/build.mjs`, after `./build.sh wasm`.
import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle, CORE } from '../extension/build.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const out = join(root, 'dist/www');
await rm(out, { recursive: true, force: true });
for (const folder of ['core', 'samples', 'icons']) await mkdir(join(out, folder), { recursive: true });
for (const name of ['index.html', 'demo.css']) await cp(join(root, 'www', name), join(out, name));
for (const name of ['pages.css', 'marks.css', 'icons/32.png', 'icons/48.png']) await cp(join(root, 'extension', name), join(out, name));
await cp(join(CORE, 'countercheck_bg.wasm'), join(out, 'core/countercheck_bg.wasm'));

// The first sample is the one with planted differences; a static server lists no folders.
const samples = (await readdir(join(root, 'www/samples'))).filter((name) => name.endsWith('.json')).sort();
samples.sort((a, b) => Number(b === 'visit-edited.json') - Number(a === 'visit-edited.json'));
for (const name of samples) await cp(join(root, 'www/samples', name), join(out, 'samples', name));
await writeFile(join(out, 'samples/index.json'), `${JSON.stringify(samples)}\n`);
await bundle('www/demo.js', join(out, 'demo.js'), 'esm');
console.log('dist/www');
