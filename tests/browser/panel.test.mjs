// @ts-check
// The panel: counts that add up, entities, timeline, what was read, exports; all by keyboard.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cardIn, eventually } from './harness.mjs';
import { badgeOf, catchSaved, click, inBothBrowsers, lastSaved, pageOf, textsOf } from './reader.mjs';

/** What the Tab key reaches, in its order, as said to its user, until all that is wanted is there. @param {import('./harness.mjs').Page} page @param {RegExp[]} wanted @param {number} most */
async function tabbed(page, wanted, most) {
  /** @type {string[]} */
  const seen = [];
  for (let i = 0; i < most && !wanted.every((one) => seen.some((name) => one.test(name))); i += 1) {
    await page.keyboard.press('Tab');
    const now = await page.evaluate(() => {
      const e = document.activeElement;
      return e && e !== document.body ? `${e.localName} ${(e.getAttribute('aria-label') ?? e.textContent ?? '').trim()}` : '';
    });
    if (!now || seen.includes(now)) continue;
    seen.push(now);
  }
  return seen;
}

inBothBrowsers('panel', (reader) => {
  /** @param {string} path @param {string} [html] */
  async function opened(path, html) {
    const visited = await reader().read(path, html);
    const panel = await reader().own('panel', visited.tab);
    await eventually(() => textsOf(panel, '#status'), (texts) => texts.join() !== '');
    return { ...visited, panel };
  }

  test('differs, supported and not covered are counted, and the sum is the claims checked', async () => {
    const { panel, state, popup, tab, close } = await opened('long.html');
    const numbers = (await eventually(() => textsOf(panel, '.counts b'), (texts) => texts.length === 4)).map(Number);
    const { counts, findings } = state.report;
    assert.deepEqual(numbers, [counts.contradicted, counts.disputed + counts.superseded, counts.supported, counts.unverified]);
    assert.equal(numbers.reduce((a, b) => a + b), findings.length);
    assert.equal((await textsOf(panel, '#findings .row.contradicted')).length, numbers[0]);
    const folds = await textsOf(panel, '#folds summary');
    assert.ok(folds.includes(`Supported · ${numbers[2]}`) && folds.includes(`Not covered · ${numbers[3]}`), folds.join());
    const badge = await eventually(() => badgeOf(popup, tab), (text) => text === String(counts.contradicted));
    assert.equal(badge, String(counts.contradicted), 'the badge counts differences only');
    await close();
  });

  test('an unrelated page has no flag, and the panel says that it is not covered', async () => {
    const paragraphs = [
      'The harbour of Hamburg handled 7.7 million containers in 2023, the port authority said on Thursday, three percent fewer than in the year before.',
      'Trade with Brazil grew, and the director of the port, Axel Mattern, expects more ships in the autumn.',
    ];
    const { panel, marks, state, close } = await opened('harbour.html', pageOf({ title: 'Fewer containers in Hamburg', published: '2024-02-15', paragraphs }));
    assert.equal(state.report.counts.contradicted, 0);
    assert.ok(!Object.keys(marks).some((key) => key.startsWith('contradicted')));
    assert.match((await eventually(() => textsOf(panel, '#status'), (texts) => /do not cover/.test(texts.join()))).join(), /do not cover/);
    await close();
  });

  test('the timeline is a picture of the dated events, and leads to the text', async () => {
    const { panel, popup, tab, page, close } = await opened('long.html');
    const moments = await eventually(() => panel.evaluate(() => [...document.querySelectorAll('.moment')].map((g) => g.getAttribute('aria-label'))), (list) => list.length > 3);
    assert.ok(moments.some((/** @type {string} */ label) => /June 18, 2023|18 June 2023/.test(label) && /arrive|land/.test(label)), moments.join('\n'));
    const places = await panel.evaluate(() => [...document.querySelectorAll('.moment .dot')].map((c) => Number(c.getAttribute('cy'))));
    assert.deepEqual(places, [...places].sort((a, b) => a - b), 'oldest first, downwards');
    await panel.evaluate(() => {
      const g = /** @type {SVGElement} */ ([...document.querySelectorAll('.moment')].find((e) => /June 18/.test(e.getAttribute('aria-label') ?? '') || /18 June/.test(e.getAttribute('aria-label') ?? '')));
      g.focus();
      g.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
    });
    await page.bringToFront();
    const card = await eventually(() => cardIn(popup, tab), Boolean);
    assert.match(card.text, /2023-06-18/);
    await close();
  });

  test('people and places list their mentions, each a way to it', async () => {
    const { panel, popup, tab, page, state, close } = await opened('long.html');
    const chips = await eventually(() => textsOf(panel, '.chip'), (texts) => texts.length > 5);
    const blinken = state.report.entities.find((/** @type {any} */ e) => e.name === 'Antony Blinken');
    assert.ok(chips.includes(`Antony Blinken ${blinken.count}`), chips.join());
    await panel.evaluate(() => /** @type {HTMLElement} */ ([...document.querySelectorAll('.chip')].find((e) => /Blinken/.test(e.textContent ?? ''))).click());
    const own = state.report.mentions.filter((/** @type {any} */ m) => m.entity === blinken.id).length;
    assert.equal((await eventually(() => textsOf(panel, '#mentions .row'), (texts) => texts.length === own)).length, own);
    await click(panel, '#mentions li:last-child .row');
    await page.bringToFront();
    assert.match((await eventually(() => cardIn(popup, tab), Boolean)).text, /Antony Blinken/);
    await close();
  });

  test('it says what was read, and what was left out and why', async () => {
    const { panel, close } = await opened('boxes.html');
    const rows = (await eventually(() => textsOf(panel, '#reading dd'), (texts) => texts.length > 3)).join('\n');
    assert.match(rows, /\d+ paragraphs?, [\d,]+ characters/);
    assert.match(rows, /around the article/);
    assert.match(rows, /compared with \d+ sources/);
    await close();
  });

  test('all of the panel is worked by keyboard', async () => {
    const { panel, popup, tab, page, close } = await opened('long.html');
    await panel.bringToFront();
    await panel.evaluate(() => /** @type {HTMLElement} */ (document.querySelector('#findings .row')).focus());
    await panel.keyboard.press('Enter');
    await page.bringToFront();
    assert.equal((await eventually(() => cardIn(popup, tab), (card) => card?.focused === 'dialog')).focused, 'dialog', 'the card takes the focus');
    await page.keyboard.press('Escape');
    assert.equal(await eventually(() => cardIn(popup, tab), (card) => card === null), null);
    await panel.bringToFront();
    const stops = [/button ← Previous/, /button Next →/, /Foreign Minister/, /^g .*2023/, /button Antony Blinken/, /summary Supported/, /summary Not covered/, /Add this page/, /Web Annotations/, /CSV/, /^a Options/];
    const reached = await tabbed(panel, stops, 200);
    for (const wanted of stops) {
      assert.ok(reached.some((name) => wanted.test(name)), `${wanted} among ${reached.join(' | ')}`);
    }
    await close();
  });

  test('findings are saved as Web Annotations, Markdown and CSV', async () => {
    const { panel, page, state, close } = await opened('long.html');
    await catchSaved(panel);
    const saved = async (/** @type {string} */ kind) => {
      const before = (await lastSaved(panel)).toString();
      await click(panel, `[data-save=${kind}]`);
      return (await eventually(() => lastSaved(panel), (file) => file.length > 0 && file.toString() !== before)).toString();
    };
    const told = state.report.findings.filter((/** @type {any} */ f) => f.verdict !== 'unverified');
    const annotations = JSON.parse(await saved('jsonld'));
    assert.equal(annotations['@context'], 'http://www.w3.org/ns/anno.jsonld');
    assert.equal(annotations.type, 'AnnotationPage');
    assert.equal(annotations.items.length, told.length);
    const text = await page.evaluate(() => document.body.textContent);
    for (const { type, target, body } of annotations.items) {
      assert.equal(type, 'Annotation');
      assert.match(target.source, /long\.html$/);
      const [quote, position] = target.selector;
      assert.equal(quote.type, 'TextQuoteSelector');
      assert.equal(position.type, 'TextPositionSelector');
      assert.equal(text.slice(position.start, position.end), quote.exact, 'both selectors point at the same words');
      assert.ok(text.includes(quote.prefix + quote.exact + quote.suffix));
      assert.ok(body.length >= 2);
    }
    const markdown = await saved('md');
    assert.match(markdown, /^# Two days in Beijing/);
    assert.match(markdown, /\*\*Foreign Minister\*\* → US secretary of state/);
    assert.match(markdown, /#:~:text=/);
    const csv = await saved('csv');
    assert.match(csv, /^verdict,kind,rule,paragraph,start,end,text,claim,value,expected,agree,total,sources,sentences\r\n/);
    assert.equal(csv.split('\r\n').length, told.length + 2);
    const { toCsv } = await import('../../extension/page/exports.js');
    const evil = { ...told[0], text: '=1+1', value: 'a "b", c' };
    assert.match(toCsv(/** @type {any} */ ({ findings: [evil] })), /,'=1\+1,.*"a ""b"", c"/);
    await close();
  });
});
