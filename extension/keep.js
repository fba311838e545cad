// @ts-check
// “Add this page”: shows all that would be kept of a page, and keeps it if wanted.
import { api } from './api.js';
import { listSets, undo } from './library.js';
import { button, make } from './page/dom.js';
import { counted, formatDay, formatNumber, formatSize } from './page/words.js';
import { say } from './say.js';

/** @typedef {import('./page/types.js').Page} Page */

/** Tries of one question, and the pause before the second, in milliseconds; each next one is twice as long. */
const TRIES = 6;
const PAUSE = 50;

/**
 * Asks the background, again where it was ended in the middle or is slow to come back: a page that is kept twice is there
 * once.
 * @param {object} question @returns {Promise<any>}
 */
async function ask(question) {
  for (let made = 1; ; made += 1) {
    const last = made === TRIES;
    const answer = await api.runtime.sendMessage(question).catch((error) => (last ? Promise.reject(error) : undefined));
    if (answer?.error) throw new Error(answer.error);
    if (answer) return answer;
    if (last) throw new Error('no answer');
    await new Promise((done) => setTimeout(done, PAUSE * 2 ** (made - 1)));
  }
}

/**
 * Fills `place` with what keeping the page would store.
 * @param {HTMLElement} place @param {Page} page @param {() => void} closed
 */
export async function offerToKeep(place, page, closed) {
  const doc = place.ownerDocument;
  place.hidden = false;
  const close = () => {
    place.hidden = true;
    place.replaceChildren();
    closed();
  };
  try {
    const [{ source, names, sentences }, sets] = await Promise.all([ask({ do: 'preview', page }), listSets()]);
    const facts = make(doc, 'dl', '');
    for (const [key, value] of [
      ['keep_title', source.title || '–'],
      ['keep_date', source.published ? formatDay(source.published) : say('keep_undated')],
      ['keep_address', source.url ?? '–'],
      ['keep_size', formatSize(source.bytes)],
      ['keep_claims', formatNumber(source.claims)],
    ]) {
      facts.append(make(doc, 'dt', '', say(key)), make(doc, 'dd', '', value));
    }
    const list = make(doc, 'ul', 'sentences', ...sentences.map((/** @type {string} */ text) => make(doc, 'li', '', text)));
    const all = make(doc, 'details', '', make(doc, 'summary', '', counted(say, 'keep_sentences', sentences.length)), list);
    const named = make(doc, 'p', 'muted', `${say('keep_names')} ${names.join(', ') || '–'}`);
    const name = /** @type {HTMLInputElement} */ (make(doc, 'input', ''));
    name.value = sets.find(({ on }) => on)?.name ?? say('keep_default_set');
    const known = make(doc, 'datalist', '', ...sets.map((set) => make(doc, 'option', '', set.name)));
    known.id = 'known-sets';
    name.setAttribute('list', 'known-sets');
    const label = make(doc, 'label', 'field', make(doc, 'span', '', say('keep_set')), name);
    const keepIt = button(doc, 'main', say('keep_now'), () => void keep(place, page, name.value.trim() || say('keep_default_set'), close));
    const buttons = make(doc, 'div', 'buttons', keepIt, button(doc, '', say('cancel'), close));
    place.replaceChildren(make(doc, 'h3', '', say('keep_heading')), facts, all, named, label, known, buttons);
    keepIt.focus();
  } catch (error) {
    place.replaceChildren(make(doc, 'p', '', say('keep_failed', messageOf(error))));
  }
}

/** @param {HTMLElement} place @param {Page} page @param {string} name @param {() => void} close */
async function keep(place, page, name, close) {
  const doc = place.ownerDocument;
  try {
    const { set } = await ask({ do: 'keep', page, name });
    const text = make(doc, 'p', '', say('keep_done', set.name, formatNumber(set.info.count)));
    text.setAttribute('role', 'status');
    const back = button(doc, '', say('card_undo'), async () => {
      await undo();
      close();
    });
    place.replaceChildren(text, make(doc, 'div', 'buttons', back, button(doc, '', say('card_close'), close)));
    back.focus();
  } catch (error) {
    place.replaceChildren(make(doc, 'p', '', say('keep_failed', messageOf(error))));
  }
}

/** @param {unknown} error */
function messageOf(error) {
  return error instanceof Error ? error.message : String(error);
}
