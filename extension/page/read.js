// @ts-check
// Page → blocks. Reads only; nothing here changes the page.
import { SKIPPED_ATTRIBUTES, SKIPPED_TAGS, SURROUNDING_PARTS, TAIL_HEADING } from './skip.js';

/**
 * A stretch of a block's text that stands in one text node, character by character.
 * All numbers are UTF-16 code units.
 * @typedef {object} Run
 * @property {number} at      where it begins in the block's text
 * @property {Text} node      the text node
 * @property {number} from    where it begins in the node's data
 * @property {number} length  how long it is in both
 */

/**
 * The text of one block-level element, white space collapsed.
 * @typedef {object} Block
 * @property {Element} element
 * @property {string} text
 * @property {Run[]} runs
 */

/** White space as CSS collapses it, or characters that show nothing (soft hyphen, zero width). */
const GAPS = /[ \t\n\r\f]+|[\u00ad\u200b\u2060\ufeff]+/g;
const INVISIBLE = /[\u00ad\u200b\u2060\ufeff]/;
/** A page with less text than this (in code units) is not taken for an article. */
const ARTICLE_MINIMUM = 140;

/**
 * The element that holds the article, or null where there is none.
 * @param {Document} doc
 * @returns {Element | null}
 */
export function findArticle(doc) {
  if (!doc.body) return null;
  const marked = 'article, main, [role="main"], [role="article"], [itemprop="articleBody"]';
  const candidates = [...doc.querySelectorAll(marked)].filter((e) => !e.closest('nav, aside, footer'));
  const weights = new Map(candidates.map((e) => [e, paragraphText(e)]));
  let best = heaviest(weights);
  if (best) {
    // An <article> inside <main> wins if it holds nearly all the text of it.
    const enough = (weights.get(best) ?? 0) * 0.8;
    for (const e of candidates) if (best.contains(e) && (weights.get(e) ?? 0) >= enough) best = e;
  }
  best ??= climb(heaviest(parentsOfParagraphs(doc)));
  best ??= doc.body;
  return (best.textContent ?? '').trim().length >= ARTICLE_MINIMUM ? best : null;
}

/** @param {Map<Element, number>} weights */
function heaviest(weights) {
  /** @type {Element | null} */
  let best = null;
  let most = ARTICLE_MINIMUM;
  for (const [element, weight] of weights) if (weight > most) [best, most] = [element, weight];
  return best;
}

/** Length of the text in paragraphs of `root`. @param {Element} root */
function paragraphText(root) {
  let sum = 0;
  for (const p of root.querySelectorAll('p')) {
    if (!p.closest('nav, aside, footer, form')) sum += (p.textContent ?? '').trim().length;
  }
  return sum;
}

/** For pages without <article>: each paragraph speaks for its parent, and half for the one above. @param {Document} doc */
function parentsOfParagraphs(doc) {
  /** @type {Map<Element, number>} */
  const weights = new Map();
  for (const p of doc.querySelectorAll('p')) {
    const length = (p.textContent ?? '').trim().length;
    if (length < 40 || p.closest('nav, aside, footer, form')) continue;
    const parent = p.parentElement;
    const above = parent?.parentElement;
    if (parent) weights.set(parent, (weights.get(parent) ?? 0) + length);
    if (above && above !== doc.documentElement) weights.set(above, (weights.get(above) ?? 0) + length / 2);
  }
  return weights;
}

/** Goes up while half as much again is gained: steps and sections in boxes of their own. @param {Element | null} element */
function climb(element) {
  for (let above = element?.parentElement; element && above?.parentElement; above = above.parentElement) {
    if (paragraphText(above) > 1.5 * paragraphText(element)) element = above;
  }
  return element;
}

/**
 * The visible text under `root` as blocks. `root` itself is read even where its
 * own attributes would make it skipped (the demo page's editable article).
 * @param {Element} root
 * @returns {Block[]}
 */
