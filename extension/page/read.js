// @ts-check
// Page → blocks. Reads only; nothing here changes the page.
import { property } from './dom.js';
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
/** How far outside of the page its start puts a text that is not to be seen, in CSS pixels. */
const AWAY = -999;
const tagOf = property(Element, 'tagName');
const textOf = property(Node, 'textContent');
const lastChildOf = property(Node, 'lastChild');
const previousOf = property(Node, 'previousSibling');
const typeOf = property(Node, 'nodeType');
const shadowOf = property(Element, 'shadowRoot');
const { matches } = Element.prototype;
const ANY_SKIPPED = SKIPPED_ATTRIBUTES.map(([selector]) => selector).join();
/** A page is read up to the block that goes beyond this, in UTF-16 code units: what is said of more would be too large to send. */
const REACH = 2_000_000;
/** Why a piece of the page is not read. @typedef {'surroundings' | 'forms' | 'hidden' | 'code' | 'media' | 'beyond'} Skip */
/**
 * Filled while a page is read.
 * @typedef {object} Notes
 * @property {Partial<Record<Skip, number>>} skipped  pieces that are not read, by reason
 * @property {ShadowRoot[]} shadows  open shadow roots that were read
 */

/**
 * The visible text under `root` as blocks, open shadow trees with what is slotted into them.
 * `root` itself is read even where its own attributes would make it skipped (the demo page's
 * editable article). Yields after each node.
 * @param {Element} root @param {Notes} [notes]
 * @returns {Generator<void, Block[]>}
 */
export function* readBlocks(root, notes = { skipped: {}, shadows: [] }) {
  const builder = new BlockBuilder();
  for (let tree = root.getRootNode(); 'host' in tree; tree = /** @type {ShadowRoot} */ (tree).host.getRootNode()) notes.shadows.push(/** @type {ShadowRoot} */ (tree));
  const allText = (root.textContent ?? '').length;
  /** Nodes still to be read, the next one last; with each its block's element, and whether it can be seen. */
  const nodes = /** @type {Node[]} */ ([]);
  const owners = /** @type {Element[]} */ ([]);
  const seen = /** @type {boolean[]} */ ([]);
  /** @param {Node} parent @param {Element} owner @param {boolean} visible */
  const enter = (parent, owner, visible) => {
    for (const child of childrenOf(parent, notes)) {
      nodes.push(child);
      owners.push(owner);
      seen.push(visible);
    }
  };
  enter(root, root, true);
  for (let node = nodes.pop(); node; node = nodes.pop()) {
    yield;
    const owner = /** @type {Element} */ (owners.pop());
    const visible = /** @type {boolean} */ (seen.pop());
    if (typeOf(node) === Node.TEXT_NODE) {
      if (visible) builder.add(owner, /** @type {Text} */ (node));
      continue;
    }
    const element = /** @type {Element} */ (node);
    const kind = kindOf(element, allText);
    if (kind === 'break') builder.lineBreak();
    if (kind === 'block') builder.close();
    if (kind === 'block' || kind === 'inline' || kind === 'invisible') enter(element, kind === 'block' ? element : owner, kind !== 'invisible');
    else if (kind !== 'break' && (textOf(element) ?? '').trim()) notes.skipped[kind] = (notes.skipped[kind] ?? 0) + 1;
  }
  builder.close();
  const kept = withoutTails(builder.blocks);
  if (kept.length < builder.blocks.length) notes.skipped.surroundings = (notes.skipped.surroundings ?? 0) + 1;
  return kept;
}

/**
 * The beginning of a page so long that no reader reads it all; what is left out is noted.
 * @param {Block[]} blocks @param {Notes} notes
 */
export function withinReach(blocks, notes) {
  let length = 0;
  const end = blocks.findIndex(({ text }) => (length += text.length) > REACH) + 1;
  if (!end || end === blocks.length) return blocks;
  notes.skipped.beyond = blocks.length - end;
  return blocks.slice(0, end);
}

/**
 * Elements and texts below a node as they are shown, the last one first.
 * @param {Node} parent @param {Notes} notes @returns {Generator<Node>}
 */
function* childrenOf(parent, notes) {
  const shadowRoot = shadowOf(parent);
  if (shadowRoot) notes.shadows.push(shadowRoot);
  const slotted = /** @type {Element} */ (parent).localName === 'slot' ? /** @type {HTMLSlotElement} */ (parent).assignedNodes() : [];
  if (slotted.length) return yield* slotted.filter((node) => node.nodeType <= Node.TEXT_NODE).reverse();
  for (let child = lastChildOf(shadowRoot ?? parent); child; child = previousOf(child)) {
    if (typeOf(child) === Node.ELEMENT_NODE || typeOf(child) === Node.TEXT_NODE) yield child;
  }
}

/**
 * @param {Element} element
 * @param {number} allText  length of the whole article's text
 * @returns {Skip | 'invisible' | 'block' | 'inline' | 'break'}
 */
