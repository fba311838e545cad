// @ts-check
// The dates of a page as a picture: what it dates, along one line from the oldest to the newest.
import * as words from './words.js';

/** @typedef {import('./types.js').Report} Report */
/**
 * One day, month or year of the page, with what is said to have happened then.
 * @typedef {object} Moment
 * @property {string} value  ISO 8601, as the core gives it
 * @property {number} from  milliseconds since 1970
 * @property {string[]} events  empty where the page only names the date
 * @property {number[]} mentions  places in the report's list of mentions
 * @property {words.Tone} tone  the gravest verdict on a date here
 */

const SVG = 'http://www.w3.org/2000/svg';
const DAY = 86_400_000;
/** Height of one moment, in units of the picture; it is drawn as wide as the panel is. */
const STEP = 40;
/** A gap grows with the logarithm of the days in it, up to this many steps. */
const LARGEST_GAP = 1.5;
const GRAVITY = /** @type {words.Tone[]} */ (['unverified', 'supported', 'hidden', 'note', 'contradicted']);

/** The dated moments of a page, oldest first. @param {Report} report @returns {Moment[]} */
export function momentsOf(report) {
  /** @type {Map<string, Moment>} */
  const moments = new Map();
  report.mentions.forEach((mention, index) => {
    const from = mention.kind === 'date' && mention.value ? words.beginOf(mention.value) : null;
    if (from === null || !mention.value) return;
    const moment = moments.get(mention.value) ?? { value: mention.value, from, events: [], mentions: [], tone: 'unverified' };
    moments.set(mention.value, moment);
    moment.mentions.push(index);
    for (const finding of report.findings) {
      const dated = finding.kind === 'date' || finding.kind === 'weekday';
      if (!dated || finding.block !== mention.block || finding.start >= mention.end || mention.start >= finding.end) continue;
      const event = eventOf(finding.claim);
      if (event && !moment.events.includes(event)) moment.events.push(event);
      const tone = words.toneOf(finding);
      if (GRAVITY.indexOf(tone) > GRAVITY.indexOf(moment.tone)) moment.tone = tone;
    }
  });
  return [...moments.values()].sort((a, b) => a.from - b.from || a.value.localeCompare(b.value));
}

/** `Antony Blinken — meet — 2023-06-19` is `Antony Blinken · meet`. @param {string} claim */
function eventOf(claim) {
  const parts = claim.split(' — ').slice(0, -1);
  return parts.map((part) => part.replace(/^v:/, '').replace(/-/g, ' ')).join(' · ');
}

/**
 * Draws the moments downwards along a line; each is a button of the keyboard too. Filled where
 * something is said to have happened, hollow where the date is only named; a ring of its own
 * for what differs.
 * @param {Document} doc @param {Moment[]} moments @param {words.Say} say @param {(mention: number) => void} jump
 */
export function drawTimeline(doc, moments, say, jump) {
  const svg = shape(doc, 'svg', { class: 'timeline', role: 'group', 'aria-label': say('panel_timeline') });
  let y = 18;
  const places = moments.map((moment, i) => {
    const days = i ? (moment.from - moments[i - 1].from) / DAY : 0;
    if (i) y += STEP * Math.min(LARGEST_GAP, Math.max(1, Math.log10(Math.max(1, days)) * 0.55));
    return Math.round(y);
  });
  const height = (places.at(-1) ?? 0) + 30;
  svg.setAttribute('height', String(height));
  svg.append(shape(doc, 'line', { x1: '9', x2: '9', y1: '4', y2: String(height - 6), class: 'axis' }));
  moments.forEach((moment, i) => {
    const at = places[i];
    const what = moment.events.join('; ');
    const day = words.formatValue(moment.value);
    const group = shape(doc, 'g', { class: `moment ${moment.tone}`, tabindex: '0', role: 'button', 'aria-label': what ? `${day}: ${what}` : day });
    group.append(shape(doc, 'rect', { x: '0', y: String(at - 15), width: '100%', height: '38', class: 'target' }));
    if (moment.tone === 'contradicted') group.append(shape(doc, 'circle', { cx: '9', cy: String(at), r: '8', class: 'ring' }));
    group.append(shape(doc, 'circle', { cx: '9', cy: String(at), r: '4.5', class: moment.events.length ? 'dot' : 'dot hollow' }));
    group.append(text(doc, 26, at + 4, 'day', day));
    if (what) group.append(text(doc, 26, at + 20, 'event', what));
    const go = () => jump(moment.mentions[0]);
    group.addEventListener('click', go);
    group.addEventListener('keydown', (event) => {
      const { key } = /** @type {KeyboardEvent} */ (event);
      if (key !== 'Enter' && key !== ' ') return;
      event.preventDefault();
      go();
    });
    svg.append(group);
  });
  return svg;
}

/** @param {Document} doc @param {string} name @param {Record<string, string>} attributes */
function shape(doc, name, attributes) {
  const element = doc.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

/** @param {Document} doc @param {number} x @param {number} y @param {string} name @param {string} content */
function text(doc, x, y, name, content) {
  const element = shape(doc, 'text', { x: String(x), y: String(y), class: name });
  element.textContent = content;
  return element;
}