export function readBlocks(root) {
  const doc = root.ownerDocument;
  const walker = doc.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  const builder = new BlockBuilder();
  /** Nearest block-level element of each element met. @type {Map<Element, Element>} */
  const owners = new Map([[root, root]]);
  /** Elements with `visibility: hidden`, whose children may be visible again. @type {Set<Element>} */
  const invisible = new Set();
  const allText = (root.textContent ?? '').length;
  let node = walker.nextNode();
  while (node) {
    let descend = true;
    if (node.nodeType === Node.TEXT_NODE) {
      const parent = /** @type {Element} */ (node.parentElement ?? root);
      if (!invisible.has(parent)) builder.add(owners.get(parent) ?? root, /** @type {Text} */ (node));
    } else {
      const element = /** @type {Element} */ (node);
      const kind = kindOf(element, allText);
      descend = kind !== 'skipped';
      if (kind === 'break') builder.lineBreak();
      if (kind === 'block') builder.close();
      const above = owners.get(/** @type {Element} */ (element.parentElement)) ?? root;
      owners.set(element, kind === 'block' ? element : above);
      if (kind === 'invisible') invisible.add(element);
    }
    node = descend ? walker.nextNode() : nextBeside(walker);
  }
  builder.close();
  return withoutTails(builder.blocks);
}

/** The next node that is not inside the current one. @param {TreeWalker} walker */
function nextBeside(walker) {
  do {
    const sibling = walker.nextSibling();
    if (sibling) return sibling;
  } while (walker.parentNode());
  return null;
}

/**
 * @param {Element} element
 * @param {number} allText  length of the whole article's text
 * @returns {'skipped' | 'invisible' | 'block' | 'inline' | 'break'}
 */
function kindOf(element, allText) {
  const tag = element.tagName.toUpperCase();
  if (tag === 'BR') return 'break';
  if (SKIPPED_TAGS.has(tag) || element.matches(SKIPPED_ATTRIBUTES)) return 'skipped';
  if (tag === 'SUP' && element.querySelector('a[href^="#"]')) return 'skipped';
  const style = getComputedStyle(element);
  if (style.display === 'none' || isClippedAway(style)) return 'skipped';
  const inline = style.display.startsWith('inline') || style.display.startsWith('ruby') || style.display === 'contents';
  if (!inline && isSurrounding(element, tag, allText)) return 'skipped';
  if (style.visibility !== 'visible') return 'invisible';
  return inline ? 'inline' : 'block';
}

