// @ts-check
// Writes what ships and what it was built with as CycloneDX 1.6 (https://cyclonedx.org): `node tools/sbom.mjs FILE`.
// Crates that are linked in are required, dev crates and npm packages (bundler, drivers) excluded; no time, so that the
// same tree gives the same bytes.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const text = (/** @type {string} */ name) => readFileSync(root + name, 'utf8');

/** SHA-256 of each crate as the lock file has it, by `name version`. */
function checksums() {
  const packages = text('Cargo.lock').matchAll(/name = "(.+)"\nversion = "(.+)"\nsource = ".+"\nchecksum = "(.+)"/g);
  return new Map([...packages].map(([, name, version, sum]) => [`${name} ${version}`, sum]));
}

function crates() {
  const options = { cwd: root, encoding: /** @type {const} */ ('utf8'), maxBuffer: 1 << 28 };
  const metadata = JSON.parse(execFileSync('cargo', ['metadata', '--format-version', '1', '--locked'], options));
  const nodes = new Map(metadata.resolve.nodes.map((/** @type {any} */ node) => [node.id, node]));
  const ships = new Set([metadata.resolve.root]);
  for (const id of ships) {
    for (const { pkg, dep_kinds } of nodes.get(id).deps) {
      if (dep_kinds.some((/** @type {any} */ kind) => kind.kind === null)) ships.add(pkg);
    }
  }
  const sums = checksums();
  const others = metadata.packages.filter((/** @type {any} */ crate) => crate.id !== metadata.resolve.root);
  return others.map((/** @type {any} */ { id, name, version, license }) => ({
    type: 'library',
    'bom-ref': `cargo:${name}@${version}`,
    name,
    version,
    scope: ships.has(id) ? 'required' : 'excluded',
    hashes: [{ alg: 'SHA-256', content: sums.get(`${name} ${version}`) }],
    ...(license ? { licenses: [{ expression: license.replaceAll('/', ' OR ') }] } : {}),
    purl: `pkg:cargo/${name}@${version}`,
  }));
}

function tools() {
  const { packages } = JSON.parse(text('package-lock.json'));
  const installed = Object.entries(packages).filter(([path]) => path);
  const named = installed.map(([path, entry]) => ({ ...entry, name: path.split('node_modules/').at(-1) }));
  const once = new Map(named.map((entry) => [`${entry.name} ${entry.version}`, entry]));
  return [...once.values()].map(({ name, version, integrity, license }) => ({
    type: 'library',
    'bom-ref': `npm:${name}@${version}`,
    name,
    version,
    scope: 'excluded',
    ...(integrity ? { hashes: [{ alg: 'SHA-512', content: Buffer.from(integrity.replace('sha512-', ''), 'base64').toString('hex') }] } : {}),
    ...(license ? { licenses: [{ expression: license }] } : {}),
    purl: `pkg:npm/${name.replace('@', '%40')}@${version}`,
  }));
}

const { version } = JSON.parse(text('package.json'));
const bill = {
  bomFormat: 'CycloneDX',
  specVersion: '1.6',
  version: 1,
  metadata: { component: { type: 'application', 'bom-ref': 'countercheck', name: 'countercheck', version, licenses: [{ license: { id: 'MIT' } }] } },
  components: [...crates(), ...tools()].sort((a, b) => (a['bom-ref'] < b['bom-ref'] ? -1 : 1)),
};
const file = process.argv[2];
if (!file) throw new Error('name the file to write');
writeFileSync(file, `${JSON.stringify(bill, null, 2)}\n`);
const count = (/** @type {string} */ scope) => bill.components.filter((one) => one.scope === scope).length;
console.log(`${file}: ${count('required')} crates that ship, ${count('excluded')} packages that only build and test`);
