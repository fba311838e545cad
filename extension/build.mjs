// @ts-check
// Packages the extension: `node extension/build.mjs`, after `./build.sh wasm`.
// Writes dist/chromium and dist/firefox, unpacked, and a zip of each. The same input gives
// the same bytes: entries are sorted and carry one fixed time.
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { zipSync } from 'fflate';

const root = fileURLToPath(new URL('..', import.meta.url));
/** @param {string[]} parts */
const at = (...parts) => join(root, ...parts);
/** Where the core is; `./build.sh wasm` makes it. */
export const CORE = process.env.COUNTERCHECK_PKG ?? at('pkg');
if (!existsSync(join(CORE, 'countercheck_bg.wasm'))) {
  console.error(`build: there is no core in ${CORE}; ./build.sh wasm makes it`);
  process.exit(1);
}
/** The oldest browsers that the manifest names. */
const TARGET = ['chrome128', 'firefox140'];
const PAGES = ['popup', 'panel', 'options', 'welcome'];
const COPIED = [...PAGES.map((name) => `${name}.html`), 'popup.css', 'panel.css', 'options.css', 'pages.css', 'marks.css', '_locales', 'icons'];
/** MS-DOS time begins here; zip knows nothing earlier. */
const EPOCH = new Date(1980, 0, 1);

/**
 * Joins modules into one readable file.
 * @param {string} entry @param {string} outfile @param {'esm' | 'iife'} format
 */
export async function bundle(entry, outfile, format) {
  await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile,
    format,
    bundle: true,
    minify: false,
    charset: 'utf8',
    legalComments: 'inline',
    target: TARGET,
    tsconfigRaw: '{}', // a file of settings in a folder above must not change what is built
    alias: { 'countercheck-core': join(CORE, 'countercheck.js') },
    logLevel: 'warning',
  });
}

/** @param {'chromium' | 'firefox'} browser */
async function assemble(browser) {
  const out = at('dist', browser);
  await rm(out, { recursive: true, force: true });
  await mkdir(join(out, 'core'), { recursive: true });
  const { only, ...shared } = JSON.parse(await readFile(at('extension/manifest.json'), 'utf8'));
  await writeFile(join(out, 'manifest.json'), `${JSON.stringify({ ...shared, ...only[browser] }, null, 2)}\n`);
  for (const name of COPIED) {
    const shipped = (/** @type {string} */ file) => !/\.(?:svg|mjs)$/.test(file);
    await cp(at('extension', name), join(out, name), { recursive: true, filter: shipped });
  }
  for (const name of ['LICENSE', 'NOTICE']) await cp(at(name), join(out, name)); // NOTICE credits the data in the core
  await cp(join(CORE, 'countercheck_bg.wasm'), join(out, 'core/countercheck_bg.wasm'));
  await bundle('extension/content.js', join(out, 'content.js'), 'iife');
  for (const name of ['background', 'library-worker', ...PAGES]) await bundle(`extension/${name}.js`, join(out, `${name}.js`), 'esm');
  await pack(out, at('dist', `countercheck-${browser}.zip`));
}

/** @param {string} folder @param {string} file */
async function pack(folder, file) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
  /** @type {Record<string, Uint8Array>} */
  const contents = {};
  for (const name of names) contents[name] = await readFile(join(folder, name));
  await writeFile(file, zipSync(contents, { level: 9, mtime: EPOCH }));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await assemble('chromium');
  await assemble('firefox');
  console.log('dist/chromium, dist/firefox, dist/countercheck-{chromium,firefox}.zip');
}
