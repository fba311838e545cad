// @ts-check
// One page, from reading to marks: the same in the extension and on the demo page.
import { findArticle } from './article.js';
import { Card } from './card.js';
import { framesOf } from './frames.js';
import { Pointer } from './hover.js';
import { Marks } from './marks.js';
import { readMeta } from './meta.js';
import { canPaint } from './paint.js';
import { DEFAULTS, dismissal, pairOf, settle } from './prefs.js';
import { readBlocks, withinReach } from './read.js';
import { inSlices } from './slices.js';
import { QUIET, watch } from './watch.js';
import { speak, toneOf } from './words.js';

/** @typedef {import('./marks.js').Mark} Mark */
/** @typedef {import('./types.js').State} State */
/** @typedef {import('./types.js').Page} Page */
/** @typedef {import('./types.js').Report} Report */
/** @typedef {import('./prefs.js').Prefs} Prefs */
/** @typedef {import('./prefs.js').Dismissed} Dismissed */
/**
 * @typedef {object} Options
 * @property {Document} doc  the document that holds the article
 * @property {Element} [root]  the article, where it is known
 * @property {() => Partial<Page>} [meta]  what is known better than the page says it
 * @property {(page: Page) => Promise<import('./types.js').Answer>} ask
 * @property {(page: Page) => Promise<Report | null>} [glance]  the names and dates of a page's beginning
 * @property {(name: string) => Promise<import('./types.js').Said[]>} about  what the sources call a person
 * @property {(add: Dismissed | null, remove: string | null) => void} dismiss  keeps it; `show` is called with the new list
 * @property {() => string[]} [closedFrames]  hosts of frames that cannot be read
 * @property {import('./words.js').Say} say
 * @property {AbortSignal} signal  undoes everything
 * @property {(state: State) => void} [changed]
 */

/** @typedef {{ found: Element | null, blocks: import('./read.js').Block[], notes: import('./read.js').Notes }} Collected */

/** Of a page longer than `long` the beginning is marked while the rest is read; in UTF-16 code units. */
const GLANCE = { long: 12_000, beginning: 3000 };
/** A page without an article is looked at again only after a longer pause, in milliseconds. */
const NO_ARTICLE_QUIET = 1000;
/** What says where a range stands. */
const PLACE = /** @type {const} */ (['startContainer', 'startOffset', 'endContainer', 'endOffset']);

/** The element itself, or the host of the shadow trees that it stands in. @param {Element} element */
function outermost(element) {
  for (let tree = element.getRootNode(); 'host' in tree; tree = element.getRootNode()) element = /** @type {ShadowRoot} */ (tree).host;
  return element;
}

/** Reads the page, asks, paints and follows it until its signal aborts. */
export class Session {
  /** @type {State} */
  state = { status: 'reading', report: null, sources: 0 };
  #options;
  #marks;
  #card;
  #prefs = DEFAULTS;
  /** @type {MediaQueryList | undefined} */
  #forced;
  /** What was read last. @type {import('./read.js').Block[]} */
  #blocks = [];
  /** What was asked last. @type {Page | null} */
  #page = null;
  /** The core's answer, before the reader's preferences. @type {Report | null} */
  #report = null;
  /** Day that the reader wants dates counted from. @type {string | null} */
  #anchor = null;
  /** @type {Element | null} */
  #root = null;
  /** @type {ShadowRoot[]} */
  #shadows = [];
  /** @type {Promise<Collected | null> | null} */
  #collecting = null;
  /** @type {Promise<Collected | null> | null} */
  #collectNext = null;
  /** @type {import('./watch.js').Watcher | undefined} */
  #watcher;
  /** What the last answer was asked for. */
  #asked = '';
  /** What is new and not told yet, as its marks are being made. @type {Partial<State>} */
  #change = {};
  /** Counts the readings, so that a late answer about old text is known. */
  #turn = 0;
  #watching = new AbortController();
  #ended = new AbortController();

