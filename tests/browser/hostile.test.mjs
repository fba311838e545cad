// @ts-check
// A reference set that somebody made to do harm: markup, scripts and links that run, in every text of a source.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { eventually, placeOf } from './harness.mjs';
import { flagged, inBothBrowsers, pageOf, textsOf } from './reader.mjs';

const CLI = process.env.COUNTERCHECK ?? '';
const skip = CLI ? false : 'set COUNTERCHECK to the command line';
const IMAGE = '<img src="/hit?set" onerror="window.hit=1">';
/** Addresses that are no place to go to. */
const SCHEMES = ['javascript:window.hit=2', 'data:text/html,<script>window.hit=3</script>', 'file:///etc/hosts', 'blob:https://example.org/x', 'chrome://settings', ' java\nscript:window.hit=4'];

/** A set with one source for each address. @param {string} folder */
async function hostileSet(folder) {
  const article = (/** @type {string} */ url, /** @type {number} */ at) => ({
    id: `../../${at}"><script>`,
    title: `${IMAGE} \u202eBridge ${at} {{7*7}}`,
    published: '2024-05-04',
    url,
    paragraphs: [`Transport Minister Anna Lind opened the new bridge in Lisbon on Friday ${at}, ${IMAGE} they said.`],
  });
  await writeFile(join(folder, 'in.jsonl'), SCHEMES.map((url, at) => `${JSON.stringify(article(url, at))}\n`).join(''));
  await writeFile(join(folder, 'lines.jsonl'), execFileSync(CLI, ['extract', join(folder, 'in.jsonl')]));
  execFileSync(CLI, ['merge', join(folder, 'lines.jsonl'), '-o', join(folder, 'hostile.ccset')]);
  return readFile(join(folder, 'hostile.ccset'));
}

inBothBrowsers('a hostile set', (reader) => {
  test('is shown as text; nothing of it runs, is fetched, or can be gone to', { skip }, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'countercheck-hostile-'));
    const options = await reader().own('options');
    await options.evaluate((/** @type {string} */ text) => {
      const input = /** @type {HTMLInputElement} */ (document.getElementById('file'));
      const transfer = new DataTransfer();
      transfer.items.add(new File([Uint8Array.from(atob(text), (c) => c.charCodeAt(0))], '<b>"hostile".ccset'));
      input.files = transfer.files;
      input.dispatchEvent(new Event('change'));
    }, (await hostileSet(folder)).toString('base64'));
    assert.match((await eventually(() => textsOf(options, '#notice'), (texts) => /imported/.test(texts.join()))).join(), /“<b>"hostile"” was imported: 6 sources/);
    await eventually(() => options.evaluate(() => {
      const sources = [...document.querySelectorAll('button')].find((b) => b.getAttribute('aria-label')?.startsWith('Sources: <b>'));
      sources?.click();
      return !!sources;
    }), Boolean);
    const listed = await eventually(() => textsOf(options, '.sources li'), (texts) => texts.length === SCHEMES.length);
    assert.match(listed.join(), /<img src="\/hit\?set" onerror="window\.hit=1"> Bridge 0 \{\{7\*7\}\}/);
    const page = pageOf({
      title: 'A walk over the new bridge',
      published: '2024-05-05',
      paragraphs: ['Finance Minister Anna Lind opened the new bridge in Lisbon on Friday, as people had long waited for it to be built there.', 'The bridge is the third over the river, and many people came to see it on the first days of the month.'],
    });
    const read = await reader().read('bridge.html', page);
    assert.deepEqual(await flagged(read.page, 1), ['Finance Minister']);
    assert.equal(await eventually(() => read.order({ do: 'step', by: 1 }), Boolean), true);
    const card = await read.card((seen) => /Differs from/.test(seen?.text ?? ''));
    assert.match(card.text, /<img src="\/hit\?set"/);
    assert.doesNotMatch(card.text, /[\u202a-\u202e]/);
    assert.deepEqual(card.links, [], 'no address of these is a link');
    assert.ok(await placeOf(read.page, 'Finance Minister'));
    const panel = await reader().own('panel', read.tab);
    await eventually(() => textsOf(panel, 'body'), (texts) => /Finance Minister/.test(texts.join()));
    for (const shown of [options, read.popup, panel]) {
      const found = await shown.evaluate(() => [document.querySelectorAll('[onerror], [src*="hit"], script:not([src]), iframe, a[href^="javascript"], a[href^="data:"], a[href^="file:"], a[href^="blob:"]').length, /** @type {any} */ (window).hit ?? null]);
      assert.deepEqual(found, [0, null]);
    }
    assert.equal(await read.page.evaluate(() => /** @type {any} */ (window).hit ?? null), null);
    assert.ok(!reader().server.log.some((path) => path.startsWith('/hit')));
    await read.close();
    await rm(folder, { recursive: true, force: true });
  });
});
