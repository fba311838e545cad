// @ts-check
// Options and controls: kinds, colours, differences only, sites, put aside; off leaves no trace.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually, marksOf } from './harness.mjs';
import { catchSaved, click, inBothBrowsers, lastSaved, painted, press, textsOf } from './reader.mjs';

const kinds = async (/** @type {any} */ page) =>
  [...new Set(Object.entries(await marksOf(page)).filter(([, texts]) => texts.length).map(([key]) => key.replace(/-(?:light|dark)$/, '')))].sort();

inBothBrowsers('controls', (reader) => {
  /** Clicks a box once it can be clicked. @param {any} options @param {string} name */
  const box = (options, name) =>
    eventually(
      () =>
        options.evaluate((/** @type {string} */ wanted) => {
          const input = [...document.querySelectorAll('label')].find((l) => l.textContent?.trim() === wanted)?.querySelector('input');
          if (!input || input.disabled) return false;
          input.click();
          return true;
        }, name),
      Boolean,
    );

  test('kinds of marks are switched off one by one, differences alone are shown, and what is supported if asked', async () => {
    const { page, body, close } = await reader().read('long.html');
    const all = ['contradicted', 'date', 'note', 'person', 'place'];
    assert.deepEqual(await kinds(page), all);
    const options = await reader().own('options');
    await eventually(() => textsOf(options, '#kinds .kind'), (texts) => texts.length === 6);
    await box(options, 'People');
    assert.deepEqual(await eventually(() => kinds(page), (now) => !now.includes('person')), ['contradicted', 'date', 'note', 'place']);
    await box(options, 'What sources support');
    assert.ok((await eventually(() => kinds(page), (now) => now.includes('supported'))).includes('supported'));
    await box(options, 'Mark differences and notes only');
    assert.deepEqual(await eventually(() => kinds(page), (now) => now.length === 2), ['contradicted', 'note']);
    await box(options, 'Mark differences and notes only');
    await eventually(() => kinds(page), (now) => now.length > 2);
    await box(options, 'People');
    await box(options, 'What sources support');
    assert.deepEqual(await eventually(() => kinds(page), (now) => now.includes('person') && !now.includes('supported')), all);
    assert.equal(await page.evaluate(() => document.body.innerHTML), body);
    await options.close();
    await close();
  });

  test('a colour of one’s own is taken, and stays legible on light and dark ground', async () => {
    const { legible } = await import('../../extension/colours.js');
    for (const colour of ['#ffff00', '#000000', '#ffffff', '#7f7f7f', '#ff69b4', '#0000ff']) {
      for (const theme of /** @type {const} */ (['light', 'dark'])) assert.ok(contrast(legible(colour, theme), theme) >= 3, `${colour} ${theme}`);
    }
    const { page, close } = await reader().read('article.html');
    const options = await reader().own('options');
    await eventually(() => textsOf(options, '#kinds .kind'), (texts) => texts.length === 6);
    const line = () => page.evaluate(() => getComputedStyle(/** @type {Element} */ (document.querySelector('#first')), '::highlight(countercheck-place-light)').textDecorationColor);
    assert.equal(await eventually(line, (colour) => colour === 'rgb(15, 122, 108)'), 'rgb(15, 122, 108)');
    await options.evaluate(() => {
      const input = /** @type {HTMLInputElement} */ (document.querySelector('[aria-label="Colour: Places"]'));
      input.value = '#aa00aa';
      input.dispatchEvent(new Event('change'));
    });
    assert.equal(await eventually(line, (colour) => colour === 'rgb(170, 0, 170)'), 'rgb(170, 0, 170)');
    await eventually(() => options.evaluate(() => !(/** @type {HTMLButtonElement} */ (document.querySelector('#usual')).disabled)), Boolean);
    await click(options, '#usual');
    assert.equal(await eventually(line, (colour) => colour === 'rgb(15, 122, 108)'), 'rgb(15, 122, 108)');
    await options.close();
    await close();
  });

  test('one switch takes every mark away and leaves no trace; select, copy, links and find work as without us', async () => {
    const { page, popup, tab, body, card, order, close } = await reader().read('article.html');
    assert.ok(painted(await marksOf(page)));
    const copied = await page.evaluate(() => {
      const p = /** @type {Element} */ (document.querySelector('#first'));
      getSelection()?.selectAllChildren(p);
      const text = getSelection()?.toString();
      getSelection()?.removeAllRanges();
      return [text?.trim(), p.textContent?.replace(/\s+/g, ' ').trim(), /** @type {any} */ (window).find('Antony Blinken')];
    });
    assert.equal(copied[0], copied[1]);
    assert.equal(copied[2], true, 'find in page');
    await order({ do: 'step', by: 1 });
    await card();
    await order({ do: 'off' });
    assert.deepEqual(await eventually(() => marksOf(page), (marks) => !painted(marks)), {});
    assert.deepEqual(await page.evaluate(() => [document.querySelectorAll('countercheck-card').length, [...CSS.highlights.keys()]]), [0, []]);
    assert.equal(await page.evaluate(() => document.body.innerHTML), body);
    assert.equal(await press(popup, tab, 'button'), false);
    await close();
  });

  test('sites and what was put aside are listed, taken back, and exported as test cases', async () => {
    const { page, popup, tab, order, card, close } = await reader().read('article.html');
    await order({ do: 'step', by: 1 });
    await card();
    await press(popup, tab, 'button.dismiss');
    await popup.evaluate(() => (/** @type {any} */ (globalThis).browser ?? chrome).storage.local.set({ never: ['*://never.example/*'] }));
    const options = await reader().own('options');
    assert.match((await eventually(() => textsOf(options, '#aside li'), (texts) => /Foreign Minister/.test(texts.join()))).join(), /Foreign Minister · US secretary of state/);
    assert.match((await eventually(() => textsOf(options, '#sites li'), (texts) => texts.length > 0)).join(), /never\.example/);
    await catchSaved(options);
    await click(options, '#cases');
    const made = JSON.parse((await eventually(() => lastSaved(options), (file) => file.length > 0)).toString());
    assert.equal(made.clean, true);
    assert.deepEqual(made.flags, []);
    await click(options, '#sites li button');
    await click(options, '#aside li button');
    assert.deepEqual((await eventually(() => marksOf(page), (marks) => !!marks['contradicted-light']))['contradicted-light'], ['Foreign Minister']);
    assert.match((await eventually(() => textsOf(options, '#aside li'), (texts) => /Nothing/.test(texts.join()))).join(), /Nothing was put aside/);
    assert.deepEqual(await eventually(() => textsOf(options, '#sites li'), (texts) => texts.length === 0), []);
    await options.close();
    await close();
  });

  test('a huge page is marked near the window only, and without a long task', async () => {
    const paragraph = 'Antony Blinken flew from Washington to Beijing on Sunday, where Qin Gang and Wang Yi received him. ';
    const html = `<!doctype html><html lang="en"><meta charset="utf-8"><meta property="article:published_time" content="2023-06-19"><title>Long</title><style>p { max-width: 40em }</style><article><h1>Long</h1>${`<p>${paragraph.repeat(2)}</p>`.repeat(220)}</article></html>`;
    const { page, state, close } = await reader().read('huge.html', html);
    const all = state.report.mentions.filter((/** @type {any} */ m) => /person|place|date/.test(m.kind)).length;
    assert.ok(all > 1500, String(all));
    const shown = async () => Object.values(await marksOf(page)).flat().length;
    const first = await eventually(shown, (count) => count > 0);
    assert.ok(first < all / 2, `${first} of ${all}`);
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    const last = () => page.evaluate(() => [...(CSS.highlights.get('countercheck-person-light') ?? [])].some((r) => r.startContainer.parentElement === document.querySelector('article')?.lastElementChild));
    assert.equal(await eventually(last, Boolean), true, 'marks come with the window');
    await close();
  });
});

/** Contrast of a colour with white or with a dark page (WCAG 2). @param {string} colour @param {'light' | 'dark'} theme */
function contrast(colour, theme) {
  const luminance = (/** @type {number[]} */ rgb) => {
    const [r, g, b] = rgb.map((part) => part / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [x, y] = [luminance([1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16))), luminance(theme === 'light' ? [255, 255, 255] : [23, 24, 27])];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}
