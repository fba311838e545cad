// @ts-check
// The marks of one page: made from a report, painted, found again under the pointer.
import { createPainter, themeAt } from './paint.js';
import { locate, offsetIn } from './read.js';
import { wants } from './prefs.js';
import { inSlices } from './slices.js';
import { toneOf } from './words.js';

/** @typedef {import('./read.js').Block} Block */
/** @typedef {import('./types.js').Finding} Finding */
/** @typedef {import('./types.js').Mention} Mention */
/** @typedef {import('./types.js').Report} Report */
/** @typedef {import('./prefs.js').Prefs} Prefs */
/**
 * A span of a block that can be pointed at. `range` is null where the page no longer
 * says what was checked; `kind` is null where there is a card but no line of its own.
 * `on` says whether it is painted.
 * @typedef {object} Mark
 * @property {number} block @property {number} start @property {number} end
 * @property {import('./paint.js').MarkKind | null} kind
 * @property {import('./paint.js').Theme} theme
 * @property {StaticRange | null} range
 * @property {boolean} [on]
 * @property {Finding} [finding] @property {Mention} [mention]
 */

/** With more marks than this, quiet ones are painted only near the window. */
const MOST = 1500;

export class Marks {
  #painter;
  /** Paints what comes near the window, where there is too much to paint it all. @type {IntersectionObserver | null} */
  #window = null;
  /** @type {Block[]} */
  #blocks = [];
  /** Marks of each block, in order of their start. @type {Mark[][]} */
  #byBlock = [];
  /** @type {WeakMap<Node, number>} */
  #blockOf = new WeakMap();
  #dropped = false;
  /** The marks that are being made, and the blocks that the page has touched meanwhile. @type {{ blocks: Block[], touched: Set<number> } | null} */
  #making = null;
  #signal;
  /** The mark that was pointed out last. @type {Mark | null} */
  last = null;

