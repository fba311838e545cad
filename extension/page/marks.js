// @ts-check
// The marks of one page: made from a report, painted, found again under the pointer.
import { createPainter, themeAt } from './paint.js';
import { locate, offsetIn } from './read.js';
import { toneOf } from './words.js';

/** @typedef {import('./read.js').Block} Block */
/** @typedef {import('./types.js').Finding} Finding */
/** @typedef {import('./types.js').Mention} Mention */
/** @typedef {import('./types.js').Report} Report */
/**
 * A span of a block that can be pointed at. `range` is null where the page no longer
 * says what was checked; `kind` is null where there is a card but no line of its own.
 * @typedef {object} Mark
 * @property {number} block @property {number} start @property {number} end
 * @property {import('./paint.js').MarkKind | null} kind
 * @property {import('./paint.js').Theme} theme
 * @property {StaticRange | null} range
 * @property {Finding} [finding] @property {Mention} [mention]
 */

export class Marks {
  #painter;
  /** @type {Block[]} */
  #blocks = [];
  /** Marks of each block, in order of their start. @type {Mark[][]} */
  #byBlock = [];
  /** @type {WeakMap<Node, number>} */
  #blockOf = new WeakMap();
  #dropped = false;
  /** The mark that was pointed out last. @type {Mark | null} */
  last = null;

  /** @param {AbortSignal} signal  takes everything away */
  constructor(signal) {
    this.#painter = createPainter(signal);
  }

  all() {
    return this.#byBlock.flat();
  }

  clear() {
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

  /** Paints a report over the blocks it is about. @param {Block[]} blocks @param {Report} report */
  set(blocks, report) {
    this.clear();
    this.#blocks = blocks;
    this.#byBlock = marksOf(blocks, report);
    this.#blockOf = new WeakMap();
    blocks.forEach((block, index) => block.runs.forEach((run) => this.#blockOf.set(run.node, index)));
    for (const mark of this.all()) if (mark.kind && mark.range) this.#painter.add(mark.kind, mark.theme, mark.range);
  }

  /** Takes away the marks of the blocks that a change can have reached. @param {MutationRecord[]} records */
  drop(records) {
    for (const index of touchedBlocks(this.#blocks, records)) {
      this.#dropped = true;
      for (const mark of this.#byBlock[index] ?? []) {
        if (mark.kind && mark.range) this.#painter.remove(mark.kind, mark.theme, mark.range);
        mark.range = null;
      }
    }
  }

  /** Makes one mark the current one, or none. @param {Mark | null} mark */
  point(mark) {
    this.#painter.current(mark?.range ? { theme: mark.theme, range: mark.range } : null);
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

  /** The next (1) or previous (-1) difference or note, around the end. @param {Mark | null} from @param {1 | -1} step */
  beside(from, step) {
    const stops = this.all().filter((m) => m.range && (m.kind === 'contradicted' || m.kind === 'note'));
    const at = from ? stops.indexOf(from) : -1;
    if (at < 0) return stops.at(step > 0 ? 0 : -1);
    return stops[(at + step + stops.length) % stops.length];
  }
}

/** @param {Block[]} blocks @param {import('./types.js').Report} report @returns {Mark[][]} */
function marksOf(blocks, report) {
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
    const tone = toneOf(finding);
    if (tone === 'unverified') continue;
    const made = mark(finding, tone === 'supported' ? null : tone);
    if (made) byBlock[finding.block].push({ ...made, finding });
  }
  for (const mention of report.mentions) {
    if (mention.kind !== 'person' && mention.kind !== 'place' && mention.kind !== 'date') continue;
    const covered = byBlock[mention.block]?.some((m) => m.finding && m.kind && m.start < mention.end && mention.start < m.end);
    const made = mark(mention, covered ? null : mention.kind);
    if (made) byBlock[mention.block].push({ ...made, mention });
  }
  for (const marks of byBlock) marks.sort((a, b) => a.start - b.start || b.end - a.end);
  return byBlock;
}

/**
 * The blocks whose text a change can have reached: of each record's target, the nearest
 * ancestor that is a block's own element.
 * @param {Block[]} blocks @param {MutationRecord[]} records
 */
function touchedBlocks(blocks, records) {
  /** @type {Map<Node, number[]>} */
  const owners = new Map();
  blocks.forEach(({ element }, index) => owners.set(element, [...(owners.get(element) ?? []), index]));
  /** @type {Set<number>} */
  const touched = new Set();
  for (const record of records) {
    for (let node = /** @type {Node | null} */ (record.target); node; node = node.parentNode) {
      const found = owners.get(node);
      if (!found) continue;
      for (const index of found) touched.add(index);
      break;
    }
  }
  return touched;
}
