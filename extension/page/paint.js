// @ts-check
// Spans → marks, by the CSS Custom Highlight API. The page's nodes are not touched.
// The registry belongs to the page as well: only keys with our prefix are written or removed.

import { above } from './dom.js';

/** @typedef {'person' | 'place' | 'date' | 'contradicted' | 'note' | 'supported' | 'current' | 'current-note'} MarkKind */
/** @typedef {'light' | 'dark'} Theme */

const PREFIX = 'countercheck-';
/** Where marks overlap, the more important is on top. @type {Record<MarkKind, number>} */
const PRIORITY = { person: 1, place: 1, date: 1, supported: 2, note: 3, contradicted: 4, current: 5, 'current-note': 5 };

/** True where the browser can paint without touching the page. */
export function canPaint() {
  return typeof CSS !== 'undefined' && 'highlights' in CSS && typeof StaticRange === 'function';
}

/**
 * Owns our keys in the highlight registry of a page, or of a frame of it, until `signal` aborts.
 * @param {Document} doc @param {AbortSignal} signal
 */
export function createPainter(doc, signal) {
  const { CSS, Highlight } = /** @type {Window & typeof globalThis} */ (doc.defaultView);
  /** @type {Map<string, Highlight>} */
  const layers = new Map();

  /** @param {MarkKind} kind @param {Theme} theme */
  const layer = (kind, theme) => {
    const key = `${PREFIX}${kind}-${theme}`;
    let highlight = layers.get(key);
    if (!highlight) {
      highlight = new Highlight();
      highlight.priority = PRIORITY[kind];
      layers.set(key, highlight);
    }
    if (CSS.highlights.get(key) !== highlight) CSS.highlights.set(key, highlight);
    return highlight;
  };

  /** Takes every mark away, and the keys with them. */
  const clear = () => {
    for (const [key, highlight] of layers) {
      highlight.clear();
      CSS.highlights.delete(key);
    }
    layers.clear();
  };

  signal.addEventListener('abort', clear, { once: true });
  return {
    clear,
    /** @param {MarkKind} kind @param {Theme} theme @param {StaticRange} range */
    add(kind, theme, range) {
      if (!signal.aborted) layer(kind, theme).add(range);
    },
    /** @param {MarkKind} kind @param {Theme} theme @param {StaticRange} range */
    remove(kind, theme, range) {
      layers.get(`${PREFIX}${kind}-${theme}`)?.delete(range);
    },
    /** False where the page has thrown keys of ours out of the registry. */
    intact: () => [...layers].every(([key, highlight]) => CSS.highlights.get(key) === highlight),
    /** Marks one span as the current one, or none. @param {{ kind: 'current' | 'current-note', theme: Theme, range: StaticRange } | null} mark */
    current(mark) {
      for (const key of [...layers.keys()].filter((name) => name.startsWith(`${PREFIX}current`))) {
        CSS.highlights.delete(key);
        layers.delete(key);
      }
      if (mark && !signal.aborted) layer(mark.kind, mark.theme).add(mark.range);
    },
  };
}

/**
 * Whether text stands on a dark ground: the nearest opaque background decides;
 * where there is none (an image, the bare canvas), the colour of the text does.
 * @param {Element} element
 * @returns {Theme}
 */
export function themeAt(element) {
  for (let e = /** @type {Element | null} */ (element); e; e = above(e)) {
    const style = getComputedStyle(e);
    if (style.backgroundImage !== 'none') break;
    const ground = parseColour(style.backgroundColor);
    if (ground && ground.alpha > 0.5) return ground.luminance < 0.18 ? 'dark' : 'light';
  }
  const ink = parseColour(getComputedStyle(element).color);
  return ink && ink.luminance > 0.3 ? 'dark' : 'light';
}

/**
 * Relative luminance (WCAG 2) of a computed colour. Computed colours are `rgb(…)`,
 * `rgba(…)` or `color(srgb …)`; others count as unknown.
 * @param {string} text
 */
function parseColour(text) {
  const parts = text.match(/[\d.]+(?:e-?\d+)?/g)?.map(Number);
  if (!parts || parts.length < 3) return null;
  const scale = text.startsWith('rgb') ? 255 : text.startsWith('color(srgb') ? 1 : 0;
  if (!scale) return null;
  const [r, g, b] = parts.map((part) => part / scale).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return { luminance: 0.2126 * r + 0.7152 * g + 0.0722 * b, alpha: parts[3] ?? 1 };
}
