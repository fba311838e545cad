// @ts-check
// The card: evidence, values, word diff, receipts, what is put aside; dates, people and places.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { eventually, marksOf, placeOf } from './harness.mjs';
import { badgeOf, inBothBrowsers, pageOf, press } from './reader.mjs';

inBothBrowsers('card', (reader) => {
  test('a flag opens a card with both values, the evidence, its source and the rule', async () => {
    const { state, order, card, close } = await reader().read('long.html');
    const flags = state.report.findings.map((/** @type {any} */ f, /** @type {number} */ index) => ({ ...f, index })).filter((/** @type {any} */ f) => f.verdict === 'contradicted');
    assert.ok(flags.length >= 2, `${flags.length} flags`);
    for (const flag of flags) {
      assert.equal(await order({ do: 'jump', index: flag.index }), true);
      const shown = await card((now) => now?.text.includes(flag.rule) && now.text.includes(flag.evidence[0]?.sentence ?? ''));
      assert.match(shown.text, /^≠(?:Differs from|The calendar)/);
      assert.ok(shown.text.includes(flag.rule), 'the rule');
      for (const piece of flag.evidence.slice(0, 2)) {
        assert.ok(shown.text.includes(piece.sentence), 'the sentence as the set stores it');
        assert.ok(shown.text.includes(piece.title), 'the title');
        assert.match(shown.text, /2023/);
      }
      const addresses = flag.evidence.filter((/** @type {any} */ e) => e.url);
      assert.equal(shown.links.filter((/** @type {string} */ l) => l.includes('#:~:text=')).length, addresses.length, 'a link to each sentence');
    }
    await close();
  });

  test('evidence links are text fragments of web addresses, and nothing a source says becomes markup', async () => {
    const { evidenceLink } = await import('../../extension/page/words.js');
    assert.equal(evidenceLink('https://example.org/a', 'one-two, three'), 'https://example.org/a#:~:text=one%2Dtwo%2C%20three');
    assert.equal(evidenceLink('https://example.org/a#b', 'x'), 'https://example.org/a#b:~:text=x');
    for (const address of ['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', 'no address', null]) assert.equal(evidenceLink(address, 'x'), null);
    const { page, order, card, close } = await reader().read('article.html');
    await page.evaluate(() => ((/** @type {any} */ (window)).alerted = 0));
    await order({ do: 'step', by: 1 });
    await card();
    assert.equal(await page.evaluate(() => document.querySelectorAll('countercheck-card > *').length), 0, 'nothing of ours outside the closed root');
    assert.equal(await page.evaluate(() => document.querySelector('countercheck-card')?.shadowRoot), null);
    await close();
  });

  test('an altered quotation is shown word by word', async () => {
    const altered = 'Competition with Beijing must not “come into conflict because of avoidable mistakes”, Blinken told reporters.';
    const { wordDiff } = await import('../../extension/page/diff.js');
    const { quoteDiff } = await import('../../extension/page/diff.js');
    const longer = quoteDiff('slide into conflict', 'ensure that competition does not veer into conflict at all').there;
    assert.deepEqual(longer, [{ text: 'ensure that competition does not', own: false }, { text: 'veer', own: true }, { text: 'into conflict', own: false }, { text: 'at all', own: false }]);
    const { here, there } = wordDiff('does not slide into open conflict', 'does not veer into conflict');
    assert.deepEqual(here.filter(({ own }) => own).map(({ text }) => text), ['slide', 'open']);
    assert.deepEqual(there.filter(({ own }) => own).map(({ text }) => text), ['veer']);
    assert.deepEqual(wordDiff('“Same,” words', 'same words').here.filter(({ own }) => own), []);
    const { popup, tab, state, order, card, close } = await reader().read('quote.html', pageOf({ paragraphs: [altered, 'The secretary of state left the city later that day, after two days of meetings with officials.'] }));
    const index = state.report.findings.findIndex((/** @type {any} */ f) => f.kind === 'quote' && f.verdict === 'contradicted');
    await order({ do: 'jump', index });
    await card();
    const marked = (/** @type {string} */ selector) =>
      popup.evaluate(
        async (/** @type {[number, string]} */ [id, wanted]) => {
          const api = /** @type {any} */ (globalThis).browser ?? chrome;
          const look = (/** @type {string} */ s) => {
            const host = /** @type {any} */ (document.querySelector('countercheck-card'));
            const root = /** @type {any} */ (globalThis).chrome?.dom?.openOrClosedShadowRoot?.(host) ?? host.openOrClosedShadowRoot;
            return [...root.querySelectorAll(s)].map((e) => e.textContent);
          };
          return (await api.scripting.executeScript({ target: { tabId: id }, func: look, args: [wanted] }))[0].result;
        },
        [tab, selector],
      );
    assert.deepEqual(await marked('.rows del'), ['mistakes']);
    assert.deepEqual(await marked('.rows ins'), ['misunderstandings']);
    const same = ['“Ensure that competition does not Veer into conflict,”', '"ensure that competition does not veer into conflict"', '“ensure that competition … does not veer into conflict”'];
    const { state: clean, close: shut } = await reader().read('same.html', pageOf({ paragraphs: same.map((words) => `Both sides must ${words} Blinken said on Monday after the talks in Beijing.`) }));
    assert.equal(clean.report.counts.contradicted, 0, 'case, quotation marks and an ellipsis do not flag');
    await shut();
    await close();
  });

  test('a date tells value, weekday and anchor; another anchor moves all dates', async () => {
    const { page, popup, tab, card, close } = await reader().read('article.html');
    const sunday = await placeOf(page, 'Sunday');
    await page.mouse.click(sunday.x, sunday.y);
    const first = await card((now) => now?.text.includes('2023-06-18'));
    assert.match(first.text, /Sunday,? (?:June 18, 2023|18 June 2023)/);
    assert.match(first.text, /(?:June 19, 2023|19 June 2023), the page’s own date/);
    assert.equal(await press(popup, tab, 'button.anchor'), true);
    assert.equal(await press(popup, tab, 'input.day', '2024-02-28'), true);
    assert.equal(await press(popup, tab, 'button.set'), true);
    const moved = await card((now) => now?.text.includes('2024-02-25'));
    assert.match(moved.text, /2024-02-25/);
    assert.match(moved.text, /set by you/);
    assert.equal(await press(popup, tab, 'button.own'), true);
    const back = await card((now) => now?.text.includes('2023-06-18'));
    assert.match(back.text, /the page’s own date/);
    await close();
  });

  test('a date that nothing resolves says so', async () => {
    const text = 'The ministers of both countries met again on Tuesday to talk about trade, fishing and the border, and were silent about the rest of it.';
    const { page, card, close, state } = await reader().read('undated.html', pageOf({ published: '', paragraphs: [text, text.replace('again', 'once more')] }));
    assert.equal(state.report.anchor, 'none');
    const tuesday = await placeOf(page, 'Tuesday');
    await page.mouse.click(tuesday.x, tuesday.y);
    const shown = await card();
    assert.match(shown.text, /Unresolved date/);
    assert.match(shown.text, /the page gives no date/);
    await close();
  });

  test('a person tells the canonical name, roles by source, and the other mentions', async () => {
    const { popup, tab, card, close, state } = await reader().read('long.html');
    const entity = state.report.entities.find((/** @type {any} */ e) => e.name === 'Antony Blinken');
    assert.ok(entity.count > 2);
    const own = state.report.mentions.findIndex((/** @type {any} */ m) => m.entity === entity.id && m.text === 'Blinken');
    await popup.evaluate((/** @type {[number, number]} */ [id, index]) => (/** @type {any} */ (globalThis).browser ?? chrome).tabs.sendMessage(id, { do: 'mention', index }), [tab, own]);
    const shown = await card((now) => now?.text.includes('In the sources'));
    assert.match(shown.text, /Antony Blinken/);
    assert.match(shown.text, /named \d+ times/);
    assert.match(shown.text, /US secretary of state.*2023/, 'a role with its source and date');
    for (let i = 0; i < 3; i += 1) {
      assert.equal(await press(popup, tab, 'button.next'), true);
      const next = await card((now) => now?.focused === 'next');
      assert.equal(next?.focused, 'next', 'the focus stays on the button');
    }
    await close();
  });

  test('a copied receipt is the one that the command line replays', { skip: !process.env.COUNTERCHECK && 'set COUNTERCHECK to the command line' }, async () => {
    const { page, order, popup, tab, card, close, state } = await reader().read('article.html');
    await order({ do: 'step', by: 1 });
    await card((now) => now?.buttons.includes('Copy receipt'));
    const flag = state.report.findings.find((/** @type {any} */ f) => f.verdict === 'contradicted');
    const article = await order({ do: 'article' });
    const folder = await mkdtemp(join(tmpdir(), 'countercheck-receipt-'));
    await writeFile(join(folder, 'receipt.json'), JSON.stringify(flag.receipt));
    await writeFile(join(folder, 'page.jsonl'), `${JSON.stringify({ id: 'page', paragraphs: article.page.blocks })}\n`);
    const said = execFileSync(String(process.env.COUNTERCHECK), ['verify', join(folder, 'receipt.json'), join(folder, 'page.jsonl')], { encoding: 'utf8' });
    assert.match(said, /same|unchanged|holds/i);
    // What the button puts on the clipboard are the same bytes.
    await page.evaluate(() => document.addEventListener('copy', () => {}, true));
    await press(popup, tab, 'button.receipt');
    const after = await card((now) => now?.buttons.some((/** @type {string} */ b) => /^Copied|Not copied/.test(b)));
    assert.ok(after.buttons.some((/** @type {string} */ b) => /^Copied|Not copied/.test(b)), after.buttons.join());
    await close();
  });

  test('“not a difference” hides the same pair everywhere, is remembered, and can be undone', async () => {
    const first = await reader().read('article.html');
    const second = await reader().read('long.html');
    const flags = async (/** @type {any} */ page) => Object.entries(await marksOf(page)).filter(([key]) => key.startsWith('contradicted')).flatMap(([, texts]) => texts);
    await first.page.bringToFront();
    const before = await flags(second.page);
    assert.ok(before.includes('Foreign Minister'));
    await first.order({ do: 'step', by: 1 });
    await first.card();
    assert.equal(await press(first.popup, first.tab, 'button.dismiss'), true);
    const aside = await first.card((now) => now?.text.includes('Put aside'));
    assert.match(aside.text, /Put aside.*Undo/);
    assert.deepEqual(await eventually(() => flags(first.page), (texts) => texts.length === 0), []);
    const there = await eventually(() => flags(second.page), (texts) => !texts.includes('Foreign Minister'));
    assert.deepEqual(there, before.filter((text) => text !== 'Foreign Minister'));
    const { report } = await first.order({ do: 'state' });
    const sum = Object.values(report.counts).reduce((a, b) => Number(a) + Number(b), report.hidden);
    assert.equal(sum, report.findings.length, 'the counts still add up');
    assert.equal(await eventually(() => badgeOf(first.popup, first.tab), (text) => text === ''), '');
    // As a test case it is a page on which nothing may be flagged.
    const { toCases } = await import('../../extension/page/exports.js');
    const stored = await first.popup.evaluate(async () => (await (/** @type {any} */ (globalThis).browser ?? chrome).storage.local.get('dismissed')).dismissed);
    const [made] = toCases(stored).trim().split('\n').map((line) => JSON.parse(line));
    assert.equal(made.clean, true);
    assert.match(made.paragraphs[0], /Foreign Minister/);
    assert.equal(made.published, '2023-06-19');
    assert.equal(await press(first.popup, first.tab, 'button.undo'), true);
    assert.deepEqual(await eventually(() => flags(first.page), (texts) => texts.length === 1), ['Foreign Minister']);
    assert.deepEqual(await eventually(() => flags(second.page), (texts) => texts.includes('Foreign Minister')), before);
    await first.close();
    await second.close();
  });
});