/** Text for screen readers only, as style sheets commonly hide it. @param {CSSStyleDeclaration} style */
function isClippedAway(style) {
  if (style.position !== 'absolute' && style.position !== 'fixed') return false;
  return (style.clip !== 'auto' && style.clip !== '') || /^inset\((?:50|100)%/.test(style.clipPath);
}

/**
 * Comments, related lists and the like: named so, or a list of nothing but links;
 * but never most of the article, whatever its class says.
 * @param {Element} element @param {string} tag @param {number} allText
 */
function isSurrounding(element, tag, allText) {
  const text = element.textContent ?? '';
  if (text.length * 2 > allText || element.querySelector('h1')) return false;
  if (tag === 'UL' || tag === 'OL') return isLinkList(element, text);
  const names = `${element.id} ${element.getAttribute('class') ?? ''}`;
  if (names === ' ') return false;
  return names.split(/[^A-Za-z]+|(?<=[a-z])(?=[A-Z])/).some((part) => SURROUNDING_PARTS.has(part.toLowerCase()));
}

/** @param {Element} list @param {string} text */
function isLinkList(list, text) {
  if (list.children.length < 3) return false;
  let linked = 0;
  for (const a of list.querySelectorAll('a')) linked += (a.textContent ?? '').trim().length;
  return linked > 0.8 * text.trim().replace(/\s+/g, ' ').length;
}

/**
 * Drops what follows a heading such as “Related articles”: up to the next heading as high,
 * inside what the heading stands in, and never most of the article.
 * @param {Block[]} blocks
 */
function withoutTails(blocks) {
  const length = (/** @type {Block[]} */ some) => some.reduce((sum, { text }) => sum + text.length, 0);
  const half = length(blocks) / 2;
  let kept = blocks;
  for (const heading of blocks) {
    const level = levelOf(heading);
    if (!level || heading.text.length > 60 || !TAIL_HEADING.test(heading.text.replace(/[:.!…\s]+$/, ''))) continue;
    const first = blocks.indexOf(heading);
    const next = blocks.findIndex((block, i) => i > first && levelOf(block) > 0 && levelOf(block) <= level);
    const reach = blocks.slice(first, next < 0 ? undefined : next);
    const scope = scopeOf(heading.element);
    const tail = new Set(reach.filter(({ element }) => scope.contains(element)));
    if (length([...tail]) < half) kept = kept.filter((block) => !tail.has(block));
  }
  return kept;
}

/** 1 to 6 for a heading, 0 for other blocks. @param {Block} block */
function levelOf({ element }) {
  return Number(/^H([1-6])$/.exec(element.tagName)?.[1] ?? 0);
}

/** The nearest element around a heading that holds more than the heading. @param {Element} heading */
function scopeOf(heading) {
  let scope = heading.parentElement ?? heading;
  const own = (heading.textContent ?? '').trim();
  while (scope.parentElement && (scope.textContent ?? '').trim() === own) scope = scope.parentElement;
  return scope;
}

/** Joins text nodes into blocks and remembers where each character stands. */
class BlockBuilder {
  /** @type {Block[]} */
  blocks = [];
  /** @type {Block | null} */
  #open = null;
  #breaks = 0;

  /** @param {Element} owner @param {Text} node */
  add(owner, node) {
    if (this.#open?.element !== owner) this.close();
    const { data } = node;
    let done = 0;
    for (const gap of data.matchAll(GAPS)) {
      this.#append(owner, node, done, gap.index);
      if (!INVISIBLE.test(gap[0])) this.#space(node, gap.index);
      done = gap.index + gap[0].length;
    }
    this.#append(owner, node, done, data.length);
  }

  /** Two line breaks in a row separate blocks; one is a space. */
  lineBreak() {
    this.#breaks += 1;
    if (this.#breaks > 1) this.close();
    else if (this.#open && !this.#open.text.endsWith(' ')) this.#open.text += ' ';
  }

  close() {
    const block = this.#open;
    this.#open = null;
    this.#breaks = 0;
    if (!block) return;
    block.text = block.text.trimEnd();
    if (block.text) this.blocks.push(block);
  }

  /** @param {Element} owner @param {Text} node @param {number} from @param {number} to */
  #append(owner, node, from, to) {
    if (from === to) return;
    this.#breaks = 0;
    this.#open ??= { element: owner, text: '', runs: [] };
    const { runs, text } = this.#open;
    const last = runs.at(-1);
    if (last?.node === node && last.from + last.length === from && last.at + last.length === text.length) {
      last.length += to - from;
    } else {
      runs.push({ at: text.length, node, from, length: to - from });
    }
    this.#open.text += plain(node.data.slice(from, to));
  }

  /** @param {Text} node @param {number} from */
  #space(node, from) {
    const open = this.#open;
    if (!open || open.text.endsWith(' ')) return;
    const last = open.runs.at(-1);
    if (last?.node === node && last.from + last.length === from) last.length += 1;
    else open.runs.push({ at: open.text.length, node, from, length: 1 });
    open.text += ' ';
  }
}

/** No-break spaces read as spaces; the length stays. @param {string} text */
function plain(text) {
  return text.replace(/[\s\u00a0]/g, ' ');
}

/**
 * Where a span of a block stands in the page, if the page still says there what
 * the block says; otherwise null. `end` is exclusive.
 * @param {Block} block @param {number} start @param {number} end
 * @returns {{ startContainer: Text, startOffset: number, endContainer: Text, endOffset: number } | null}
 */
export function locate(block, start, end) {
  if (!(start >= 0 && start < end && end <= block.text.length)) return null;
  const first = runAt(block.runs, start);
  const last = runAt(block.runs, end - 1);
  if (first < 0 || last < 0) return null;
  for (let i = first; i <= last; i += 1) {
    const { at, node, from, length } = block.runs[i];
    if (!node.isConnected || plain(node.data.slice(from, from + length)) !== block.text.slice(at, at + length).padEnd(length)) return null;
  }
  const [a, b] = [block.runs[first], block.runs[last]];
  return {
    startContainer: a.node,
    startOffset: a.from + Math.min(start - a.at, a.length),
    endContainer: b.node,
    endOffset: b.from + Math.min(end - b.at, b.length),
  };
}

/** Index of the last run that begins at or before `offset`. @param {Run[]} runs @param {number} offset */
function runAt(runs, offset) {
  let [low, high] = [0, runs.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (runs[middle].at <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/**
 * The offset in a block's text of a place in one of its text nodes, or -1.
 * @param {Block} block @param {Node} node @param {number} offset
 */
export function offsetIn(block, node, offset) {
  for (const run of block.runs) {
    if (run.node === node && offset >= run.from && offset <= run.from + run.length) return run.at + offset - run.from;
  }
  return -1;
}
