// @ts-check
// The options page: references, marks, sites, what was put aside, keys.
import { api } from './api.js';
import { USUAL } from './colours.js';
import { button, make } from './page/dom.js';
import { save, toCases } from './page/exports.js';
import { formatDay, formatValue, kindName } from './page/words.js';
import { loadPrefs, onPrefs, savePrefs, setDismissed } from './preferences.js';
import { showReferences } from './references.js';
import { by, fill, say } from './say.js';
import { EVERY_SITE, granted, listed, setListed } from './sites.js';

/** @typedef {import('./page/prefs.js').Prefs} Prefs */
/** @typedef {import('./page/prefs.js').Coloured} Coloured */

const KINDS = /** @type {Coloured[]} */ (Object.keys(USUAL));
const ALWAYS = ['contradicted', 'note'];

/** @param {Prefs} prefs */
function showMarks(prefs) {
  /** @type {HTMLInputElement} */ (by('differences-only')).checked = prefs.differencesOnly;
  const rows = KINDS.map((kind) => {
    const name = say(`options_kind_${kind}`);
    const colour = /** @type {HTMLInputElement} */ (make(document, 'input', ''));
    colour.type = 'color';
    colour.value = prefs.colours[kind] ?? USUAL[kind];
    colour.setAttribute('aria-label', say('options_colour_of', name));
    colour.addEventListener('change', () => savePrefs(({ colours }) => ({ colours: { ...colours, [kind]: colour.value } })));
    const row = make(document, 'div', 'kind');
    if (ALWAYS.includes(kind)) row.append(make(document, 'span', '', name));
    else row.append(box(name, prefs.kinds[/** @type {'person'} */ (kind)], (on) => savePrefs(({ kinds }) => ({ kinds: { ...kinds, [kind]: on } })), prefs.differencesOnly));
    row.append(colour);
    return row;
  });
  const focused = document.activeElement?.getAttribute('aria-label');
  by('kinds').replaceChildren(...rows);
  if (focused) /** @type {HTMLElement | null} */ (by('kinds').querySelector(`[aria-label="${CSS.escape(focused)}"]`))?.focus();
  /** @type {HTMLButtonElement} */ (by('usual')).disabled = !Object.keys(prefs.colours).length;
}

/** @param {string} name @param {boolean} on @param {(on: boolean) => unknown} changed @param {boolean} [disabled] */
function box(name, on, changed, disabled = false) {
  const input = /** @type {HTMLInputElement} */ (make(document, 'input', ''));
  input.type = 'checkbox';
  input.checked = on;
  input.disabled = disabled;
  input.addEventListener('change', () => changed(input.checked));
  return make(document, 'label', 'check', input, make(document, 'span', '', name));
}

async function showSites() {
  const lists = await Promise.all([granted(), listed('never')]);
  const parts = /** @type {const} */ (['automatic', 'never']).map((list, i) => {
    const items = lists[i].map((pattern) => {
      const name = pattern === EVERY_SITE ? say('popup_automatic_all') : pattern.replace(/^\*:\/\/|\/\*$/g, '');
      const remove = button(document, 'quiet', say('options_remove'), async () => {
        if (list === 'automatic') await api.permissions.remove({ origins: [pattern] }).catch(() => false);
        await setListed(list, pattern, false);
        await showSites();
      });
      remove.setAttribute('aria-label', say('options_remove_site', name));
      return make(document, 'li', '', name, ' ', remove);
    });
    const none = make(document, 'p', 'muted', say(`options_${list}_none`));
    return [make(document, 'h3', '', say(`options_${list}`)), items.length ? make(document, 'ul', 'list', ...items) : none];
  });
  by('sites').replaceChildren(...parts.flat());
}

/** @param {Prefs} prefs */
function showAside({ dismissed }) {
  const rows = dismissed.map(({ pair, on, page, finding }) => {
    const line = make(document, 'div', '', `${finding.text} · `, make(document, 'b', '', formatValue(finding.expected ?? '')));
    const where = [kindName(/** @type {any} */ (finding), say), page.title, formatDay(on)].filter(Boolean).join(' · ');
    const back = button(document, 'quiet', say('card_undo'), () => setDismissed(null, pair));
    return make(document, 'li', '', line, make(document, 'div', 'muted', where), back);
  });
  by('aside').replaceChildren(...(rows.length ? rows : [make(document, 'li', 'muted', say('options_aside_none'))]));
  /** @type {HTMLButtonElement} */ (by('cases')).disabled = !rows.length;
}

async function showKeys() {
  const commands = (await api.commands?.getAll()) ?? [];
  const rows = commands.flatMap(({ name, description, shortcut }) =>
    name?.startsWith('_') ? [] : [make(document, 'dt', '', shortcut || say('popup_no_key')), make(document, 'dd', '', description ?? '')],
  );
  by('keys').replaceChildren(...rows);
}

/** @param {Prefs} prefs */
function show(prefs) {
  showMarks(prefs);
  showAside(prefs);
}

fill(document);
by('differences-only').addEventListener('change', (event) => savePrefs(() => ({ differencesOnly: /** @type {HTMLInputElement} */ (event.target).checked })));
by('usual').addEventListener('click', () => savePrefs(() => ({ colours: {} })));
by('cases').addEventListener('click', async () => save(document, 'countercheck-cases', 'jsonl', toCases((await loadPrefs()).dismissed)));
api.storage.onChanged.addListener((changes) => (changes.automatic || changes.never) && showSites());
onPrefs(show);
void loadPrefs().then(show);
void showSites();
void showKeys();
void showReferences();
