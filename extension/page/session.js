// @ts-check
// One page, from reading to marks: the same in the extension and on the demo page.
import { createCard } from './card.js';
import { watchPointer } from './hover.js';
import { readMeta } from './meta.js';
import { canPaint, createPainter, themeAt } from './paint.js';
import { findArticle, locate, offsetIn, readBlocks } from './read.js';
import { QUIET, watch } from './watch.js';
import { toneOf } from './words.js';

/** @typedef {import('./read.js').Block} Block */
/** @typedef {import('./types.js').Finding} Finding */
/** @typedef {import('./types.js').Mention} Mention */
/** @typedef {import('./types.js').State} State */
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

/** A page without an article is looked at again only after a longer pause, in milliseconds. */
const NO_ARTICLE_QUIET = 1000;

/**
 * Reads the page, asks, paints and follows it until `signal` aborts, which undoes everything.
 * @param {object} options
 * @param {Document} options.doc
 * @param {Element} [options.root]  the article, where it is known
 * @param {() => { title?: string, published?: string, url?: string, lang?: string }} [options.meta]  instead of the page's own
 * @param {(page: import('./types.js').Page) => Promise<import('./types.js').Answer>} options.ask
 * @param {import('./words.js').Say} options.say
 * @param {AbortSignal} options.signal
 * @param {(state: State) => void} [options.changed]
 */
export function startSession({ doc, root: given, meta, ask, say, signal, changed = () => {} }) {
  /** @type {State} */
  let state = { status: 'reading', report: null, sources: 0 };
  /** @type {Block[]} */
  let blocks = [];
  /** What the last answer was asked for. */
  let asked = '';
  let turn = 0;
  /** @type {Element | null} */
  let root = null;
  let watching = new AbortController();
  const marks = createMarks(signal);
  const card = createCard({ doc, say, signal, closed: () => marks.point(null) });

  /** @param {Partial<State>} change */
  const set = (change) => {
    state = { ...state, ...change };
    changed(state);
  };

  const follow = () => {
    watching.abort();
    watching = new AbortController();
    const target = root ?? doc.body ?? doc.documentElement;
    watch({
      root: target,
      quiet: root ? QUIET : NO_ARTICLE_QUIET,
      touched: (records) => {
        for (const index of touchedBlocks(blocks, records)) marks.drop(index);
        if (card.mark && !card.mark.range) card.hide();
      },
      settled: () => void read(),
      signal: AbortSignal.any([signal, watching.signal]),
    });
  };

  const read = async () => {
    if (signal.aborted) return;
    const found = given ?? findArticle(doc);
    if (found !== root || !state.report) {
      root = found;
      follow();
    }
    blocks = root ? readBlocks(root) : [];
    if (!root || !blocks.length) {
      asked = '';
      turn += 1;
      marks.clear();
      return set({ status: 'no-article', report: null });
    }
    const page = { ...readMeta(doc, root), ...meta?.(), blocks: blocks.map((block) => block.text) };
    const question = JSON.stringify(page);
    if (question === asked && state.report) return marks.set(blocks, state.report);
    asked = question;
    const mine = (turn += 1);
    const answer = await ask(page).catch((error) => ({ error: String(error?.message ?? error) }));
    // A later reading has been sent meanwhile, or all is off: this answer is about old text.
    if (signal.aborted || mine !== turn) return;
    if ('error' in answer) {
      asked = '';
      marks.clear();
      return set({ status: 'error', detail: answer.error, report: null });
    }
    card.hide();
    marks.set(blocks, answer.report);
    set({ status: answer.report.status, detail: undefined, report: answer.report, sources: answer.sources });
  };

  /** @param {Mark | undefined} mark @param {{ focus: boolean }} how */
  const open = (mark, { focus }) => {
    if (!mark?.range || !state.report) return false;
    marks.point(mark.finding && toneOf(mark.finding) !== 'supported' ? mark : null);
    card.show({ mark, block: blocks[mark.block], report: state.report, theme: mark.theme, focus });
    return true;
  };

  const api = {
    get state() {
      return state;
    },
    /** Reads the page again, also where nothing was seen to change. */
    read: () => read(),
    /** Goes to a finding by its place in the report and opens its card. @param {number} index */
    jump(index) {
      const finding = state.report?.findings[index];
      const mark = marks.all().find((m) => m.finding === finding);
      if (!finding || !mark?.range) return false;
      reveal(mark.range);
      return open(mark, { focus: true });
    },
    /** Goes to the next (1) or previous (-1) difference or note, around the end. @param {1 | -1} step */
    step(step) {
      const stops = marks.all().filter((m) => m.range && (m.kind === 'contradicted' || m.kind === 'note'));
      if (!stops.length) return false;
      const at = card.mark ? stops.indexOf(card.mark) : marks.last ? stops.indexOf(marks.last) : -1;
      const next = at < 0 ? (step > 0 ? 0 : stops.length - 1) : (at + step + stops.length) % stops.length;
      reveal(/** @type {StaticRange} */ (stops[next].range));
      return open(stops[next], { focus: true });
    },
  };
  if (!canPaint()) {
    set({ status: 'unsupported' });
    return api;
  }
  watchPointer({ doc, card, markAt: (node, offset) => marks.at(blocks, node, offset), open, signal });
  void read();
  return api;
}

