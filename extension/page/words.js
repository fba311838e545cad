// @ts-check
// Findings and values in words, for the card, the popup and the demo's panel.

/** @typedef {(key: string, ...values: (string | number)[]) => string} Say  a message of _locales by its key */
/** @typedef {import('./types.js').Finding} Finding */
/** @typedef {import('./types.js').Mention} Mention */

/** In milliseconds. */
const DAY = 86_400_000;
/** The language of the messages, in the reader's own flavour of it. */
let locale = 'en';
let plural = new Intl.PluralRules(locale);

/** Takes numbers, dates and plurals from the language that the messages are in. @param {Say} say */
export function speak(say) {
  const language = say('locale') || 'en';
  locale = globalThis.navigator?.languages?.find((tag) => tag.split('-')[0] === language) ?? language;
  plural = new Intl.PluralRules(locale);
}

/**
 * A counted message: `key_one` or `key_other`, the count as its first value.
 * @param {Say} say @param {string} key @param {number} count @param {(string | number)[]} values
 */
export function counted(say, key, count, ...values) {
  return say(`${key}_${plural.select(count) === 'one' ? 'one' : 'other'}`, count, ...values);
}

/** @typedef {'contradicted' | 'note' | 'supported' | 'unverified' | 'hidden'} Tone */

/** `disputed` and `superseded` are notes; what the reader put aside is hidden. @param {Finding} finding @returns {Tone} */
export function toneOf({ verdict, dismissed }) {
  if (dismissed) return 'hidden';
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
  if (status !== 'ok') return say(`status_${status.replace(/-/g, '_')}`, detail);
  if (differences) return counted(say, 'status_ok_differs', differences);
  return report?.hidden ? counted(say, 'status_ok_hidden', report.hidden) : say('status_ok_none');
}

/** A number of bytes. @param {number} bytes */
export function formatSize(bytes) {
  const step = bytes < 1000 ? 0 : bytes < 1_000_000 ? 1 : 2;
  const unit = ['byte', 'kilobyte', 'megabyte'][step];
  const shape = { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: bytes / 1000 ** step < 10 ? 1 : 0 };
  return new Intl.NumberFormat(locale, /** @type {any} */ (shape)).format(bytes / 1000 ** step);
}

/** @param {number} number */
export function formatNumber(number) {
  return new Intl.NumberFormat(locale).format(number);
}

/** First moment of a calendar value in milliseconds since 1970, or null for what has no place on a line. @param {string} value */
export function beginOf(value) {
  const week = /^(\d{4})-W(\d{2})$/.exec(value);
  if (week) {
    // Week 1 is the week of 4 January (ISO 8601).
    const fourth = Date.UTC(Number(week[1]), 0, 4);
    const monday = fourth - ((new Date(fourth).getUTCDay() + 6) % 7) * DAY;
    return monday + (Number(week[2]) - 1) * 7 * DAY;
  }
  const match = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?/.exec(value);
  return match ? Date.UTC(Number(match[1]), Number(match[2] ?? 1) - 1, Number(match[3] ?? 1)) : null;
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
  const monday = /^\d{4}-W\d{2}$/.test(value) ? beginOf(value) : null;
  if (monday !== null) {
    const shape = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });
    return shape.formatRange(monday, monday + 6 * DAY);
  }
  const match = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/.exec(value);
  if (!match) return null;
  const [, year, month, day] = match;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day ?? 1)));
  if (Number.isNaN(date.getTime()) || date.getUTCMonth() !== Number(month) - 1) return null;
  /** @type {Intl.DateTimeFormatOptions} */
  const shape = day ? { dateStyle: 'full' } : { year: 'numeric', month: 'long' };
  return new Intl.DateTimeFormat(locale, { ...shape, timeZone: 'UTC' }).format(date);
}

/** A day without its weekday, for the line under a piece of evidence. @param {string} value */
export function formatDay(value) {
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(value);
  if (!match) return formatDate(value) ?? value;
  const date = new Date(Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])));
  return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(date);
}

/** @param {string} value  ISO 8601 duration such as `PT5H30M` */
export function formatDuration(value) {
  const match = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:([\d.]+)H)?(?:([\d.]+)M)?(?:([\d.]+)S)?)?$/.exec(value);
  if (!match) return null;
  const units = ['year', 'month', 'week', 'day', 'hour', 'minute', 'second'];
  const parts = units.flatMap((unit, i) => {
    const amount = match[i + 1];
    if (amount === undefined) return [];
    return [new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(Number(amount))];
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
