// @ts-check
// What a card says of a date, a person or a place.
import { sourceLine } from './card-finding.js';
import { button, make } from './dom.js';
import * as words from './words.js';

/** @typedef {import('./types.js').Mention} Mention */
/** @typedef {import('./types.js').Report} Report */
/** @typedef {import('./types.js').Said} Said */
/** @typedef {import('./card.js').Actions} Actions */

/** Lines of what sources call a person, before “more” is asked for. */
const SHOWN = 3;

/** @param {Document} doc @param {words.Say} say @param {Mention} mention @param {Report} report @param {Actions} actions */
export function mentionBody(doc, say, mention, report, actions) {
  return mention.kind === 'date' ? dateBody(doc, say, mention, report, actions) : entityBody(doc, say, mention, report, actions);
}

/** @param {Document} doc */
function table(doc) {
  const rows = make(doc, 'dl', 'rows');
  const row = (/** @type {string} */ name, /** @type {(Node | string)[]} */ ...value) =>
    rows.append(make(doc, 'dt', '', name), make(doc, 'dd', '', ...value));
  return { rows, row };
}

/** @param {Document} doc @param {words.Say} say @param {Mention} mention @param {Report} report @param {Actions} actions */
function dateBody(doc, say, mention, report, actions) {
  const value = mention.value ?? '';
  const { rows, row } = table(doc);
  if (value) row(say('row_iso'), value);
  row(say('row_anchor'), words.anchorLine(report, say));
  const head = make(doc, 'h2', 'date', value ? words.formatValue(value) : say('date_unresolved'));
  return [head, make(doc, 'p', 'kind', say('kind_date')), rows, anchorFoot(doc, say, report, actions)];
}

/** Another day to count from, for all dates of the page. @param {Document} doc @param {words.Say} say @param {Report} report @param {Actions} actions */
function anchorFoot(doc, say, report, actions) {
  const foot = make(doc, 'footer', '');
  const change = button(doc, 'anchor', say('card_anchor_change'), () => {
    const input = /** @type {HTMLInputElement} */ (make(doc, 'input', 'day'));
    input.type = 'date';
    input.value = report.published ?? '';
    const label = make(doc, 'label', '', `${say('card_anchor_label')} `, input);
    // A date typed piece by piece changes with every key; so it is set on demand.
    const set = () => input.value && actions.anchor(input.value);
    input.addEventListener('keydown', (event) => event.key === 'Enter' && set());
    foot.replaceChildren(label, button(doc, 'set', say('card_anchor_set'), set));
    actions.place();
    input.focus();
  });
  foot.append(change);
  if (report.anchor === 'reader') foot.append(button(doc, 'own', say('card_anchor_own'), () => actions.anchor(null)));
  return foot;
}

/** @param {Document} doc @param {words.Say} say @param {Mention} mention @param {Report} report @param {Actions} actions */
function entityBody(doc, say, mention, report, actions) {
  const entity = report.entities.find((e) => e.id === mention.entity);
  const { rows, row } = table(doc);
  if (entity?.roles.length) row(say('row_roles'), entity.roles.join('; '));
  if (entity?.within) row(say('row_within'), entity.within.join(', '));
  if (entity) row(say('row_count'), words.counted(say, 'mentions', entity.count));
  const head = make(doc, 'h2', mention.kind, entity?.name ?? mention.name ?? mention.text);
  const foot = make(doc, 'footer', '');
  if (entity && entity.count > 1) {
    foot.append(
      button(doc, 'previous', say('card_previous_mention'), () => actions.step(-1)),
      button(doc, 'next', say('card_next_mention'), () => actions.step(1)),
    );
  }
  const body = [head, make(doc, 'p', 'kind', say(`kind_${mention.kind}`)), rows];
  if (mention.kind === 'person') {
    const said = make(doc, 'div', 'said');
    body.push(said);
    void actions.about().then((list) => {
      if (!said.isConnected || !list.length) return;
      said.append(...saidRows(doc, say, list, actions));
      actions.place();
    });
  }
  return foot.childElementCount ? [...body, foot] : body;
}

/** What the sources call the person: each role with its sources, oldest first. @param {Document} doc @param {words.Say} say @param {Said[]} list @param {Actions} actions */
function saidRows(doc, say, list, actions) {
  /** @type {Map<string, Said[]>} */
  const byRole = new Map();
  for (const said of list) byRole.set(said.role, [...(byRole.get(said.role) ?? []), said]);
  const rows = [...byRole].map(([role, sources]) => {
    const first = make(doc, 'p', 'kind', sourceLine(doc, say, sources[0], sources[0].sentence));
    if (sources.length > 1) first.append(` ${words.counted(say, 'card_more', sources.length - 1)}`);
    return make(doc, 'li', '', role, first);
  });
  rows.slice(SHOWN).forEach((row) => (row.hidden = true));
  const parts = [make(doc, 'h3', '', say('card_said')), make(doc, 'ul', '', ...rows)];
  if (rows.length > SHOWN) {
    const more = button(doc, 'more', words.counted(say, 'card_more_roles', rows.length - SHOWN), () => {
      for (const row of rows) row.hidden = false;
      more.remove();
      actions.place();
    });
    parts.push(more);
  }
  return parts;
}
