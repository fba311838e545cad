// @ts-check
// What a check costs the native core in instructions, which do not move with the machine's mood: `node tools/counts.mjs
// COUNTERCHECK [OLDER]`. With an older program, its counts and times in the same run beside them. Needs valgrind for counts.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const programs = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'countercheck-counts-'));
const lines = readdirSync('corpus').filter((name) => name.endsWith('.txt')).sort()
  .flatMap((name) => readFileSync(join('corpus', name), 'utf8').split('\n').slice(2).filter((line) => line.trim()));

/** A file with an article of about so many bytes: the corpus, over and over. @param {number} bytes */
function article(bytes) {
  const file = join(folder, `${bytes}.txt`);
  let text = 'Bench\n\nJune 19, 2023\n';
  for (let at = 0; text.length < bytes; at += 1) text += `\n${lines[at % lines.length]}\n`;
  writeFileSync(file, text);
  return file;
}

/** Instructions of one run. @param {string} program @param {string[]} args */
function instructions(program, args) {
  const out = join(folder, 'callgrind');
  const { status } = spawnSync('valgrind', ['--tool=callgrind', `--callgrind-out-file=${out}`, program, ...args], { stdio: 'ignore' });
  if (status === null || status > 2) return NaN;
  return Number(/^(?:totals|summary): (\d+)/m.exec(readFileSync(out, 'utf8'))?.[1]);
}

/** Least of seven runs in ms, the programs in turn. @param {string[]} args @returns {number[]} */
function times(args) {
  const least = programs.map(() => Infinity);
  for (let round = 0; round < 7; round += 1) {
    programs.forEach((program, at) => {
      const begun = performance.now();
      spawnSync(program, args, { stdio: 'ignore' });
      least[at] = Math.min(least[at], performance.now() - begun);
    });
  }
  return least;
}

try {
  execFileSync('valgrind', ['--version'], { stdio: 'ignore' });
  const ratio = (/** @type {number[]} */ values, /** @type {(value: number) => string} */ show) =>
    values.length > 1 ? `${show(values[0])} (before ${show(values[1])}, × ${(values[0] / values[1]).toFixed(3)})` : show(values[0]);
  console.log(`native check, whole process: million instructions (callgrind), least of seven runs in ms`);
  for (const [label, bytes] of /** @type {const} */ ([['one line', 200], ['6 kB', 6_000], ['50 kB', 50_000], ['500 kB', 500_000]])) {
    const args = ['check', '--format', 'jsonl', article(bytes)];
    const counts = programs.map((program) => instructions(program, args) / 1e6);
    console.log(`  ${label.padEnd(10)}${ratio(counts, (n) => n.toFixed(1)).padStart(10)}   ${ratio(times(args), (n) => n.toFixed(1))}`);
  }
} catch {
  console.log('no instruction counts: valgrind is not there');
} finally {
  rmSync(folder, { recursive: true });
}
