// @ts-check
// Pointing at a mark. Listens only; no event of the page is stopped or changed.

/** @typedef {import('./marks.js').Mark} Mark */

/** Rest before a card opens, and before it closes once the pointer has left, in milliseconds. */
const OPEN_AFTER = 180;
const CLOSE_AFTER = 350;

export class Pointer {
  #options;
  #opening = 0;
  #closing = 0;
  #frame = 0;
  /** @type {Mark | undefined} */
  #under;

  /**
   * @param {object} options
   * @param {Document} options.doc
   * @param {import('./card.js').Card} options.card
   * @param {(node: Node, offset: number) => Mark | undefined} options.markAt
   * @param {() => ShadowRoot[]} options.shadows  open shadow trees that are read
   * @param {(mark: Mark) => boolean} options.open
   * @param {AbortSignal} options.signal
   */
  constructor(options) {
    this.#options = options;
    const { doc, signal } = options;
    const passive = { passive: true, signal };
    doc.addEventListener('pointermove', (event) => this.#moved(event), passive);
    doc.addEventListener('click', (event) => this.#clicked(event), passive);
    signal.addEventListener('abort', () => this.#forget(), { once: true });
  }

  /** @param {PointerEvent} event */
  #moved(event) {
    if (event.pointerType !== 'mouse' || event.buttons) return;
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => this.#look(event));
  }

  /** @param {PointerEvent} event */
  #look(event) {
    const { card, open, signal } = this.#options;
    if (signal.aborted) return;
    if (card.owns(event.target)) return this.#keep();
    const mark = this.#hit(event.clientX, event.clientY);
    if (!mark) this.#leave();
    else if (mark === card.mark) this.#keep();
    if (mark === this.#under) return;
    this.#under = mark;
    clearTimeout(this.#opening);
    if (!mark || mark === card.mark || card.pinned) return;
    this.#opening = window.setTimeout(() => {
      this.#keep();
      open(mark);
    }, OPEN_AFTER);
  }

  /** A tap or click opens at once, unless it follows a link or ends a selection. @param {MouseEvent} event */
  #clicked(event) {
    const { doc, card, open } = this.#options;
    if (card.owns(event.target)) return;
    clearTimeout(this.#opening);
    const mark = this.#hit(event.clientX, event.clientY);
    const taken = /** @type {Element | null} */ (event.composedPath()[0])?.closest?.('a[href], button');
    // A button of the demo's panel may have opened the card with this very click.
    if (event === card.shownBy) return;
    if (!mark) card.hide();
    else if (!taken && !event.defaultPrevented && doc.getSelection()?.type !== 'Range') open(mark);
  }

  /** The pointer is on the card or its mark: it stays. */
  #keep() {
    clearTimeout(this.#closing);
    this.#closing = 0;
  }

  /** Opened by key, a card stays until it is dismissed or another opens. */
  #leave() {
    const { card } = this.#options;
    if (!card.mark || card.pinned || this.#closing) return;
    this.#closing = window.setTimeout(() => {
      this.#closing = 0;
      card.hide();
    }, CLOSE_AFTER);
  }

  /** @param {number} x @param {number} y */
  #hit(x, y) {
    const { doc, markAt, shadows } = this.#options;
    const caret = doc.caretPositionFromPoint(x, y, { shadowRoots: shadows() });
    const mark = caret ? markAt(caret.offsetNode, caret.offset) : undefined;
    return mark?.range && boxesOf(mark.range).some((box) => holds(box, x, y)) ? mark : undefined;
  }

  #forget() {
    clearTimeout(this.#opening);
    clearTimeout(this.#closing);
    cancelAnimationFrame(this.#frame);
  }
}

/** The boxes of a span on screen. @param {StaticRange} range */
export function boxesOf(range) {
  const live = new Range();
  live.setStart(range.startContainer, range.startOffset);
  live.setEnd(range.endContainer, range.endOffset);
  return [...live.getClientRects()];
}

/** @param {DOMRect} box @param {number} x @param {number} y */
function holds(box, x, y) {
  return x >= box.left - 1 && x <= box.right + 1 && y >= box.top - 2 && y <= box.bottom + 4;
}
