// @ts-check
// The panel beside the page: everything that is known of it, in the order of a reader's questions.
import { api } from './api.js';
import { offerToKeep } from './keep.js';
import { button, make } from './page/dom.js';
import * as exports from './page/exports.js';
import { countRows, findingLists } from './page/panel.js';
import { drawTimeline, momentsOf } from './page/timeline.js';
import { counted, formatDay, formatNumber, statusLine } from './page/words.js';
import { by, fill, say, tabAsked } from './say.js';
import { start, tell } from './tab.js';

/** @typedef {import('./page/types.js').State} State */
/** @typedef {import('./page/types.js').Report} Report */

/** Where the panel is opened by itself it stays with one tab. */
const fixed = new URLSearchParams(location.search).has('tab');
/** @type {chrome.runtime.Port | undefined} */
let port;
let tabId = -1;
/** The entity whose mentions are listed. @type {string | null} */
let chosen = null;
/** @type {State | null} */
let state = null;

const SECTIONS = ['steps', 'when', 'who', 'what', 'take'];

/** @param {State} next */
function show(next) {
  state = next;
  const { report, reading } = next;
  by('read').hidden = true;
  by('status').textContent = statusLine(next, say);
  by('sources').textContent = report && next.sources ? counted(say, 'sources', next.sources) : '';
  const readable = !!report && report.status !== 'not-english' && report.status !== 'empty';
  for (const id of SECTIONS) by(id).hidden = !readable;
  if (!readable) {
    for (const id of ['counts', 'findings', 'folds']) by(id).replaceChildren();
    return showReading(next);
  }
  const { bar, list } = countRows(document, report, say);
  by('counts').replaceChildren(bar, list);
  const rows = {
    jump: (/** @type {number} */ index) => void tell(tabId, { do: 'jump', index }),
    restore: (/** @type {number} */ index) => void tell(tabId, { do: 'aside', index, aside: false }),
  };
  const { open, folded } = findingLists(by('folds'), report, say, rows);
  by('findings').replaceChildren(...open);
  by('folds').replaceChildren(...folded);
  by('steps').hidden = report.counts.contradicted + report.counts.disputed + report.counts.superseded === 0;
  showTimeline(report);
  showEntities(report);
  if (reading) showReading(next);
}

/** @param {Report} report */
function showTimeline(report) {
  const moments = momentsOf(report);
  by('when').hidden = !moments.length;
  by('timeline').replaceChildren(drawTimeline(document, moments, say, (index) => void tell(tabId, { do: 'mention', index })));
}

/** @param {Report} report */
function showEntities(report) {
  const named = report.entities.filter(({ kind }) => kind === 'person' || kind === 'place');
  by('who').hidden = !named.length;
  if (!named.some(({ id }) => id === chosen)) chosen = null;
  const chips = named.map(({ id, kind, name, count }) => {
    const chip = button(document, `chip ${kind}`, name, () => {
      chosen = chosen === id ? null : id;
      for (const other of by('entities').querySelectorAll('button')) other.setAttribute('aria-expanded', String(other === chip && chosen === id));
      showMentions(report);
    });
    chip.append(' ', make(document, 'span', '', formatNumber(count)));
    chip.setAttribute('aria-expanded', String(chosen === id));
    chip.setAttribute('aria-controls', 'mentions');
    return make(document, 'li', '', chip);
  });
  by('entities').replaceChildren(...chips);
  showMentions(report);
}

/** Every mention of the chosen entity, each a way to it. @param {Report} report */
function showMentions(report) {
  const rows = report.mentions.flatMap((mention, index) => {
    if (!chosen || mention.entity !== chosen) return [];
    const where = make(document, 'span', 'where', say('row_paragraph', String(mention.block + 1)));
    const row = button(document, 'row', '', () => void tell(tabId, { do: 'mention', index }));
    row.append(make(document, 'span', 'what', mention.text), where);
    return [make(document, 'li', '', row)];
  });
  by('mentions').hidden = !rows.length;
  by('mentions').replaceChildren(...rows);
}

