// @ts-check
// The demo page: the extension's core and page half, loaded into the page itself.
import load, { Core } from 'countercheck-core';
import german from '../extension/_locales/de/messages.json' with { type: 'json' };
import english from '../extension/_locales/en/messages.json' with { type: 'json' };
import { fillPanel } from '../extension/page/panel.js';
import { complete } from '../extension/page/prefs.js';
import { Session } from '../extension/page/session.js';
import { counted, statusLine } from '../extension/page/words.js';

/**
 * @typedef {{ id: string, title: string, published: string, note: string, blocks: string[] }} Sample
 */

const messages = navigator.language.split('-')[0] === 'de' ? german : english;

/** @type {import('../extension/page/words.js').Say} */
function say(key, ...values) {
  if (key === '@@bidi_dir') return 'ltr';
  const { message = '' } = /** @type {Record<string, { message: string }>} */ (messages)[key] ?? {};
  return message.replace(/\$(\d)/g, (_, n) => String(values[n - 1] ?? ''));
}

/** @template {HTMLElement} T @param {string} id @returns {T} */
const by = (id) => /** @type {T} */ (document.getElementById(id));
const article = by('article');
const picker = /** @type {HTMLSelectElement} */ (by('sample'));
const published = /** @type {HTMLInputElement} */ (by('published'));

/** The reader's own text: an empty article of no date. @type {Sample} */
const OWN = { id: 'own', title: say('demo_own'), published: '', note: say('demo_own_hint'), blocks: [] };

/** Puts an article on the page as it was written. @param {Sample} sample */
function lay(sample) {
  by('title').textContent = sample.title;
  by('note').textContent = sample.note;
  published.value = sample.published;
  const paragraphs = (sample.blocks.length ? sample.blocks : ['']).map((text) => {
    const p = document.createElement('p');
    if (text) p.textContent = text;
    else p.append(document.createElement('br'));
    return p;
  });
  article.replaceChildren(...paragraphs);
}

/** @param {import('../extension/page/types.js').State} state @param {(index: number) => void} jump @param {(index: number) => void} restore */
function show(state, jump, restore) {
  by('status').textContent = statusLine(state, say);
  by('sources').textContent = state.report && state.sources ? counted(say, 'sources', state.sources) : '';
  if (!state.report) return by('panel').replaceChildren(), by('entities').replaceChildren();
  fillPanel(by('panel'), state.report, say, { jump, restore });
  const named = state.report.entities.filter(({ kind }) => kind === 'person' || kind === 'place');
  const list = document.createElement('ul');
  for (const { kind, name, count } of named) {
    const item = document.createElement('li');
    const times = document.createElement('span');
    item.className = kind;
    times.textContent = ` ${count}`;
    item.append(name, times);
    list.append(item);
  }
  const heading = document.createElement('h2');
  heading.textContent = say('demo_people');
  by('entities').replaceChildren(...(named.length ? [heading, list] : []));
}

/** @returns {Promise<Sample[]>} */
async function loadSamples() {
  const names = await (await fetch('samples/index.json')).json();
  return Promise.all(names.map(async (/** @type {string} */ name) => (await fetch(`samples/${name}`)).json()));
}

/** Typing in the article stays plain: paragraphs of text, whatever is pasted. */
function keepPlain() {
  document.execCommand('defaultParagraphSeparator', false, 'p');
  article.addEventListener('paste', (event) => {
    event.preventDefault();
    document.execCommand('insertText', false, event.clipboardData?.getData('text/plain') ?? '');
  });
  article.addEventListener('drop', (event) => event.preventDefault());
}

async function open() {
  document.documentElement.lang = say('locale');
  document.title = say('demo_title');
  for (const element of document.querySelectorAll('[data-say]')) {
    element.textContent = say(element.getAttribute('data-say') ?? '');
  }
  article.setAttribute('aria-label', say('demo_article'));
  by('next').setAttribute('aria-label', say('demo_next'));
  by('previous').setAttribute('aria-label', say('demo_previous'));
  const samples = [...(await loadSamples()), OWN];
  for (const { id, title } of samples) picker.add(new Option(title, id));
  const chosen = () => samples.find(({ id }) => id === picker.value) ?? samples[0];
  // A sample can be linked to by its id.
  if (samples.some(({ id }) => `#${id}` === location.hash)) picker.value = location.hash.slice(1);
  lay(chosen());
  keepPlain();
  await load({ module_or_path: new URL('core/countercheck_bg.wasm', document.baseURI) });
  const core = new Core();
  const { sources } = core;
  /** What the visitor put aside is forgotten with the page. @type {import('../extension/page/prefs.js').Dismissed[]} */
  let dismissed = [];
  /** @type {Session} */
  const session = new Session({
    doc: document,
    root: article,
    meta: () => ({ title: chosen().title, published: published.value || undefined, url: undefined, lang: 'en' }),
    ask: async (page) => ({ report: core.check(page), sources }),
    about: async (name) => core.about(name),
    dismiss(add, remove) {
      const gone = add?.pair ?? remove;
      dismissed = [...dismissed.filter(({ pair }) => pair !== gone), ...(add ? [add] : [])];
      session.prefer(complete({}, dismissed));
    },
    say,
    signal: new AbortController().signal,
    changed(state) {
      const restore = (/** @type {number} */ index) => state.report && session.putAside(state.report.findings[index], false);
      show(state, (index) => session.jump(index), restore);
    },
  });
  picker.addEventListener('change', () => lay(chosen()));
  by('restore').addEventListener('click', () => lay(chosen()));
  published.addEventListener('change', () => session.read());
  by('next').addEventListener('click', () => session.step(1));
  by('previous').addEventListener('click', () => session.step(-1));
}

open().catch((error) => {
  by('status').textContent = say('demo_failed', error instanceof Error ? error.message : String(error));
});
