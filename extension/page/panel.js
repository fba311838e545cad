// @ts-check
// Counts and findings as lists: popup, panel and demo page show the same.
import { button, make } from './dom.js';
import * as words from './words.js';

/** @typedef {import('./types.js').Report} Report */
/** @typedef {import('./types.js').Finding} Finding */
/**
 * What the rows of a list do.
 * @typedef {object} Rows
 * @property {(index: number) => void} jump  with the finding's place in the report
 * @property {(index: number) => void} [restore]  takes up again what was put aside
 */

const TONES = /** @type {const} */ (['contradicted', 'note', 'supported', 'unverified']);

/** The numbers on screen; they add up to the claims checked. @param {Report} report @returns {Record<words.Tone, number>} */
export function tally({ counts, hidden = 0 }) {
  return {
    contradicted: counts.contradicted,
    note: counts.disputed + counts.superseded,
    supported: counts.supported,
    unverified: counts.unverified,
    hidden,
  };
}

/**
 * Fills `place` with the bar, the counts and the findings, in the order of a
 * reader's questions. Rows that can be gone to are buttons.
 * @param {HTMLElement} place @param {Report} report @param {words.Say} say @param {Rows} rows
 */
export function fillPanel(place, report, say, rows) {
  const { bar, list } = countRows(place.ownerDocument, report, say);
  const lists = findingLists(place, report, say, rows);
  place.replaceChildren(bar, list, ...lists.open, ...lists.folded);
}

/** @param {Document} doc @param {Report} report @param {words.Say} say */
export function countRows(doc, report, say) {
  const numbers = tally(report);
  const bar = make(doc, 'div', 'bar');
  bar.setAttribute('aria-hidden', 'true');
  const list = make(doc, 'ul', 'counts');
  for (const tone of TONES) {
    if (numbers[tone]) {
      const part = make(doc, 'span', tone);
      part.style.flexGrow = String(numbers[tone]);
      bar.append(part);
    }
    const label = words.counted(say, `count_${tone}`, numbers[tone]);
    list.append(make(doc, 'li', tone, make(doc, 'b', '', words.formatNumber(numbers[tone])), ' ', make(doc, 'span', '', label)));
  }
  return { bar, list };
}

/**
 * The lists: what differs and what is unsettled open, the rest folded up as it was.
 * @param {HTMLElement} place  where folds may be open already
 * @param {Report} report @param {words.Say} say @param {Rows} rows
 */
export function findingLists(place, report, say, rows) {
  const doc = place.ownerDocument;
  const opened = new Set([...place.querySelectorAll('details[open]')].map((d) => d.className));
  const [open, folded] = [/** @type {HTMLElement[]} */ ([]), /** @type {HTMLElement[]} */ ([])];
  for (const tone of /** @type {words.Tone[]} */ ([...TONES, 'hidden'])) {
    const items = make(doc, 'ul', 'findings');
    report.findings.forEach((finding, index) => {
      if (words.toneOf(finding) === tone) items.append(make(doc, 'li', '', findingRow(doc, finding, index, say, rows)));
    });
    if (!items.childElementCount) continue;
    const title = say(`list_${tone}`);
    if (tone === 'contradicted' || tone === 'note') {
      open.push(make(doc, 'h2', '', title), items);
      continue;
    }
    const summary = make(doc, 'summary', '', `${title} · ${words.formatNumber(items.childElementCount)}`);
    const fold = /** @type {HTMLDetailsElement} */ (make(doc, 'details', tone, summary, items));
    fold.open = opened.has(tone);
    folded.push(fold);
  }
  return { open, folded };
}

/** @param {Document} doc @param {Finding} finding @param {number} index @param {words.Say} say @param {Rows} rows */
function findingRow(doc, finding, index, say, rows) {
  const tone = words.toneOf(finding);
  const where = say('row_where', words.kindName(finding, say), String(finding.block + 1));
  const line = make(doc, 'span', 'what');
  if (tone === 'contradicted' && finding.expected) {
    line.append(make(doc, 's', '', finding.text), ' → ', make(doc, 'b', '', words.formatValue(finding.expected)));
  } else if ((tone === 'note' || tone === 'hidden') && finding.expected) {
    line.append(finding.text, ' · ', make(doc, 'b', '', words.formatValue(finding.expected)));
  } else {
    line.append(finding.text);
  }
  const parts = [make(doc, 'span', 'where', where), line];
  if (tone !== 'unverified') parts.push(make(doc, 'span', 'where', words.headline(finding, say)));
  if (tone === 'unverified') return make(doc, 'div', `row ${tone}`, ...parts);
  if (tone === 'hidden') {
    const { restore } = rows;
    if (restore) parts.push(button(doc, 'quiet', say('card_undo'), () => restore(index)));
    return make(doc, 'div', `row ${tone}`, ...parts);
  }
  const row = button(doc, `row ${tone}`, '', () => rows.jump(index));
  row.append(...parts);
  return row;
}
