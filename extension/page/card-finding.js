// @ts-check
// What a card says of a finding.
import { quoteDiff } from './diff.js';
import { button, make } from './dom.js';
import * as words from './words.js';

/** @typedef {import('./types.js').Finding} Finding */
/** @typedef {import('./types.js').Report} Report */
/** @typedef {import('./card.js').Actions} Actions */

/** Pieces of evidence shown before “more” is asked for. */
const SHOWN = 2;
const SIGNS = { contradicted: '≠', note: '~', supported: '✓', unverified: '?', hidden: '–' };

/** @param {Document} doc @param {words.Say} say @param {Finding} finding @param {Report} report @param {Actions} actions */
export function findingBody(doc, say, finding, report, actions) {
  const tone = words.toneOf(finding);
  const sign = make(doc, 'span', 'sign', SIGNS[tone]);
  sign.setAttribute('aria-hidden', 'true');
  const rows = sides(doc, say, finding);
  if (finding.kind === 'date' || finding.kind === 'weekday') {
    rows.append(make(doc, 'dt', '', say('row_anchor')), make(doc, 'dd', '', words.anchorLine(report, say)));
  }
  const quotes = finding.evidence.map((piece) => evidenceItem(doc, say, piece));
  quotes.slice(SHOWN).forEach((quote) => (quote.hidden = true));
  const foot = make(doc, 'footer', '');
  if (quotes.length > SHOWN) {
    const more = button(doc, 'more', words.counted(say, 'card_more', quotes.length - SHOWN), () => {
      for (const quote of quotes) quote.hidden = false;
      more.remove();
      quotes[SHOWN].querySelector('a')?.focus();
      actions.place();
    });
    foot.append(more);
  }
  if (tone === 'contradicted' || tone === 'note') foot.append(button(doc, 'dismiss', say('card_dismiss'), actions.dismiss));
  if (finding.receipt) foot.append(receiptButton(doc, say, JSON.stringify(finding.receipt)));
  foot.append(make(doc, 'code', '', finding.rule));
  return [make(doc, 'h2', tone, sign, words.headline(finding, say)), rows, ...quotes, foot];
}

/** The two lines to compare; of quotations, word by word. @param {Document} doc @param {words.Say} say @param {Finding} finding */
function sides(doc, say, finding) {
  const rows = make(doc, 'dl', 'rows');
  const row = (/** @type {string} */ name, /** @type {(Node | string)[]} */ ...value) =>
    rows.append(make(doc, 'dt', '', name), make(doc, 'dd', '', ...value));
  const other = words.otherSide(finding, say);
  if (finding.kind === 'quote' && finding.expected && finding.verdict !== 'supported') {
    const { here, there } = quoteDiff(finding.value || finding.text, finding.expected);
    row(say('side_page'), ...pieces(doc, here, 'del'));
    row(other, ...pieces(doc, there, 'ins'));
    rows.classList.add('quote');
    return rows;
  }
  const own = words.formatValue(finding.value);
  row(say('side_page'), own || finding.text);
  const sayings = sidesOf(finding);
  // Where sources are split, each side with the number of those that take it.
  if (words.toneOf(finding) === 'note' && sayings.length > 1) {
    row(other, ...sayings.map(([value, count]) => make(doc, 'span', 'side', `${words.formatValue(value)} · ${words.counted(say, 'card_sources', count)}`)));
  } else if (finding.expected) {
    row(other, words.formatValue(finding.expected));
  }
  return rows;
}

/** What the sources say, each value with the number of sources, the commonest first. @param {Finding} finding @returns {[string, number][]} */
function sidesOf(finding) {
  /** @type {Map<string, Set<string>>} */
  const sides = new Map();
  for (const { value, source } of finding.evidence) sides.set(value, (sides.get(value) ?? new Set()).add(source));
  return [...sides].map(([value, sources]) => /** @type {[string, number]} */ ([value, sources.size])).sort((a, b) => b[1] - a[1]);
}

/** @param {Document} doc @param {import('./diff.js').Piece[]} list @param {string} tag  for words that stand on this side only */
function pieces(doc, list, tag) {
  return list.flatMap(({ text, own }, i) => [...(i ? [' '] : []), own ? make(doc, tag, '', text) : text]);
}

/** What the card says once its finding was put aside. @param {Document} doc @param {words.Say} say @param {Actions} actions */
export function putAsideBody(doc, say, actions) {
  const foot = make(doc, 'footer', '', button(doc, 'undo', say('card_undo'), actions.undo));
  return [make(doc, 'h2', '', say('card_dismissed')), make(doc, 'p', 'kind', say('card_dismissed_where')), foot];
}

/** @param {Document} doc @param {words.Say} say @param {string} receipt */
function receiptButton(doc, say, receipt) {
  const copy = button(doc, 'receipt', say('card_receipt'), async () => {
    try {
      await copyText(doc, receipt);
      copy.textContent = say('card_receipt_copied');
    } catch (error) {
      copy.textContent = say('card_receipt_failed');
      copy.title = error instanceof Error ? error.message : String(error);
    }
  });
  copy.setAttribute('aria-live', 'polite');
  return copy;
}

/**
 * By the clipboard's own interface; on pages that may not use it (no https), the browser's
 * copy command is answered with the text, so that no element has to be put into the page.
 * @param {Document} doc @param {string} text
 */
async function copyText(doc, text) {
  const { navigator } = /** @type {Window} */ (doc.defaultView);
  const direct = await navigator.clipboard?.writeText(text).then(
    () => true,
    () => false,
  );
  if (direct) return;
  const answer = (/** @type {ClipboardEvent} */ event) => {
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  doc.addEventListener('copy', answer, { capture: true, once: true });
  const done = doc.execCommand('copy');
  doc.removeEventListener('copy', answer, { capture: true });
  if (!done) throw new Error('the browser does not allow copying here');
}

/** @param {Document} doc @param {words.Say} say @param {import('./types.js').Evidence} piece */
function evidenceItem(doc, say, piece) {
  const item = make(doc, 'figure', '');
  if (piece.sentence) {
    const quote = make(doc, 'blockquote', '', '“');
    quote.lang = 'en';
    for (const { text, strong } of words.emphasise(piece.sentence, piece.value)) {
      quote.append(strong ? make(doc, 'strong', '', text) : text);
    }
    quote.append('”');
    item.append(quote);
  } else {
    item.append(make(doc, 'blockquote', '', words.formatValue(piece.value)));
  }
  item.append(make(doc, 'figcaption', '', sourceLine(doc, say, piece, piece.sentence)));
  return item;
}

/**
 * Title and date of a source, linked to the sentence where the source has a web address.
 * @param {Document} doc @param {words.Say} say
 * @param {{ title: string, published: string | null, url: string | null }} source @param {string} sentence
 */
export function sourceLine(doc, say, source, sentence) {
  const text = [source.title, source.published && words.formatDay(source.published)].filter(Boolean).join(' · ');
  const link = words.evidenceLink(source.url, sentence);
  if (!link) return make(doc, 'span', '', text);
  const a = /** @type {HTMLAnchorElement} */ (make(doc, 'a', '', `${text} ↗`));
  a.href = link;
  a.target = '_blank';
  a.rel = 'noopener noreferrer';
  a.title = say('card_open_source');
  return a;
}
