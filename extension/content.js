// @ts-check
// The page half's entry: joins the page to the background. Runs only where it was asked for.
import { api } from './api.js';
import { articleDocument, framesOf } from './page/frames.js';
import { placesIn } from './page/places.js';
import { Session } from './page/session.js';
import { inSlices } from './page/slices.js';
import { loadPrefs, onPrefs, setDismissed } from './preferences.js';

/** Known to our own script world only; the page cannot see it. */
const KEY = Symbol.for('countercheck');
/**
 * Tries of one question: the background may be ended in the middle of it, and takes its time to come back. The pause
 * after the first, in milliseconds; each next one is twice as long.
 */
const TRIES = 6;
const PAUSE = 50;
/** @type {any} */
const world = globalThis;

class PageHalf {
  #off = new AbortController();
  /** Open popups and panels. @type {Set<chrome.runtime.Port>} */
  #ports = new Set();
  /** Whether the background has still to give this page the style of the marks. */
  #first = true;
  /** Differences that the badge shows. */
  #shown = -1;
  /** @type {import('./page/prefs.js').Prefs | undefined} */
  #prefs;
  /** @type {Session | undefined} */
  #session;

  constructor() {
    const { signal } = this.#off;
    const onMessage = (/** @type {any} */ order, /** @type {unknown} */ _sender, /** @type {(answer: unknown) => void} */ answer) => {
      const act = typeof order?.do === 'string' && Object.hasOwn(this.#orders, order.do) && this.#orders[order.do];
      if (act) answer(act(order) ?? null);
    };
    const onConnect = (/** @type {chrome.runtime.Port} */ port) => {
      this.#ports.add(port);
      port.onDisconnect.addListener(() => this.#ports.delete(port));
      if (this.#session) port.postMessage(this.#session.state);
    };
    api.runtime.onMessage.addListener(onMessage);
    api.runtime.onConnect.addListener(onConnect);
    signal.addEventListener('abort', () => {
      delete world[KEY];
      if (!api.runtime?.id) return;
      api.runtime.onMessage.removeListener(onMessage);
      api.runtime.onConnect.removeListener(onConnect);
    });
    // Its end tells of an update of the extension, or only of a background gone to sleep.
    api.runtime.connect({ name: 'page' }).onDisconnect.addListener(() => setTimeout(() => this.#orphaned(), PAUSE));
    this.#follow(document, signal);
    void loadPrefs().then((prefs) => {
      this.#prefs = prefs;
      onPrefs((next) => this.#session?.prefer((this.#prefs = next)), signal);
      void this.read();
    });
  }

  /** Reads the document that holds the article now: another one where the article has moved into a frame. */
  async read() {
    const { signal } = this.#off;
    if (!this.#prefs || signal.aborted) return;
    const doc = await inSlices(articleDocument(document), signal);
    if (!doc || signal.aborted) return;
    if (this.#session?.doc === doc) return void this.#session.read();
    this.#session?.end();
    this.#session = new Session(
      {
        doc,
        signal,
        say: (key, ...values) => api.i18n.getMessage(key, values.map(String)),
        changed: (state) => this.#changed(state),
        ask: (page) => this.#check(page),
        closedFrames: () => framesOf(document).closed,
        glance: (page) => this.#check(page, 'glance').then((answer) => answer.report ?? null),
        about: async (name) => (await this.#ask({ do: 'about', name })).said ?? [],
        dismiss: (add, remove) => void setDismissed(add, remove),
      },
      this.#prefs,
    );
  }

  /** What popup, panel and keys can have done. @type {Record<string, (order: any) => unknown>} */
  #orders = {
    off: () => this.#off.abort(),
    state: () => this.#session?.state ?? { status: 'reading', report: null, sources: 0 },
    jump: ({ index }) => this.#session?.jump(index),
    mention: ({ index }) => this.#session?.jumpToMention(index),
    step: ({ by }) => this.#session?.step(by),
    again: () => void this.#session?.read({ again: true }),
    count: ({ day }) => void this.#session?.count(day),
    aside: ({ index, aside }) => {
      const finding = this.#session?.state.report?.findings[index];
      if (finding) this.#session?.putAside(finding, aside);
    },
    article: () => {
      if (!this.#session) return null;
      const { page, blocks } = this.#session.article;
      return { page, places: placesIn(blocks, this.#session.state.report) };
    },
  };

  /** After an update of the extension this script is an orphan: it leaves the page. */
  #orphaned() {
    if (!api.runtime?.id) this.#off.abort();
    return this.#off.signal.aborted;
  }

  /** @param {object} question @returns {Promise<any>} */
  async #ask(question) {
    for (let made = 1; !this.#orphaned(); made += 1) {
      try {
        const answer = await api.runtime.sendMessage(question);
        if (answer !== undefined) return answer;
      } catch (error) {
        if (made >= TRIES) throw error;
      }
      if (made >= TRIES) return { error: 'no answer' };
      await new Promise((done) => setTimeout(done, PAUSE * 2 ** (made - 1)));
    }
    return { error: 'gone' };
  }

  /** @param {import('./page/types.js').Page} page @param {'check' | 'glance'} how */
  async #check(page, how = 'check') {
    const answer = await this.#ask({ do: how, page, first: this.#first });
    this.#first = false;
    if (answer.off) this.#off.abort();
    return answer.off ? { error: 'off' } : answer;
  }

  /** Tells popups, panels and the badge. @param {import('./page/types.js').State} state */
  #changed(state) {
    for (const port of this.#ports) port.postMessage(state);
    const differences = state.report?.counts.contradicted ?? 0;
    if (differences === this.#shown || state.status === 'reading' || this.#orphaned()) return;
    this.#shown = differences;
    void api.runtime.sendMessage({ do: 'badge', differences }).catch(() => {});
  }

  /**
   * What a page does besides changing its text: it goes to another address, is taken out of the
   * back/forward cache, is shown again, or fills a frame.
   * @param {Document} doc @param {AbortSignal} signal
   */
  #follow(doc, signal) {
    const view = /** @type {Window & { navigation?: EventTarget }} */ (doc.defaultView);
    const moved = () => void (this.#orphaned() || this.read());
    const restored = (/** @type {PageTransitionEvent} */ event) => {
      if (!event.persisted || this.#orphaned()) return;
      // Meanwhile the tab may have been switched off, and its badge is gone.
      this.#first = true;
      this.#shown = -1;
      void this.#session?.read({ again: true });
    };
    const loaded = (/** @type {Event} */ event) => /^I?FRAME$/.test(/** @type {Element} */ (event.target).tagName ?? '') && moved();
    view.addEventListener('pageshow', restored, { signal });
    doc.addEventListener('visibilitychange', () => this.#orphaned(), { signal });
    view.addEventListener('popstate', moved, { signal });
    view.navigation?.addEventListener('navigatesuccess', moved, { signal });
    doc.addEventListener('load', loaded, { capture: true, signal });
  }
}

if (world[KEY]) world[KEY].read();
else world[KEY] = new PageHalf();
