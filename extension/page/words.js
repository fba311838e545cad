// @ts-check
// Findings and values in words, for the card, the popup and the demo's panel.

/** @typedef {(key: string, ...values: (string | number)[]) => string} Say  a message of _locales by its key */
/** @typedef {import('./types.js').Finding} Finding */
/** @typedef {import('./types.js').Mention} Mention */

/** English only for now, in the reader's own flavour of it. */
const LOCALE = globalThis.navigator?.language?.startsWith('en') ? navigator.language : 'en';
const PLURAL = new Intl.PluralRules('en');

/**
 * A counted message: `key_one` or `key_other`, the count as its first value.
 * @param {Say} say @param {string} key @param {number} count @param {(string | number)[]} values
 */
export function counted(say, key, count, ...values) {
  return say(`${key}_${PLURAL.select(count) === 'one' ? 'one' : 'other'}`, count, ...values);
}

/** `disputed` and `superseded` are notes. @param {Finding} finding @returns {'contradicted' | 'note' | 'supported' | 'unverified'} */
export function toneOf({ verdict }) {
  return verdict === 'disputed' || verdict === 'superseded' ? 'note' : verdict;
}

/** The first line of a card. @param {Finding} finding @param {Say} say */
export function headline(finding, say) {
  const { verdict, kind, agree, total } = finding;
  if (verdict === 'contradicted' && kind === 'calendar') return say('headline_calendar');
  if (verdict === 'contradicted' && kind === 'self') return say('headline_self');
  if (verdict === 'contradicted') return counted(say, 'headline_contradicted', total, agree);
  if (verdict === 'supported') return counted(say, 'headline_supported', total, agree);
  return say(`headline_${verdict}`);
}

/** How a page stands, in one sentence. @param {import('./types.js').State} state @param {Say} say */
export function statusLine({ status, report, detail = '' }, say) {
  const differences = report?.counts.contradicted ?? 0;
  if (status === 'ok') return differences ? counted(say, 'status_ok_differs', differences) : say('status_ok_none');
  return say(`status_${status.replace(/-/g, '_')}`, detail);
}

/** What stands against the page: sources, the calendar, or the page itself. @param {Finding} finding @param {Say} say */
export function otherSide(finding, say) {
  if (finding.kind === 'calendar') return say('side_calendar');
  if (finding.kind === 'self') return say('side_self');
  return say(finding.evidence.length === 1 ? 'side_source' : 'side_sources');
}

/** @param {Finding} finding @param {Say} say */
export function kindName(finding, say) {
  return say(`kind_${finding.kind}`) || finding.kind;
}

/**
 * A normalised value for people: ISO dates with their weekday, ISO durations in
 * words, everything else as it is.
 * @param {string} value
 */
export function formatValue(value) {
  return formatDate(value) ?? formatDuration(value) ?? value;
}

/** @param {string} value  ISO 8601: a day, a month, or two joined by a slash @returns {string | null} */
export function formatDate(value) {
  const range = /^([\d-]{7,10})\/([\d-]{7,10})$/.exec(value);
  if (range) {
    const [from, to] = [formatDate(range[1]), formatDate(range[2])];
    return from && to ? `${from} – ${to}` : null;
  }
  const match = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/.exec(value);
  if (!match) return null;
  const [, year, month, day] = match;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day ?? 1)));
  if (Number.isNaN(date.getTime()) || date.getUTCMonth() !== Number(month) - 1) return null;
  /** @type {Intl.DateTimeFormatOptions} */
  const shape = day ? { dateStyle: 'full' } : { year: 'numeric', month: 'long' };
  return new Intl.DateTimeFormat(LOCALE, { ...shape, timeZone: 'UTC' }).format(date);
}

/** A day without its weekday, for the line under a piece of evidence. @param {string} value */
export function formatDay(value) {
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(value);
  if (!match) return formatDate(value) ?? value;
  const date = new Date(Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])));
  return new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(date);
}

/** @param {string} value  ISO 8601 duration such as `PT5H30M` */
export function formatDuration(value) {
  const match = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:([\d.]+)H)?(?:([\d.]+)M)?(?:([\d.]+)S)?)?$/.exec(value);
  if (!match) return null;
  const units = ['year', 'month', 'week', 'day', 'hour', 'minute', 'second'];
  const parts = units.flatMap((unit, i) => {
    const amount = match[i + 1];
    if (amount === undefined) return [];
    return [new Intl.NumberFormat(LOCALE, { style: 'unit', unit, unitDisplay: 'long' }).format(Number(amount))];
  });
  return parts.length ? parts.join(' ') : null;
}

/** Where a page's relative dates are counted from. @param {import('./types.js').Report} report @param {Say} say */
export function anchorLine(report, say) {
  if (report.anchor === 'none' || !report.published) return say('anchor_none');
  return say(`anchor_${report.anchor}`, formatDay(report.published));
}

/**
 * `text` cut into pieces, those that say `value` marked, so that the eye finds them.
 * @param {string} text @param {string} value
 * @returns {{ text: string, strong: boolean }[]}
 */
export function emphasise(text, value) {
  const lower = text.toLowerCase();
  const words = spellings(value).find((spelling) => lower.includes(spelling.toLowerCase()));
  if (!words) return [{ text, strong: false }];
  const at = lower.indexOf(words.toLowerCase());
  return [
    { text: text.slice(0, at), strong: false },
    { text: text.slice(at, at + words.length), strong: true },
    { text: text.slice(at + words.length), strong: false },
  ].filter((piece) => piece.text);
}

/** How a normalised value may stand in a sentence, the most exact first. @param {string} value */
function spellings(value) {
  const plain = value.replace(/\s*\([^)]*\)/g, '').trim();
  const found = [value.trim(), plain, plain.replace(/-/g, ' ')];
  const match = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/.exec(value);
  if (match) {
    const day = new Date(Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3] ?? 1)));
    const name = (/** @type {Intl.DateTimeFormatOptions} */ shape) => new Intl.DateTimeFormat('en-US', { ...shape, timeZone: 'UTC' }).format(day);
    const month = name({ month: 'long' });
    if (match[3]) found.push(`${month} ${Number(match[3])}`, `${Number(match[3])} ${month}`, name({ weekday: 'long' }));
    else found.push(`${month} ${match[1]}`, month);
  }
  return found.filter((spelling) => spelling.length > 0);
}

/**
 * The address of a piece of evidence with a text fragment, or null unless it is a web address.
 * @param {string | null} url @param {string | null} sentence
 */
export function evidenceLink(url, sentence) {
  if (!url) return null;
  let parsed;
  try {
    parsed = new URL(url);
  } catch {
    return null;
  }
  if (parsed.protocol !== 'https:' && parsed.protocol !== 'http:') return null;
  if (!sentence) return parsed.href;
  // `-` and `,` have a meaning of their own in a text fragment.
  const fragment = encodeURIComponent(sentence).replace(/-/g, '%2D');
  return `${parsed.href}${parsed.hash ? '' : '#'}:~:text=${fragment}`;
}