/** The marks of the page and where they are painted. @param {AbortSignal} signal */
function createMarks(signal) {
  const painter = createPainter(signal);
  /** Marks of each block, in order of their start. @type {Mark[][]} */
  let byBlock = [];
  /** @type {WeakMap<Node, number>} */
  let blockOf = new WeakMap();
  /** @type {Mark | null} */
  let last = null;

  return {
    /** The mark that was pointed out last. */
    get last() {
      return last;
    },
    all: () => byBlock.flat(),
    clear() {
      painter.clear();
      byBlock = [];
      last = null;
    },
    /** @param {Block[]} blocks @param {import('./types.js').Report} report */
    set(blocks, report) {
      painter.clear();
      last = null;
      byBlock = marksOf(blocks, report);
      blockOf = new WeakMap();
      blocks.forEach((block, index) => block.runs.forEach((run) => blockOf.set(run.node, index)));
      for (const mark of byBlock.flat()) if (mark.kind && mark.range) painter.add(mark.kind, mark.theme, mark.range);
    },
    /** Takes the marks of one block away: its text changed. @param {number} index */
    drop(index) {
      for (const mark of byBlock[index] ?? []) {
        if (mark.kind && mark.range) painter.remove(mark.kind, mark.theme, mark.range);
        mark.range = null;
      }
    },
    /** @param {Mark | null} mark */
    point(mark) {
      painter.current(mark?.range ? { theme: mark.theme, range: mark.range } : null);
      if (mark) last = mark;
    },
    /** The most telling mark at a place in the page. @param {Block[]} blocks @param {Node} node @param {number} offset */
    at(blocks, node, offset) {
      const index = blockOf.get(node);
      if (index === undefined || !blocks[index]) return undefined;
      const place = offsetIn(blocks[index], node, offset);
      const hits = byBlock[index]?.filter((mark) => mark.range && mark.start <= place && place <= mark.end) ?? [];
      return hits.find((mark) => mark.finding) ?? hits.find((mark) => place < mark.end) ?? hits[0];
    },
  };
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

/** Scrolls a span into view if it is not; only ever asked for by the reader. @param {StaticRange} range */
function reveal(range) {
  const live = new Range();
  live.setStart(range.startContainer, range.startOffset);
  live.setEnd(range.endContainer, range.endOffset);
  const box = live.getBoundingClientRect();
  if (box.top >= 60 && box.bottom <= innerHeight - 60) return;
  range.startContainer.parentElement?.scrollIntoView({ block: 'center', behavior: 'instant' });
}
