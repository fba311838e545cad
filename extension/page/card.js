// @ts-check
// The card: one element of ours in the page, a closed shadow root, text only.
import { CARD_STYLE } from './card-style.js';
import { boxesOf } from './hover.js';
import * as words from './words.js';

/** @typedef {import('./marks.js').Mark} Mark */
/** @typedef {import('./types.js').Report} Report */
/** @typedef {import('./types.js').Finding} Finding */
/** @typedef {import('./types.js').Mention} Mention */

/** Pieces of evidence shown before “more” is asked for. */
const SHOWN = 2;
/** Gap between mark and card, and between card and window, in CSS pixels. */
const GAP = 8;

/** A card that opens beside a mark. It is in the page only while it is open. */
export class Card {
  #options;
  /** @type {{ host: HTMLElement, panel: HTMLElement } | null} */
  #shell = null;
  /** What had the focus before the card took it. @type {Element | null} */
  #before = null;
  /** The mark whose card is open. @type {Mark | null} */
  mark = null;
  /** True where the reader opened it by key: it does not close by itself. */
  pinned = false;
  /** The event that opened it last, where it was one of the page's. @type {Event | undefined} */
  shownBy;

  /**
   * @param {object} options
   * @param {Document} options.doc @param {words.Say} options.say
   * @param {AbortSignal} options.signal
   * @param {() => void} options.closed
   */
  constructor(options) {
    this.#options = options;
    const { doc, signal } = options;
    const place = () => this.#place();
    doc.addEventListener('keydown', (event) => this.#escaped(event), { capture: true, signal });
    doc.defaultView?.addEventListener('scroll', place, { capture: true, passive: true, signal });
    doc.defaultView?.addEventListener('resize', place, { passive: true, signal });
    signal.addEventListener('abort', () => this.hide(), { once: true });
  }

  /** @param {{ mark: Mark, report: Report, focus: boolean }} what */
  show({ mark, report, focus }) {
    const { doc, say } = this.#options;
    this.#shell ??= createShell(doc);
    const { host, panel } = this.#shell;
    if (focus && doc.activeElement !== host) this.#before = doc.activeElement;
    this.mark = mark;
    this.pinned = focus;
    this.shownBy = doc.defaultView?.event;
    panel.className = `card ${mark.theme}`;
    const hide = () => this.hide();
    panel.replaceChildren(...contents(doc, say, mark, report, hide, () => this.#place()));
    if (!host.isConnected) doc.documentElement.append(host);
    if (!host.matches(':popover-open')) host.showPopover();
    panel.scrollTop = 0;
    this.#place();
    if (focus) panel.focus({ preventScroll: true });
  }

  hide() {
    if (!this.mark || !this.#shell) return;
    const { doc, closed } = this.#options;
    const { host } = this.#shell;
    const had = doc.activeElement === host;
    this.mark = null;
    this.pinned = false;
    host.remove();
    if (had && this.#before instanceof HTMLElement) this.#before.focus({ preventScroll: true });
    this.#before = null;
    closed();
  }

  /** @param {EventTarget | null} target */
  owns(target) {
    return !!this.#shell && target === this.#shell.host;
  }

  /** Under its mark, or over it where there is more room; never out of the window. */
  #place() {
    if (!this.mark || !this.#shell) return;
    const box = this.mark.range ? boxesOf(this.mark.range)[0] : undefined;
    if (!box || box.bottom < 0 || box.top > innerHeight) return this.hide();
    const { panel } = this.#shell;
    panel.style.maxHeight = '';
    const { width, height } = panel.getBoundingClientRect();
    const below = innerHeight - box.bottom - 2 * GAP;
    const above = box.top - 2 * GAP;
    const under = height <= below || below >= above;
    const room = Math.max(under ? below : above, 120);
    panel.style.maxHeight = `${room}px`;
    const top = under ? box.bottom + GAP : Math.max(GAP, box.top - GAP - Math.min(height, room));
    const left = Math.max(GAP, Math.min(box.left, this.#options.doc.documentElement.clientWidth - width - GAP));
    panel.style.top = `${Math.round(top)}px`;
    panel.style.left = `${Math.round(left)}px`;
  }

  /** @param {KeyboardEvent} event */
  #escaped(event) {
    if (event.key !== 'Escape' || !this.mark) return;
    // From inside the card the key is ours; from the page it stays the page's too.
    if (this.owns(this.#options.doc.activeElement)) event.stopPropagation();
    this.hide();
  }
}

/** @param {Document} doc */
function createShell(doc) {
  const host = doc.createElement('countercheck-card');
  host.setAttribute('popover', 'manual');
  const shadow = host.attachShadow({ mode: 'closed' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(CARD_STYLE);
  shadow.adoptedStyleSheets = [sheet];
  const panel = doc.createElement('section');
  panel.setAttribute('role', 'dialog');
  panel.setAttribute('aria-labelledby', 'head');
  panel.setAttribute('lang', 'en');
  panel.setAttribute('dir', 'ltr');
  panel.tabIndex = -1;
  shadow.append(panel);
  return { host, panel };
}

/**
 * An element with text or elements inside; the only way anything gets into the card.
 * @param {Document} doc @param {string} tag @param {string} name  class
 * @param {(Node | string)[]} children
 */
function make(doc, tag, name, ...children) {
  const element = doc.createElement(tag);
  if (name) element.className = name;
  element.append(...children);
  return element;
}

/**
 * @param {Document} doc @param {words.Say} say @param {Mark} mark @param {Report} report
 * @param {() => void} hide @param {() => void} place
 */
function contents(doc, say, mark, report, hide, place) {
  const close = make(doc, 'button', 'close', '×');
  close.setAttribute('aria-label', say('card_close'));
  close.addEventListener('click', hide);
  const body = mark.finding
    ? findingBody(doc, say, mark.finding, report, place)
    : mark.mention
      ? mentionBody(doc, say, mark.mention, report)
      : [];
  body[0]?.setAttribute('id', 'head');
  return [...body, close];
}

/** @param {Document} doc @param {words.Say} say @param {Finding} finding @param {Report} report @param {() => void} place */
function findingBody(doc, say, finding, report, place) {
  const tone = words.toneOf(finding);
  const sign = make(doc, 'span', 'sign', { contradicted: '≠', note: '~', supported: '✓', unverified: '?' }[tone]);
  sign.setAttribute('aria-hidden', 'true');
  const rows = make(doc, 'dl', 'rows');
  const row = (/** @type {string} */ name, /** @type {string} */ value) =>
    rows.append(make(doc, 'dt', '', name), make(doc, 'dd', '', value));
  row(say('side_page'), words.formatValue(finding.value) || finding.text);
  if (finding.expected) row(words.otherSide(finding, say), words.formatValue(finding.expected));
  if (finding.kind === 'date' || finding.kind === 'weekday') row(say('row_anchor'), words.anchorLine(report, say));
  const quotes = finding.evidence.map((piece) => evidenceItem(doc, say, piece));
  quotes.slice(SHOWN).forEach((quote) => (quote.hidden = true));
  const foot = make(doc, 'footer', '');
  if (quotes.length > SHOWN) {
    const more = make(doc, 'button', 'more', words.counted(say, 'card_more', quotes.length - SHOWN));
    more.addEventListener('click', () => {
      for (const quote of quotes) quote.hidden = false;
      more.remove();
      quotes[SHOWN].querySelector('a')?.focus();
      place();
    });
    foot.append(more);
  }
  foot.append(make(doc, 'span', 'kind', words.kindName(finding, say)), make(doc, 'code', '', finding.rule));
  return [make(doc, 'h2', tone, sign, words.headline(finding, say)), rows, ...quotes, foot];
}

/** @param {Document} doc @param {words.Say} say @param {import('./types.js').Evidence} piece */
function evidenceItem(doc, say, piece) {
  const item = make(doc, 'figure', '');
  if (piece.sentence) {
    const quote = make(doc, 'blockquote', '', '“');
    for (const { text, strong } of words.emphasise(piece.sentence, piece.value)) {
      quote.append(strong ? make(doc, 'strong', '', text) : text);
    }
    quote.append('”');
    item.append(quote);
  } else {
    item.append(make(doc, 'blockquote', '', words.formatValue(piece.value)));
  }
  const source = [piece.title, piece.published && words.formatDay(piece.published)].filter(Boolean).join(' · ');
  const link = words.evidenceLink(piece.url, piece.sentence);
  const caption = make(doc, 'figcaption', '');
  if (link) {
    const a = /** @type {HTMLAnchorElement} */ (make(doc, 'a', '', `${source} ↗`));
    a.href = link;
    a.target = '_blank';
    a.rel = 'noopener noreferrer';
    a.title = say('card_open_source');
    caption.append(a);
  } else {
    caption.append(source);
  }
  item.append(caption);
  return item;
}

/** @param {Document} doc @param {words.Say} say @param {Mention} mention @param {Report} report */
function mentionBody(doc, say, mention, report) {
  const kind = make(doc, 'p', 'kind', say(`kind_${mention.kind}`));
  const rows = make(doc, 'dl', 'rows');
  const row = (/** @type {string} */ name, /** @type {string} */ value) =>
    rows.append(make(doc, 'dt', '', name), make(doc, 'dd', '', value));
  if (mention.kind === 'date') {
    const value = mention.value ?? '';
    const shown = value ? words.formatValue(value) : say('date_unresolved');
    if (value) row(say('row_iso'), value);
    row(say('row_anchor'), words.anchorLine(report, say));
    return [make(doc, 'h2', 'date', shown), kind, rows];
  }
  const entity = report.entities.find((e) => e.id === mention.entity);
  if (entity?.roles.length) row(say('row_roles'), entity.roles.join('; '));
  if (entity) row(say('row_count'), words.counted(say, 'mentions', entity.count));
  return [make(doc, 'h2', mention.kind, entity?.name ?? mention.name ?? mention.text), kind, rows];
}
