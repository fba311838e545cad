// @ts-check
// One page, from reading to marks: the same in the extension and on the demo page.
import { Card } from './card.js';
import { Pointer } from './hover.js';
import { Marks } from './marks.js';
import { readMeta } from './meta.js';
import { canPaint } from './paint.js';
import { findArticle, readBlocks } from './read.js';
import { QUIET, watch } from './watch.js';
import { toneOf } from './words.js';

/** @typedef {import('./marks.js').Mark} Mark */
/** @typedef {import('./types.js').State} State */
/**
 * @typedef {object} Options
 * @property {Document} doc
 * @property {Element} [root]  the article, where it is known
 * @property {() => Partial<import('./types.js').Page>} [meta]  what is known better than the page says it
 * @property {(page: import('./types.js').Page) => Promise<import('./types.js').Answer>} ask
 * @property {import('./words.js').Say} say
 * @property {AbortSignal} signal  undoes everything
 * @property {(state: State) => void} [changed]
 */

/** A page without an article is looked at again only after a longer pause, in milliseconds. */
const NO_ARTICLE_QUIET = 1000;

/** Reads the page, asks, paints and follows it until its signal aborts. */
export class Session {
  /** @type {State} */
  state = { status: 'reading', report: null, sources: 0 };
  #options;
  #marks;
  #card;
  /** @type {Element | null} */
  #root = null;
  /** What the last answer was asked for. */
  #asked = '';
  /** Counts the readings, so that a late answer about old text is known. */
  #turn = 0;
  #watching = new AbortController();

  /** @param {Options} options */
  constructor(options) {
    this.#options = options;
    const { doc, say, signal } = options;
    this.#marks = new Marks(signal);
    this.#card = new Card({ doc, say, signal, closed: () => this.#marks.point(null) });
    if (!canPaint()) return this.#set({ status: 'unsupported' }), this;
    const open = (/** @type {Mark} */ mark) => this.#open(mark, { focus: false });
    new Pointer({ doc, card: this.#card, markAt: (node, offset) => this.#marks.at(node, offset), open, signal });
    void this.read();
  }

  /** Reads the page; asks only if it says something else than at the last time. */
  async read() {
    const { doc, root, meta, ask, signal } = this.#options;
    if (signal.aborted) return;
    const found = root ?? findArticle(doc);
    if (found !== this.#root || !this.state.report) this.#follow(found);
    const blocks = found ? readBlocks(found) : [];
    if (!found || !blocks.length) return this.#nothing({ status: found ? 'empty' : 'no-article' });
    const page = { ...readMeta(doc, found), ...meta?.(), blocks: blocks.map((block) => block.text) };
    const question = JSON.stringify(page);
    if (question === this.#asked) {
      // The same words, perhaps in other nodes. Without a report the answer is still on its way.
      if (this.state.report && !this.#marks.holds(blocks)) this.#paint(blocks, this.state.report);
      return;
    }
    this.#asked = question;
    this.#turn += 1;
    const turn = this.#turn;
    const answer = await ask(page).catch((error) => ({ error: String(error?.message ?? error) }));
    if (signal.aborted || turn !== this.#turn) return;
    if ('error' in answer) return this.#nothing({ status: 'error', detail: answer.error });
    const { report, sources } = answer;
    this.#paint(blocks, report);
    this.#set({ status: report.status, detail: undefined, report, sources });
  }

  /** Goes to a finding and opens its card. @param {number} index  its place in the report */
  jump(index) {
    const finding = this.state.report?.findings[index];
    return !!finding && this.#visit(this.#marks.all().find((mark) => mark.finding === finding));
  }

  /** Goes to the next (1) or previous (-1) difference or note, around the end. @param {1 | -1} by */
  step(by) {
    return this.#visit(this.#marks.beside(this.#card.mark ?? this.#marks.last, by));
  }

  /** @param {Partial<State>} change */
  #set(change) {
    this.state = { ...this.state, ...change };
    this.#options.changed?.(this.state);
  }

  /** @param {Partial<State>} change */
  #nothing(change) {
    this.#asked = '';
    this.#turn += 1;
    this.#card.hide();
    this.#marks.clear();
    this.#set({ detail: undefined, report: null, ...change });
  }

  /** @param {import('./read.js').Block[]} blocks @param {import('./types.js').Report} report */
  #paint(blocks, report) {
    this.#card.hide();
    this.#marks.set(blocks, report);
  }

  /** @param {Element | null} root */
  #follow(root) {
    const { doc, signal } = this.#options;
    this.#root = root;
    this.#watching.abort();
    this.#watching = new AbortController();
    watch({
      root: root ?? doc.body ?? doc.documentElement,
      quiet: root ? QUIET : NO_ARTICLE_QUIET,
      touched: (records) => {
        this.#marks.drop(records);
        if (this.#card.mark && !this.#card.mark.range) this.#card.hide();
      },
      settled: () => void this.read(),
      signal: AbortSignal.any([signal, this.#watching.signal]),
    });
  }

  /** @param {Mark} mark @param {{ focus: boolean }} how */
  #open(mark, { focus }) {
    const { report } = this.state;
    if (!mark.range || !report) return false;
    this.#marks.point(mark.finding && toneOf(mark.finding) !== 'supported' ? mark : null);
    this.#card.show({ mark, report, focus });
    return true;
  }

  /** Scrolls to a mark if it is out of view: only ever asked for by the reader. @param {Mark | undefined} mark */
  #visit(mark) {
    if (!mark?.range) return false;
    const live = new Range();
    live.setStart(mark.range.startContainer, mark.range.startOffset);
    live.setEnd(mark.range.endContainer, mark.range.endOffset);
    const box = live.getBoundingClientRect();
    const seen = box.top >= 60 && box.bottom <= innerHeight - 60;
    if (!seen) mark.range.startContainer.parentElement?.scrollIntoView({ block: 'center', behavior: 'instant' });
    return this.#open(mark, { focus: true });
  }
}