  /** @param {Document} doc @param {AbortSignal} signal  takes everything away */
  constructor(doc, signal) {
    this.#painter = createPainter(doc, signal);
    this.#signal = signal;
    signal.addEventListener('abort', () => this.#window?.disconnect(), { once: true });
  }

  all() {
    return this.#byBlock.flat();
  }

  clear() {
    this.#making = null;
    this.#window?.disconnect();
    this.#painter.clear();
    this.#byBlock = [];
    this.#dropped = false;
    this.last = null;
  }

  /** True where these blocks stand in the same nodes as those painted, and all marks are there. @param {Block[]} blocks */
  holds(blocks) {
    if (this.#dropped || blocks.length !== this.#blocks.length || !this.#painter.intact()) return false;
    return blocks.every(({ runs }, i) => {
      const old = this.#blocks[i].runs;
      return runs.length === old.length && runs.every((run, j) => run.node === old[j].node && run.from === old[j].from);
    });
  }

  /**
   * Paints a report over the blocks it is about; false where meanwhile something else is to be painted, or nothing.
   * @param {Block[]} blocks @param {Report} report @param {Prefs} prefs
   */
  async set(blocks, report, prefs) {
    const making = (this.#making = { blocks, touched: new Set() });
    const byBlock = await inSlices(marksOf(blocks, report, prefs), this.#signal);
    if (!byBlock || this.#making !== making) return false;
    this.clear();
    this.#blocks = blocks;
    this.#byBlock = byBlock;
    this.#dropped = making.touched.size > 0;
    for (const index of making.touched) for (const mark of byBlock[index] ?? []) mark.range = null;
    this.#blockOf = new WeakMap();
    blocks.forEach((block, index) => block.runs.forEach((run) => this.#blockOf.set(run.node, index)));
    const marks = this.all();
    const few = marks.length <= MOST;
    for (const mark of marks) if (few || mark.kind === 'contradicted' || mark.kind === 'note') this.#turn(mark, true);
    if (!few) this.#follow();
    return true;
  }

  /** Paints the marks of the blocks that are in the window or a screen away from it, and no others. */
  #follow() {
    /** @type {Map<Element, number[]>} */
    const places = new Map();
    this.#blocks.forEach(({ element }, index) => places.set(element, [...(places.get(element) ?? []), index]));
    this.#window = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          const marks = (places.get(target) ?? []).flatMap((index) => this.#byBlock[index] ?? []);
          for (const mark of marks) if (mark.kind !== 'contradicted' && mark.kind !== 'note') this.#turn(mark, isIntersecting);
        }
      },
      { rootMargin: '100% 0px' },
    );
    for (const element of places.keys()) this.#window.observe(element);
  }

  /** @param {Mark} mark @param {boolean} on */
  #turn(mark, on) {
    if (!mark.kind || !mark.range || !!mark.on === on) return;
    if (on) this.#painter.add(mark.kind, mark.theme, mark.range);
    else this.#painter.remove(mark.kind, mark.theme, mark.range);
    mark.on = on;
  }

  /**
   * Takes away the marks of the blocks that a change can have reached; whether there were any.
   * @param {MutationRecord[]} records
   */
  drop(records) {
    let any = false;
    if (this.#making) for (const index of touchedBlocks(this.#making.blocks, records)) this.#making.touched.add(index);
    for (const index of touchedBlocks(this.#blocks, records)) {
      this.#dropped = true;
      for (const mark of this.#byBlock[index] ?? []) {
        any ||= mark.range !== null;
        this.#turn(mark, false);
        mark.range = null;
      }
    }
    return any;
  }

  /** Paints again what the page has thrown out of the registry. */
  repaint() {
    if (this.#painter.intact()) return;
    for (const mark of this.all()) if (mark.on && mark.kind && mark.range) this.#painter.add(mark.kind, mark.theme, mark.range);
  }

  /** Makes one mark the current one, or none. @param {Mark | null} mark */
  point(mark) {
    const kind = mark?.kind === 'note' ? 'current-note' : 'current';
    this.#painter.current(mark?.range ? { kind, theme: mark.theme, range: mark.range } : null);
    if (mark) this.last = mark;
  }

  /** The most telling mark at a place in the page. @param {Node} node @param {number} offset  UTF-16 code units in the node */
  at(node, offset) {
    const index = this.#blockOf.get(node);
    if (index === undefined) return undefined;
    const place = offsetIn(this.#blocks[index], node, offset);
    const hits = this.#byBlock[index]?.filter((mark) => mark.range && mark.start <= place && place <= mark.end) ?? [];
    return hits.find((mark) => mark.finding) ?? hits.find((mark) => place < mark.end) ?? hits[0];
  }

  /**
   * The next (1) or previous (-1) difference or note, or mention of an entity, around the end.
   * @param {Mark | null} from @param {1 | -1} step @param {string} [entity]
   */
  beside(from, step, entity) {
    const wanted = (/** @type {Mark} */ m) => (entity ? !m.finding && m.mention?.entity === entity : m.kind === 'contradicted' || m.kind === 'note');
    const stops = this.all().filter((m) => m.range && wanted(m));
    const at = from ? stops.indexOf(from) : -1;
    if (at < 0) return stops.at(step > 0 ? 0 : -1);
    return stops[(at + step + stops.length) % stops.length];
  }
}

/** @param {Block[]} blocks @param {import('./types.js').Report} report @param {Prefs} prefs @returns {Generator<void, Mark[][]>} */
function* marksOf(blocks, report, prefs) {
  /** @type {Mark[][]} */
  const byBlock = blocks.map(() => []);
  /** @type {(import('./paint.js').Theme | undefined)[]} */
  const themes = [];
  /** @param {{ block: number, start: number, end: number, text: string }} span @param {Mark['kind']} kind */
  const mark = (span, kind) => {
    const { block: index, start, end, text } = span;
    const block = blocks[index];
    // The core answered about this very text; anything else is not painted.
    const place = block && block.text.slice(start, end) === text ? locate(block, start, end) : null;
    if (!place) return null;
    const theme = (themes[index] ??= themeAt(block.element));
    return { block: index, start, end, kind, theme, range: new StaticRange(place) };
  };
  for (const finding of report.findings) {
    yield;
    const tone = toneOf(finding);
    if (tone === 'unverified' || tone === 'hidden') continue;
    const made = mark(finding, tone === 'supported' && !wants(prefs, 'supported') ? null : tone);
    if (made) byBlock[finding.block].push({ ...made, finding });
  }
  for (const mention of report.mentions) {
    yield;
    if (mention.kind !== 'person' && mention.kind !== 'place' && mention.kind !== 'date') continue;
    const covered = byBlock[mention.block]?.some((m) => m.kind && m.kind !== 'supported' && m.start < mention.end && mention.start < m.end);
    const made = mark(mention, covered || !wants(prefs, mention.kind) ? null : mention.kind);
    if (!made) continue;
    // The card of a finding also says who or when its words are.
    for (const m of byBlock[mention.block]) if (m.finding && m.start < mention.end && mention.start < m.end) m.mention ??= mention;
    byBlock[mention.block].push({ ...made, mention });
  }
  for (const marks of byBlock) marks.sort((a, b) => a.start - b.start || b.end - a.end);
  return byBlock;
}

/**
 * The blocks whose text a change can have reached: of each record's target, the nearest
 * ancestor that is a block's own element; and those that were taken out of the page.
 * @param {Block[]} blocks @param {MutationRecord[]} records
 */
function touchedBlocks(blocks, records) {
  /** @type {Map<Node, number[]>} */
  const owners = new Map();
  blocks.forEach(({ element }, index) => owners.set(element, [...(owners.get(element) ?? []), index]));
  /** @type {Set<number>} */
  const touched = new Set();
  if (records.some(({ removedNodes }) => removedNodes.length)) {
    for (const [element, indexes] of owners) if (!element.isConnected) indexes.forEach((index) => touched.add(index));
  }
  for (const record of records) {
    for (let node = /** @type {Node | null} */ (record.target); node; node = node.parentNode ?? /** @type {ShadowRoot} */ (node).host) {
      const found = owners.get(node);
      if (!found) continue;
      for (const index of found) touched.add(index);
      break;
    }
  }
  return touched;
}
