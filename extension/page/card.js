// @ts-check
// The card: one element of ours in the page, a closed shadow root, text only.
import { CARD_STYLE } from './card-style.js';
import { findingBody, putAsideBody } from './card-finding.js';
import { mentionBody } from './card-mention.js';
import { button } from './dom.js';
import { boxesOf } from './hover.js';

/** @typedef {import('./marks.js').Mark} Mark */
/** @typedef {import('./types.js').Report} Report */
/** Where the focus goes: nowhere, to the card, or to what has this class in it. @typedef {boolean | string} Focus */
/**
 * What the reader can do in a card; the session does it.
 * @typedef {object} Actions
 * @property {() => void} hide
 * @property {() => void} place  the card has another height
 * @property {() => void} dismiss  the finding is no difference
 * @property {() => void} undo
 * @property {(day: string | null) => void} anchor  counts relative dates from this ISO day; null for the page's own
 * @property {(by: 1 | -1) => void} step  to another mention of the mark's entity
 * @property {() => Promise<import('./types.js').Said[]>} about  what the sources call the mark's person
 */

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

  /** True while the card says that its finding was put aside: new marks do not close it. */
  aside = false;

  /**
   * @param {object} options
   * @param {Document} options.doc @param {import('./words.js').Say} options.say
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

  /** @param {{ mark: Mark, report: Report, focus: Focus, actions: Omit<Actions, 'hide' | 'place'>, aside?: boolean, pinned?: boolean }} what */
  show({ mark, report, focus, actions, aside = false, pinned = false }) {
    const { doc, say } = this.#options;
    this.#shell ??= createShell(doc, say);
    const { host, panel } = this.#shell;
    const refocus = doc.activeElement === host;
    if (focus && doc.activeElement !== host) this.#before = doc.activeElement;
    this.mark = mark;
    this.pinned = pinned || !!focus || refocus;
    this.aside = aside;
    this.shownBy = doc.defaultView?.event;
    panel.className = `card ${mark.theme}`;
    const all = { ...actions, hide: () => this.hide(), place: () => this.#place() };
    panel.replaceChildren(...contents(doc, say, mark, report, all, aside));
    if (!host.isConnected) doc.documentElement.append(host);
    if (!host.matches(':popover-open')) host.showPopover();
    panel.scrollTop = 0;
    this.#place();
    const wanted = typeof focus === 'string' ? /** @type {HTMLElement | null} */ (panel.querySelector(`.${focus}`)) : null;
    if (focus || refocus) (wanted ?? panel).focus({ preventScroll: true });
  }

  hide() {
    if (!this.mark || !this.#shell) return;
    const { doc, closed } = this.#options;
    const { host } = this.#shell;
    const had = doc.activeElement === host;
    this.mark = null;
    this.pinned = this.aside = false;
    host.remove();
    const before = /** @type {HTMLElement | null} */ (this.#before);
    if (had && before?.isConnected) before.focus?.({ preventScroll: true });
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
    const { innerHeight } = /** @type {Window} */ (this.#options.doc.defaultView);
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

/** @param {Document} doc @param {import('./words.js').Say} say */
function createShell(doc, say) {
  const host = doc.createElement('countercheck-card');
  host.setAttribute('popover', 'manual');
  const shadow = host.attachShadow({ mode: 'closed' });
  dress(doc, shadow);
  const panel = doc.createElement('section');
  panel.setAttribute('role', 'dialog');
  panel.setAttribute('aria-labelledby', 'head');
  panel.setAttribute('lang', say('locale') || 'en');
  panel.setAttribute('dir', say('@@bidi_dir') || 'ltr');
  panel.tabIndex = -1;
  shadow.append(panel);
  return { host, panel };
}

/** @param {Document} doc @param {ShadowRoot} shadow */
function dress(doc, shadow) {
  try {
    const { CSSStyleSheet } = /** @type {Window & typeof globalThis} */ (doc.defaultView);
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(CARD_STYLE);
    shadow.adoptedStyleSheets = [sheet];
  } catch {
    // Firefox 140 keeps the list of sheets from content scripts. A style element of theirs is free of the page's policy.
    const style = doc.createElementNS('http://www.w3.org/1999/xhtml', 'style');
    style.textContent = CARD_STYLE;
    shadow.append(style);
  }
}

/**
 * @param {Document} doc @param {import('./words.js').Say} say @param {Mark} mark @param {Report} report
 * @param {Actions} actions @param {boolean} aside
 */
function contents(doc, say, mark, report, actions, aside) {
  const close = button(doc, 'close', '×', actions.hide);
  close.setAttribute('aria-label', say('card_close'));
  const body = [];
  if (mark.finding && aside) body.push(...putAsideBody(doc, say, actions));
  else if (mark.finding) body.push(...findingBody(doc, say, mark.finding, report, actions));
  if (mark.mention && !aside) body.push(...mentionBody(doc, say, mark.mention, report, actions));
  body[0]?.setAttribute('id', 'head');
  return [...body, close];
}