  /** @param {Options} options @param {Prefs} [prefs] */
  constructor(options, prefs = DEFAULTS) {
    const signal = AbortSignal.any([options.signal, this.#ended.signal]);
    this.#options = { ...options, signal };
    this.#prefs = prefs;
    const { doc, say } = options;
    speak(say);
    this.#marks = new Marks(doc, signal);
    this.#card = new Card({ doc, say, signal, closed: () => this.#marks.point(null) });
    if (!canPaint()) return this.#set({ status: 'unsupported' }), this;
    const open = (/** @type {Mark} */ mark) => this.#open(mark, { focus: false });
    const markAt = (/** @type {Node} */ node, /** @type {number} */ offset) => this.#marks.at(node, offset);
    this.#forced = doc.defaultView?.matchMedia('(forced-colors: active)');
    this.#forced?.addEventListener('change', () => this.prefer(this.#prefs), { signal });
    new Pointer({ doc, card: this.#card, markAt, shadows: () => this.#shadows, open, signal });
    void this.read();
  }

  /**
   * Reads the page; asks only if it says something else than at the last time, or if `again`:
   * the sources have changed.
   * @param {{ again?: boolean }} [how]
   */
  async read(how = {}) {
    // A page can stand in the way of any property of it that is asked for.
    await this.#read(how).catch((error) => this.#nothing({ status: 'error', detail: String(error?.message ?? error) }));
  }

  /** @param {{ again?: boolean }} how */
  async #read({ again = false }) {
    const { doc, meta, ask, signal } = this.#options;
    if (signal.aborted) return;
    if (doc.contentType === 'application/pdf') return this.#nothing({ status: 'pdf' });
    const collected = await this.#collect();
    if (!collected || signal.aborted) return;
    const { found, blocks, notes } = collected;
    const frames = this.#options.closedFrames?.() ?? framesOf(doc).closed;
    if (!found || !blocks.length) {
      if (!found && frames.length) return this.#nothing({ status: 'frame', detail: frames.join(', ') });
      return this.#nothing({ status: found ? 'empty' : 'no-article' });
    }
    const anchor = this.#anchor ? { anchor: this.#anchor } : {};
    const page = { ...readMeta(doc, found), ...anchor, ...meta?.(), blocks: blocks.map((block) => block.text) };
    const question = JSON.stringify(page);
    if (question === this.#asked && !again) {
      // The same words, perhaps in other nodes. Without a report the answer is still on its way.
      this.#blocks = blocks;
      if (this.state.report && !this.#marks.holds(blocks)) await this.#show();
      return;
    }
    this.#asked = question;
    this.#turn += 1;
    const turn = this.#turn;
    if (!this.state.report) await this.#glance(blocks, page, turn);
    const answer = await ask(page).catch((error) => ({ error: String(error?.message ?? error) }));
    if (signal.aborted || turn !== this.#turn) return;
    if ('error' in answer) return this.#nothing({ status: 'error', detail: answer.error });
    [this.#blocks, this.#page, this.#report] = [blocks, page, answer.report];
    const characters = blocks.reduce((sum, { text }) => sum + text.length, 0);
    const reading = { title: page.title ?? '', blocks: blocks.length, characters, skipped: notes.skipped, frames };
    await this.#show({ sources: answer.sources, reading });
  }

  /**
   * What the page says: one reading at a time, and who asks in the middle of one gets the next, which is one for all.
   * @returns {Promise<Collected | null>}
   */
  #collect() {
    if (!this.#collecting) return (this.#collecting = this.#collectNow().finally(() => (this.#collecting = null)));
    this.#collectNext ??= this.#collecting.catch(() => null).then(() => {
      this.#collectNext = null;
      return this.#collect();
    });
    return this.#collectNext;
  }

  /** @returns {Promise<Collected | null>} null where the session has ended */
  async #collectNow() {
    const { doc, root, signal } = this.#options;
    const found = root ?? (await inSlices(findArticle(doc), signal))?.element ?? null;
    if (signal.aborted) return null;
    // From here on a change is heard, and read after this reading.
    if (found !== this.#root || !this.state.report) this.#follow(found);
    /** @type {import('./read.js').Notes} */
    const notes = { skipped: {}, shadows: [] };
    const all = found ? await inSlices(readBlocks(found, notes), signal) : [];
    if (!all) return null;
    notes.shadows.forEach((tree) => this.#watcher?.observe(tree));
    this.#shadows = notes.shadows;
    return { found, blocks: withinReach(all, notes), notes };
  }

  get doc() {
    return this.#options.doc;
  }

  /** Leaves the document; the signal that it was made with goes on. */
  end() {
    this.#ended.abort();
  }

  /**
   * Marks people, places and dates of the first screen, where the whole will take a while.
   * @param {import('./read.js').Block[]} blocks @param {Page} page @param {number} turn
   */
  async #glance(blocks, page, turn) {
    const { glance, signal } = this.#options;
    if (!glance || blocks.reduce((sum, { text }) => sum + text.length, 0) < GLANCE.long) return;
    let length = 0;
    const first = page.blocks.filter((text) => (length += text.length) <= GLANCE.beginning);
    const report = await glance({ ...page, blocks: first }).catch(() => null);
    if (report && report.status !== 'not-english' && !signal.aborted && turn === this.#turn) await this.#marks.set(blocks, report, this.#prefs);
  }

  /** The page as it was read last, with the nodes that its text stands in. */
  get article() {
    return { page: this.#page, blocks: this.#blocks };
  }

  /** Takes other preferences. @param {Prefs} prefs */
  prefer(prefs) {
    this.#prefs = prefs;
    void this.#show();
  }

  /** Counts relative dates from another day; null for the page's own. @param {string | null} day  ISO date */
  async count(day) {
    this.#anchor = day;
    await this.read();
  }

  /** Goes to a finding and opens its card. @param {number} index  its place in the report */
  jump(index) {
    const finding = this.state.report?.findings[index];
    return !!finding && this.#visit(this.#marks.all().find((mark) => mark.finding === finding));
  }

  /** Goes to a mention and opens its card. @param {number} index  its place in the report */
  jumpToMention(index) {
    const mention = this.state.report?.mentions[index];
    return !!mention && this.#visit(this.#marks.all().find((mark) => mark.mention === mention && !mark.finding));
  }

  /** Goes to the next (1) or previous (-1) difference or note, around the end. @param {1 | -1} by */
  step(by) {
    return this.#visit(this.#marks.beside(this.#card.mark ?? this.#marks.last, by));
  }

  /** Puts the differences with this pair aside, or takes them up again. @param {import('./types.js').Finding} finding @param {boolean} aside */
  putAside(finding, aside) {
    const today = new Date().toISOString().slice(0, 10);
    if (!aside) this.#options.dismiss(null, pairOf(finding));
    else if (this.#page) this.#options.dismiss(dismissal(finding, this.#page, today), null);
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
    this.#report = this.#page = null;
    this.#change = {};
    this.#card.hide();
    this.#marks.clear();
    this.#set({ detail: undefined, report: null, ...change });
  }

  /** Shows the answer as the reader wants it. @param {Partial<State>} [change]  what else is new with it */
  async #show(change = {}) {
    if (!this.#report) return;
    this.#change = { ...this.#change, ...change };
    const report = settle(this.#report, this.#prefs.dismissed);
    // In forced colours browsers give every highlight the ground of a selection: only what is
    // meant to be loud may have it.
    const prefs = this.#forced?.matches ? { ...this.#prefs, differencesOnly: true } : this.#prefs;
    // A page in another language is not marked: nothing on it was understood.
    const marked = report.status === 'not-english' ? { ...report, mentions: [], findings: [] } : report;
    if (!(await this.#marks.set(this.#blocks, marked, prefs))) return;
    const { aside, mark: open } = this.#card;
    this.#set({ status: report.status, detail: undefined, ...this.#change, report });
    this.#change = {};
    if (open && !aside) this.#keep(open);
  }

  /** Leaves the open card where new marks say the same of the same words, and closes it elsewhere. @param {Mark} mark */
  #keep({ range, finding }) {
    const here = (/** @type {StaticRange | null} */ other) =>
      !!range && !!other && PLACE.every((end) => range[end] === other[end]);
    const same = this.#marks.all().find((mark) => here(mark.range) && mark.finding?.rule === finding?.rule);
    if (!same || !this.#open(same, { focus: false, pinned: this.#card.pinned })) this.#card.hide();
  }

  /** @param {Element | null} root */
  #follow(root) {
    const { doc, signal } = this.#options;
    this.#root = root;
    this.#watching.abort();
    this.#watching = new AbortController();
    this.#watcher = watch({
      // What is slotted into an article in a shadow tree stands outside of it.
      root: root ? outermost(root) : (doc.body ?? doc.documentElement),
      quiet: root ? QUIET : NO_ARTICLE_QUIET,
      touched: (records) => {
        const dropped = this.#marks.drop(records);
        if (this.#card.mark && !this.#card.mark.range) this.#card.hide();
        if (dropped && this.state.report) this.#set({ status: 'changed' });
      },
      settled: () => void this.#settled(),
      signal: AbortSignal.any([signal, this.#watching.signal]),
    });
  }

  async #settled() {
    await this.read();
    const { status, report } = this.state;
    if (status === 'changed' && report) this.#set({ status: report.status });
  }

  /** @param {Mark} mark @param {{ focus: import('./card.js').Focus, aside?: boolean, pinned?: boolean }} how */
  #open(mark, { focus, aside, pinned }) {
    const { report } = this.state;
    if (!mark.range || !report) return false;
    const tone = mark.finding && toneOf(mark.finding);
    this.#marks.point(tone === 'contradicted' || tone === 'note' ? mark : null);
    this.#card.show({ mark, report, focus, aside, pinned, actions: this.#actions(mark) });
    return true;
  }

  /** What the buttons of a mark's card do. @param {Mark} mark */
  #actions(mark) {
    const { finding, mention } = mark;
    return {
      dismiss: () => {
        if (!finding) return;
        this.#open(mark, { focus: true, aside: true });
        this.putAside(finding, true);
      },
      undo: () => {
        if (finding) this.putAside(finding, false);
        this.#card.hide();
      },
      anchor: async (/** @type {string | null} */ day) => {
        await this.count(day);
        // Other dates can make another finding of the same words, or none.
        const here = this.#marks.all().filter((m) => m.block === mark.block && m.start === mark.start && m.mention);
        const same = here.find((m) => !!m.finding === !!finding) ?? here[0];
        if (same) this.#open(same, { focus: 'anchor' });
      },
      step: (/** @type {1 | -1} */ by) => {
        const own = this.#marks.all().find((m) => m.mention === mention && !m.finding) ?? null;
        this.#visit(this.#marks.beside(own, by, mention?.entity), by > 0 ? 'next' : 'previous');
      },
      about: async () => {
        const entity = this.state.report?.entities.find((e) => e.id === mention?.entity);
        return entity ? this.#options.about(entity.name) : [];
      },
    };
  }

  /** Scrolls to a mark if it is out of view: only ever asked for by the reader. @param {Mark | undefined} mark @param {import('./card.js').Focus} [focus] */
  #visit(mark, focus = true) {
    if (!mark?.range) return false;
    this.#marks.repaint();
    const { innerHeight } = /** @type {Window} */ (this.#options.doc.defaultView);
    const live = new Range();
    live.setStart(mark.range.startContainer, mark.range.startOffset);
    live.setEnd(mark.range.endContainer, mark.range.endOffset);
    const box = live.getBoundingClientRect();
    const seen = box.top >= 60 && box.bottom <= innerHeight - 60;
    if (!seen) mark.range.startContainer.parentElement?.scrollIntoView({ block: 'center', behavior: 'instant' });
    return this.#open(mark, { focus });
  }
}
