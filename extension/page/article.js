// @ts-check
// Which element of a page holds the article.
import { above } from './dom.js';

/** A page with less text than this (in code units) is not taken for an article. */
const ARTICLE_MINIMUM = 140;

/**
 * The element that holds the article, or null where there is none; and the length of the text
 * in its paragraphs, in UTF-16 code units. Yields where it may pause.
 * @param {Document} doc
 * @returns {Generator<void, { element: Element | null, weight: number }>}
 */
export function* findArticle(doc) {
  if (!doc.body) return { element: null, weight: 0 };
  const trees = yield* treesOf(doc);
  const all = (/** @type {string} */ selector) => trees.flatMap((tree) => [...tree.querySelectorAll(selector)]);
  const paragraphs = paragraphsOf(all('p'));
  const marked = 'article, main, [role="main"], [role="article"], [itemprop="articleBody"]';
  const candidates = all(marked).filter((e) => !e.closest('nav, aside, footer'));
  const weights = yield* weightsOf(candidates, paragraphs);
  let best = heaviest(weights);
  if (best) {
    // An <article> inside <main> wins if it holds nearly all the text of it.
    const enough = (weights.get(best) ?? 0) * 0.8;
    for (const e of candidates) if (holds(best, e) && (weights.get(e) ?? 0) >= enough) best = e;
  }
  best ??= yield* climb(heaviest(parentsOf(paragraphs)), paragraphs);
  best ??= doc.body;
  const weight = (yield* weightsOf([best], paragraphs)).get(best) ?? 0;
  const enough = Math.max(weight, (best.textContent ?? '').trim().length) >= ARTICLE_MINIMUM;
  return { element: enough ? best : null, weight };
}

/** The paragraphs of the story: not those of forms, unless all the page is in one. @param {Element[]} all */
function paragraphsOf(all) {
  const paragraphs = all.filter((p) => !p.closest('nav, aside, footer'));
  const free = paragraphs.filter((p) => !p.closest('form'));
  const length = (/** @type {Element[]} */ some) => some.reduce((sum, p) => sum + (p.textContent ?? '').length, 0);
  return length(free) * 2 > length(paragraphs) ? free : paragraphs;
}

/** The document and the open shadow trees in it. @param {Document} doc @returns {Generator<void, (Document | ShadowRoot)[]>} */
function* treesOf(doc) {
  /** @type {(Document | ShadowRoot)[]} */
  const trees = [doc];
  for (const tree of trees) {
    for (const { shadowRoot } of tree.querySelectorAll('*')) if (shadowRoot) trees.push(shadowRoot);
    yield;
  }
  return trees;
}

/** Length of the text in the paragraphs of each element. @param {Element[]} elements @param {Element[]} paragraphs @returns {Generator<void, Map<Element, number>>} */
function* weightsOf(elements, paragraphs) {
  const weights = new Map(elements.map((element) => [element, 0]));
  for (const p of paragraphs) {
    yield;
    const length = (p.textContent ?? '').trim().length;
    for (let e = /** @type {Element | null} */ (p); e; e = above(e)) {
      const sum = weights.get(e);
      if (sum !== undefined) weights.set(e, sum + length);
    }
  }
  return weights;
}

/** Whether one element is in the other, in a shadow tree or not. @param {Element} outer @param {Element} inner */
function holds(outer, inner) {
  for (let e = /** @type {Element | null} */ (inner); e; e = above(e)) if (e === outer) return true;
  return false;
}

/** @param {Map<Element, number>} weights */
function heaviest(weights) {
  /** @type {Element | null} */
  let best = null;
  let most = ARTICLE_MINIMUM;
  for (const [element, weight] of weights) if (weight > most) [best, most] = [element, weight];
  return best;
}

/** For pages without <article>: each paragraph speaks for its parent, and half for the one above. @param {Element[]} paragraphs */
function parentsOf(paragraphs) {
  /** @type {Map<Element, number>} */
  const weights = new Map();
  for (const p of paragraphs) {
    const length = (p.textContent ?? '').trim().length;
    if (length < 40) continue;
    const parent = above(p);
    const higher = parent && above(parent);
    if (parent) weights.set(parent, (weights.get(parent) ?? 0) + length);
    if (higher?.parentElement) weights.set(higher, (weights.get(higher) ?? 0) + length / 2);
  }
  return weights;
}

/**
 * Goes up while half as much again is gained: steps and sections in boxes of their own.
 * @param {Element | null} element @param {Element[]} paragraphs @returns {Generator<void, Element | null>}
 */
function* climb(element, paragraphs) {
  /** @type {Element[]} */
  const line = [];
  for (let e = element; e?.parentElement; e = above(e)) line.push(e);
  const weights = yield* weightsOf(line, paragraphs);
  for (const higher of line.slice(1)) {
    if (element && (weights.get(higher) ?? 0) > 1.5 * (weights.get(element) ?? 0)) element = higher;
  }
  return element;
}
