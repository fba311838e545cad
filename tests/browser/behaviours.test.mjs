// @ts-check
// The table of behaviours in tests/README.md: each has a test of that name, in both browsers.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';

const folder = new URL('.', import.meta.url);

test('every behaviour of the table has its tests', async () => {
  const readme = await readFile(new URL('../README.md', folder), 'utf8');
  const rows = [...readme.matchAll(/^\| (\d+) \| ([^|]+) \| `([\w.]+)` \| (.+?) \|$/gm)];
  assert.deepEqual([...new Set(rows.map(([, number]) => Number(number)))], Array.from({ length: 25 }, (_, i) => i + 1));
  for (const [, number, , file, names] of rows) {
    const code = await readFile(new URL(file, folder), 'utf8');
    const both = /inBothBrowsers\(|of \[launchChromium, launchFirefox\]|of BROWSERS/.test(code);
    assert.ok(both, `${number}: ${file} runs in one browser only`);
    const known = (/** @type {string} */ name) => code.includes(`test('${name}'`) || code.includes(`test(\`\${browser}: ${name}\``);
    assert.ok(known(names) || names.split('; ').every(known), `${number}: no test “${names}” in ${file}`);
  }
});