function kindOf(element, allText) {
  const tag = tagOf(element).toUpperCase();
  if (tag === 'BR') return 'break';
  // Some sites put a whole page into one form.
  const whole = tag === 'FORM' && (textOf(element) ?? '').length * 2 > allText;
  const skip = (!whole && SKIPPED_TAGS.get(tag)) || skippedByAttribute(element);
  if (skip) return skip;
  if (tag === 'SUP' && element.querySelector('a[href^="#"]')) return 'surroundings';
  const style = getComputedStyle(element);
  if (style.display === 'none' || style.contentVisibility === 'hidden' || isOutOfSight(style)) return 'hidden';
  const inline = style.display.startsWith('inline') || style.display.startsWith('ruby') || style.display === 'contents';
  if (!inline && isSurrounding(element, tag, allText)) return 'surroundings';
  if (style.visibility !== 'visible' || style.fontSize === '0px') return 'invisible';
  return inline ? 'inline' : 'block';
}

/** @param {Element} element @returns {Skip | undefined} */
function skippedByAttribute(element) {
  // One question for nearly all elements, which have none of these.
  if (!matches.call(element, ANY_SKIPPED)) return undefined;
  return SKIPPED_ATTRIBUTES.find(([selector]) => matches.call(element, selector))?.[1];
}

/** Text for screen readers only, as style sheets commonly hide it. @param {CSSStyleDeclaration} style */
function isOutOfSight(style) {
  if (style.position !== 'absolute' && style.position !== 'fixed') return false;
  if (parseFloat(style.left) < AWAY || parseFloat(style.top) < AWAY) return true;
  return (style.clip !== 'auto' && style.clip !== '') || /^inset\((?:50|100)%/.test(style.clipPath);
}

/**
 * Comments, related lists and the like: named so, or a list of nothing but links;
 * but never most of the article, whatever its class says.
 * @param {Element} element @param {string} tag @param {number} allText
 */
function isSurrounding(element, tag, allText) {
  const list = tag === 'UL' || tag === 'OL';
  if (!list && !isNamedSurrounding(element)) return false;
  const text = textOf(element) ?? '';
  if (text.length * 2 > allText || element.querySelector('h1')) return false;
  return !list || isLinkList(element, text);
}

/** @param {Element} element */
function isNamedSurrounding(element) {
  const names = `${element.id} ${element.getAttribute('class') ?? ''}`;
  return names !== ' ' && names.split(/[^A-Za-z]+|(?<=[a-z])(?=[A-Z])/).some((part) => SURROUNDING_PARTS.has(part.toLowerCase()));
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
  /** Whether the open block's text ends with a space. Not asked of the text, which is put together only when it is asked. */
  #spaced = false;

  /** @param {Element} owner @param {Text} node */
  add(owner, node) {
    if (this.#open?.element !== owner) this.close();
    // Asked once: some browsers copy the whole text each time.
    const { data } = node;
    let done = 0;
    for (const gap of data.matchAll(GAPS)) {
      this.#append(owner, node, done, data.slice(done, gap.index));
      if (!INVISIBLE.test(gap[0])) this.#space(node, gap.index);
      done = gap.index + gap[0].length;
    }
    this.#append(owner, node, done, data.slice(done));
  }

  /** Two line breaks in a row separate blocks; one is a space. */
  lineBreak() {
    this.#breaks += 1;
    if (this.#breaks > 1) this.close();
    else if (this.#open && !this.#spaced) {
      this.#open.text += ' ';
      this.#spaced = true;
    }
  }

  close() {
    const block = this.#open;
    this.#open = null;
    this.#breaks = 0;
    if (!block) return;
    block.text = block.text.trimEnd();
    if (block.text) this.blocks.push(block);
  }

  /** @param {Element} owner @param {Text} node @param {number} from @param {string} words  what stands there */
  #append(owner, node, from, words) {
    if (!words) return;
    this.#breaks = 0;
    this.#open ??= { element: owner, text: '', runs: [] };
    const { runs } = this.#open;
    const at = this.#open.text.length;
    const last = runs.at(-1);
    if (last?.node === node && last.from + last.length === from && last.at + last.length === at) last.length += words.length;
    else runs.push({ at, node, from, length: words.length });
    const text = plain(words);
    this.#open.text += text;
    this.#spaced = text.endsWith(' ');
  }

  /** @param {Text} node @param {number} from */
  #space(node, from) {
    const open = this.#open;
    if (!open || this.#spaced) return;
    const last = open.runs.at(-1);
    if (last?.node === node && last.from + last.length === from) last.length += 1;
    else open.runs.push({ at: open.text.length, node, from, length: 1 });
    open.text += ' ';
    this.#spaced = true;
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
    // Of a long text only the words in question.
    const [here, there] = [Math.max(start, at), Math.min(end, at + length)];
    const said = block.text.slice(here, there);
    if (!node.isConnected || plain(node.substringData(from + here - at, there - here)) !== said) return null;
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