/** What was read, what was not and why, and against what it was compared. @param {State} next */
function showReading({ reading, report, sources, status }) {
  by('what').hidden = !reading || !report;
  if (!reading || !report || status === 'frame') return;
  const skipped = Object.entries(reading.skipped).map(([why, count]) => counted(say, `skip_${why}`, count));
  /** @type {[string, string][]} */
  const rows = [
    ['read_article', reading.title],
    ['read_text', say('read_amount', formatNumber(reading.blocks), formatNumber(reading.characters))],
    ['read_date', report.published ? formatDay(report.published) : say('keep_undated')],
    ['read_skipped', skipped.join('; ') || say('read_nothing')],
    ...reading.frames.map((host) => /** @type {[string, string]} */ (['read_frame', say('read_frame_host', host)])),
    ['read_sources', counted(say, 'sources', sources)],
  ];
  by('reading').replaceChildren(
    ...rows.flatMap(([key, value]) => [make(document, 'dt', '', say(key)), make(document, 'dd', '', value)]),
  );
}

/** The page as it was read, for exports and for keeping. */
async function article() {
  const answer = await tell(tabId, { do: 'article' });
  return answer?.page ? answer : null;
}

/** @param {'jsonld' | 'md' | 'csv'} kind */
async function save(kind) {
  const found = await article();
  if (!found || !state?.report) return;
  const { page, places } = found;
  const text = {
    jsonld: () => exports.toAnnotations(page, /** @type {Report} */ (state?.report), places),
    md: () => exports.toMarkdown(page, /** @type {Report} */ (state?.report), say),
    csv: () => exports.toCsv(/** @type {Report} */ (state?.report)),
  };
  exports.save(document, `countercheck ${page.title || 'page'}`.slice(0, 80), kind, text[kind]());
}

/** @param {string} text */
function nothing(text) {
  port?.disconnect();
  port = undefined;
  state = null;
  by('status').textContent = text;
  by('sources').textContent = '';
  for (const id of SECTIONS) by(id).hidden = true;
  for (const id of ['counts', 'findings', 'folds']) by(id).replaceChildren();
}

/** Follows the tab, if it is being read; offers to read it if not. */
async function follow() {
  const tab = await tabAsked();
  if (tab?.id === tabId && port) return;
  tabId = tab?.id ?? -1;
  if (!(await tell(tabId, { do: 'state' }))) {
    nothing(say('panel_unread'));
    by('read').hidden = false;
    return;
  }
  connect();
}

function connect() {
  port?.disconnect();
  const mine = (port = api.tabs.connect(tabId, { name: 'panel' }));
  mine.onMessage.addListener(show);
  mine.onDisconnect.addListener(() => {
    void api.runtime.lastError;
    if (port !== mine) return;
    port = undefined;
    void follow();
  });
}

async function read() {
  try {
    await start(tabId);
    connect();
  } catch {
    // Only the reader's click on the button in the toolbar lets us into a tab.
    nothing(say('panel_use_button'));
  }
}

fill(document);
by('read').addEventListener('click', () => void read());
by('next').addEventListener('click', () => void tell(tabId, { do: 'step', by: 1 }));
by('previous').addEventListener('click', () => void tell(tabId, { do: 'step', by: -1 }));
for (const element of document.querySelectorAll('[data-save]')) {
  element.addEventListener('click', () => void save(/** @type {'jsonld'} */ (element.getAttribute('data-save'))));
}
by('keep').addEventListener('click', async () => {
  const found = await article();
  if (!found) return;
  by('keep').setAttribute('aria-expanded', 'true');
  await offerToKeep(by('keeping'), found.page, () => {
    by('keep').setAttribute('aria-expanded', 'false');
    by('keep').focus();
  });
});
if (!fixed) {
  api.tabs.onActivated.addListener(() => void follow());
  api.tabs.onUpdated.addListener((id, change) => {
    if (id === tabId && change.status === 'complete' && !port) void follow();
  });
}
void follow();
