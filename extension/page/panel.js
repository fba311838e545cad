// @ts-check
// Counts and findings as a list: the popup and the demo page show the same.
import * as words from './words.js';

/** @typedef {import('./types.js').Report} Report */
/** @typedef {import('./types.js').Finding} Finding */

const TONES = /** @type {const} */ (['contradicted', 'note', 'supported', 'unverified']);

/** The four numbers on screen; they add up to the claims checked. @param {Report} report */
export function tally({ counts }) {
  return {
    contradicted: counts.contradicted,
    note: counts.disputed + counts.superseded,
    supported: counts.supported,
    unverified: counts.unverified,
  };
}

/**
 * Fills `place` with the bar, the four counts and the findings, in the order of a
 * reader's questions. Rows that can be gone to are buttons.
 * @param {HTMLElement} place @param {Report} report @param {words.Say} say
 * @param {(index: number) => void} jump  with the finding's place in the report
 */
export function fillPanel(place, report, say, jump) {
  const doc = place.ownerDocument;
  const opened = new Set([...place.querySelectorAll('details[open]')].map((d) => d.className));
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
    list.append(make(doc, 'li', tone, make(doc, 'b', '', String(numbers[tone])), ' ', make(doc, 'span', '', label)));
  }
  const rows = report.findings.map((finding, index) => ({ finding, index, tone: words.toneOf(finding) }));
  const sections = TONES.map((tone) => {
    const own = rows.filter((row) => row.tone === tone);
    if (!own.length) return [];
    const items = make(doc, 'ul', 'findings');
    for (const row of own) items.append(make(doc, 'li', '', findingRow(doc, row.finding, tone, say, () => jump(row.index))));
    const title = say(`list_${tone}`);
    if (tone === 'contradicted' || tone === 'note') return [make(doc, 'h2', '', title), items];
    const fold = /** @type {HTMLDetailsElement} */ (
      make(doc, 'details', tone, make(doc, 'summary', '', `${title} · ${own.length}`), items)
    );
    fold.open = opened.has(tone);
    return [fold];
  });
  place.replaceChildren(bar, list, ...sections.flat());
}

/** @param {Document} doc @param {Finding} finding @param {string} tone @param {words.Say} say @param {() => void} jump */
function findingRow(doc, finding, tone, say, jump) {
  const where = say('row_where', words.kindName(finding, say), finding.block + 1);
  const line = make(doc, 'span', 'what');
  if (tone === 'contradicted' && finding.expected) {
    line.append(make(doc, 's', '', finding.text), ' → ', make(doc, 'b', '', words.formatValue(finding.expected)));
  } else if (tone === 'note' && finding.expected) {
    line.append(finding.text, ' · ', make(doc, 'b', '', words.formatValue(finding.expected)));
  } else {
    line.append(finding.text);
  }
  const parts = [make(doc, 'span', 'where', where), line];
  if (tone !== 'unverified') parts.push(make(doc, 'span', 'where', words.headline(finding, say)));
  if (tone === 'unverified') return make(doc, 'div', `row ${tone}`, ...parts);
  const row = make(doc, 'button', `row ${tone}`, ...parts);
  row.setAttribute('type', 'button');
  row.addEventListener('click', jump);
  return row;
}

/**
 * @param {Document} doc @param {string} tag @param {string} name @param {(Node | string)[]} children
 * @returns {HTMLElement}
 */
function make(doc, tag, name, ...children) {
  const element = doc.createElement(tag);
  if (name) element.className = name;
  element.append(...children);
  return element;
}
