// @ts-check
// Fails if a crate that ships (no dev-dependency) comes under a licence that MIT cannot travel with.
import { execFileSync } from 'node:child_process';

const ALLOWED = new Set(['MIT', 'Apache-2.0', 'Apache-2.0 WITH LLVM-exception', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC',
  'Unicode-3.0', 'Unlicense', 'Zlib', 'CC0-1.0', '0BSD', 'BSL-1.0', 'MPL-2.0' /* by file; we change none of them */]);

/** Whether an SPDX expression can be met with ALLOWED. @param {string} expression */
function allowed(expression) {
  const flat = expression.replaceAll('/', ' OR ').replace(/[()]/g, '');
  // Brackets occur only around alternatives joined by AND, so AND binds last.
  return flat.split(' AND ').every((part) => part.split(' OR ').some((one) => ALLOWED.has(one.trim())));
}

const metadata = JSON.parse(execFileSync('cargo', ['metadata', '--format-version', '1', '--locked'],
  { encoding: 'utf8', maxBuffer: 1 << 28 }));
const nodes = new Map(metadata.resolve.nodes.map((/** @type {any} */ node) => [node.id, node]));
const ships = new Set([metadata.resolve.root]);
for (const id of ships) {
  for (const dependency of nodes.get(id).deps) {
    if (dependency.dep_kinds.some((/** @type {any} */ kind) => kind.kind !== 'dev')) ships.add(dependency.pkg);
  }
}
const bad = metadata.packages.filter((/** @type {any} */ crate) => ships.has(crate.id) && !allowed(crate.license ?? 'none'));
for (const crate of bad) console.log(`${crate.name} ${crate.version}: ${crate.license ?? 'no licence given'}`);
console.log(`${ships.size} crates looked at, ${bad.length} not allowed`);
process.exit(bad.length ? 1 : 0);
