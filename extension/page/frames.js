// @ts-check
// Frames of a page: those of its own site can be read, the others are only named.
import { findArticle } from './article.js';

/** A smaller frame holds no article, in CSS pixels. */
const LEAST = { width: 240, height: 160 };

/** @param {Document} doc @returns {{ open: Document[], closed: string[] }} documents of the own site; hosts of the others */
export function framesOf(doc) {
  const [open, closed] = [/** @type {Document[]} */ ([]), /** @type {string[]} */ ([])];
  for (const frame of doc.querySelectorAll('iframe, frame')) {
    const { width, height } = frame.getBoundingClientRect();
    if (width < LEAST.width || height < LEAST.height) continue;
    const inside = documentIn(/** @type {HTMLIFrameElement} */ (frame));
    if (inside) open.push(inside);
    else {
      const host = hostOf(frame.getAttribute('src') ?? '', doc.baseURI);
      if (host && !closed.includes(host)) closed.push(host);
    }
  }
  return { open, closed };
}

/**
 * The document that holds the article: the page's own, unless a frame of its site has twice the text.
 * @param {Document} doc @returns {Generator<void, Document>}
 */
export function* articleDocument(doc) {
  const inner = framesOf(doc).open;
  if (!inner.length) return doc;
  let [best, most] = [doc, 2 * (yield* findArticle(doc)).weight];
  for (const inside of inner) {
    const { element, weight } = yield* findArticle(inside);
    if (element && weight > most) [best, most] = [inside, weight];
  }
  return best;
}

/** @param {HTMLIFrameElement} frame */
function documentIn(frame) {
  try {
    return frame.contentDocument?.body ? frame.contentDocument : null;
  } catch {
    return null; // Another site's.
  }
}

/** @param {string} src @param {string} base */
function hostOf(src, base) {
  try {
    const { protocol, host } = new URL(src, base);
    return /^https?:$/.test(protocol) ? host : '';
  } catch {
    return '';
  }
}
