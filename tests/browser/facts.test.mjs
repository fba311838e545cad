// @ts-check
// What a reader is told about dates, names, numbers, split and newer sources, on pages in the browser.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { cardIn, eventually } from './harness.mjs';
import { inBothBrowsers, pageOf } from './reader.mjs';

/** @param {any} report @param {string} verdict */
const told = (report, verdict) => report.findings.filter((/** @type {any} */ f) => f.verdict === verdict).map((/** @type {any} */ f) => f.text);

inBothBrowsers('facts', (reader) => {
  /** Reads one page of these paragraphs. @param {string[]} paragraphs @param {object} [more] */
  async function report(paragraphs, more = {}) {
    const { state, close } = await reader().read('facts.html', pageOf({ paragraphs, ...more }));
    await close();
    return state.report;
  }

  test('a month and a day in it agree, last week is a week, and an impossible weekday is flagged', async () => {
    const fine = await report(['Antony Blinken met Xi Jinping in Beijing in June 2023, and his staff came back last week.', 'They had spoken of it for days before they met at all, as officials said.']);
    assert.deepEqual(told(fine, 'contradicted'), []);
    const values = Object.fromEntries(fine.mentions.filter((/** @type {any} */ m) => m.kind === 'date').map((/** @type {any} */ m) => [m.text, m.value]));
    assert.deepEqual(values, { 'June 2023': '2023-06', 'last week': '2023-W24' });
    const wrong = await report(['Antony Blinken met Xi Jinping in Beijing on Tuesday, June 19, 2023.', 'They had spoken of it for days before they met at all, as officials said.']);
    assert.deepEqual(told(wrong, 'contradicted'), ['Tuesday, June 19, 2023']);
  });

  test('names of one person are one, and the same word for two things is kept apart', async () => {
    const { entities } = await report([
      'Blinken, Antony Blinken, Secretary Blinken and U.S. Secretary of State Antony J. Blinken are one man.',
      "Xi Jinping went to Xi'an. George Washington never saw the city of Washington. Qin Gang's deputy waited.",
    ]);
    const named = (/** @type {string} */ name) => entities.find((/** @type {any} */ e) => e.name === name);
    assert.equal(named('Antony J. Blinken').count, 4);
    assert.equal(named('Xi Jinping').kind, 'person');
    assert.equal(named("Xi'an").kind, 'place');
    assert.equal(named('George Washington').kind, 'person');
    assert.equal(named('Washington').kind, 'place');
    assert.ok(named('Qin Gang'), 'without the possessive');
  });

  test('numbers agree in words, hedges and other units, and differ only in the same slot', async () => {
    for (const words of ['thirty-five minutes', '35 minutes', 'about half an hour', 'more than half an hour', 'at least 30 minutes']) {
      const same = await report([`Antony Blinken met Xi Jinping in Beijing on Monday for ${words}.`, 'They had spoken of it for days before they met at all, as officials said.']);
      assert.deepEqual(told(same, 'contradicted'), [], words);
    }
    const other = await report(['Mark Swidan, a businessman from Texas, is 58 years old.', 'They had spoken of it for days before they met at all, as officials said.']);
    assert.deepEqual(told(other, 'contradicted'), ['58']);
  });

  test('split sources are shown with all sides and their counts, never worse than a note', async () => {
    const { state, order, card, close } = await reader().read('long.html');
    const index = state.report.findings.findIndex((/** @type {any} */ f) => f.verdict === 'disputed');
    assert.ok(index >= 0);
    assert.equal(await eventually(() => order({ do: 'jump', index }), Boolean), true);
    const shown = await card();
    assert.match(shown.text, /^~The sources disagree among themselves/);
    const values = new Set(state.report.findings[index].evidence.map((/** @type {any} */ e) => e.value));
    assert.ok(values.size > 1);
    assert.equal(shown.text.match(/\d+ sources?(?! )/g)?.length >= values.size, true, shown.text);
    await close();
  });

  test('a newer source on a changing number is no flag', async () => {
    const { popup, close } = await reader().read('article.html');
    const toll = (/** @type {string} */ day, /** @type {number} */ count) => ({
      ...{ title: `Earthquake toll on ${day}`, url: `https://example.org/${day}`, published: day, lang: 'en' },
      blocks: [`The earthquake in Turkey has killed at least ${count} people, the disaster agency said.`],
    });
    const kept = await popup.evaluate(async (/** @type {any[]} */ pages) => {
      const answers = [];
      for (const page of pages) answers.push(await (/** @type {any} */ (globalThis).browser ?? chrome).runtime.sendMessage({ do: 'keep', page, name: 'Tolls' }));
      return answers.map((answer) => answer?.set?.info.count ?? answer?.error);
    }, [toll('2023-02-06', 1200), toll('2023-02-09', 19000)]);
    assert.deepEqual(kept, [1, 2]);
    await close();
    const quake = await report(['The earthquake in Turkey has killed at least 5,400 people, the disaster agency said.', 'Rescuers were still searching for survivors in ten provinces of the country.'], { title: 'Earthquake', published: '2023-02-07' });
    assert.deepEqual(told(quake, 'contradicted'), []);
  });

  test('the articles of the bundled set get no flag that nobody has reviewed', async () => {
    const { popup, tab, close } = await reader().read('article.html');
    const reviewed = (await readFile(new URL('../data/reviewed-flags.tsv', import.meta.url), 'utf8')).split('\n').map((line) => line.split('\t'));
    for (const name of ['000-blinken-visits-beijing-thaw', '001-blinken-arrives-in-beijing', '002-blinken-meets-qin-gang', '003-blinken-meets-xi-jinping', '004-blinken-rare-visit-to-china']) {
      const lines = (await readFile(new URL(`../../corpus/${name}.txt`, import.meta.url), 'utf8')).split('\n').map((line) => line.trim()).filter(Boolean);
      const published = lines.find((line) => line.startsWith('Published '))?.slice(10) ?? '2023-06-18';
      const escaped = lines.filter((line) => !/^(?:Published|URL)/.test(line)).map((line) => line.replace(/&/g, '&amp;').replace(/</g, '&lt;'));
      const visited = await reader().read(`${name}.html`, pageOf({ title: escaped[0], published, paragraphs: escaped.slice(1) }));
      assert.equal(visited.state.status, 'ok', name);
      // What the articles get wrong themselves is listed with the reason.
      const known = reviewed.filter(([file]) => file === `corpus/${name}.txt`).map(([, , words]) => words);
      assert.deepEqual(told(visited.state.report, 'contradicted').filter((/** @type {string} */ words) => !known.includes(words)), [], name);
      await visited.close();
    }
    assert.equal(await cardIn(popup, tab), null);
    await close();
  });

  test('on the marked cases of the visit, what is flagged is what was planted', async () => {
    const { popup, close } = await reader().read('article.html');
    const lines = (await readFile(new URL('../cases/visit/cases.jsonl', import.meta.url), 'utf8')).trim().split('\n').map((line) => JSON.parse(line));
    let [right, wrong] = [0, 0];
    for (const { title, published, paragraphs, flags, url } of lines) {
      const page = { title, published, url, lang: 'en', blocks: paragraphs };
      const { report: found } = await popup.evaluate((/** @type {any} */ asked) => (/** @type {any} */ (globalThis).browser ?? chrome).runtime.sendMessage({ do: 'check', page: asked, first: false }), page);
      for (const f of found.findings.filter((/** @type {any} */ x) => x.verdict === 'contradicted')) {
        const places = flags.flatMap((/** @type {any} */ flag) => [flag, ...(flag.also ?? [])]).filter((/** @type {any} */ flag) => flag.kind !== 'disputed');
        const meant = places.some((/** @type {any} */ p) => (p.paragraph ?? 0) === f.block && p.start < f.end && f.start < p.start + [...(p.quote ?? '')].length);
        if (meant) right += 1;
        else wrong += 1;
      }
    }
    console.log(`# ${right} of ${right + wrong} flags on ${lines.length} cases are right`);
    assert.ok(right > 10 && right >= 0.97 * (right + wrong), `${right} right, ${wrong} wrong`);
    await close();
  });
});
