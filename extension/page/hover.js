// @ts-check
// Pointing at a mark. Listens only; no event of the page is stopped or changed.

/** @typedef {import('./session.js').Mark} Mark */

/** Rest before a card opens, and before it closes once the pointer has left, in milliseconds. */
const OPEN_AFTER = 180;
const CLOSE_AFTER = 350;

/**
 * @param {object} options
 * @param {Document} options.doc
 * @param {ReturnType<typeof import('./card.js').createCard>} options.card
 * @param {(node: Node, offset: number) => Mark | undefined} options.markAt
 * @param {(mark: Mark, how: { focus: boolean }) => boolean} options.open
 * @param {AbortSignal} options.signal
 */
export function watchPointer({ doc, card, markAt, open, signal }) {
  let opening = 0;
  let closing = 0;
  let frame = 0;
  /** @type {Mark | undefined} */
  let under;

  /** @param {number} x @param {number} y */
  const hit = (x, y) => {
    const caret = doc.caretPositionFromPoint(x, y);
    const mark = caret ? markAt(caret.offsetNode, caret.offset) : undefined;
    return mark?.range && boxesOf(mark.range).some((box) => holds(box, x, y)) ? mark : undefined;
  };
  const keep = () => {
    clearTimeout(closing);
    closing = 0;
  };
  const leave = () => {
    // Opened by key or click, it stays until it is dismissed or another opens.
    if (!card.mark || card.pinned || closing) return;
    closing = Number(setTimeout(() => card.hide(), CLOSE_AFTER));
  };
  /** @param {PointerEvent} event */
  const look = (event) => {
    if (signal.aborted) return;
    if (card.owns(event.target)) return keep();
    const mark = hit(event.clientX, event.clientY);
    if (mark && mark === card.mark) keep();
    else if (!mark) leave();
    if (mark === under) return;
    under = mark;
    clearTimeout(opening);
    if (!mark || mark === card.mark) return;
    opening = Number(
      setTimeout(() => {
        keep();
        if (!card.pinned) open(mark, { focus: false });
      }, OPEN_AFTER),
    );
  };

  const passive = { passive: true, signal };
  doc.addEventListener(
    'pointermove',
    (event) => {
      if (event.pointerType !== 'mouse' || event.buttons) return;
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => look(event));
    },
    passive,
  );
  // A tap or click opens at once, unless it follows a link or ends a selection.
  doc.addEventListener(
    'click',
    (event) => {
      if (card.owns(event.target)) return;
      clearTimeout(opening);
      const mark = hit(event.clientX, event.clientY);
      const target = /** @type {Element | null} */ (event.target instanceof Element ? event.target : null);
      const busy = target?.closest('a[href], button') || doc.getSelection()?.type === 'Range';
      if (mark && !busy && !event.defaultPrevented) open(mark, { focus: false });
      else if (!mark) card.hide();
    },
    passive,
  );
  const forget = () => {
    clearTimeout(opening);
    clearTimeout(closing);
    cancelAnimationFrame(frame);
  };
  signal.addEventListener('abort', forget, { once: true });
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
