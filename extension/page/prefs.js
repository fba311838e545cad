// @ts-check
// What the reader wants shown, and which differences the reader has put aside.

/** @typedef {import('./types.js').Finding} Finding */
/** @typedef {import('./types.js').Report} Report */
/** @typedef {import('./types.js').Page} Page */
/** Kinds of marks that can be shown or not. @typedef {'person' | 'place' | 'date' | 'supported'} Kind */
/** Kinds of marks that have a colour. @typedef {Kind | 'note' | 'contradicted'} Coloured */
/**
 * @typedef {object} Prefs
 * @property {Record<Kind, boolean>} kinds
 * @property {boolean} differencesOnly  nothing but differences and notes is marked
 * @property {Partial<Record<Coloured, string>>} colours  `#rrggbb`, where it is not the usual one
 * @property {Dismissed[]} dismissed
 */
/**
 * A difference that the reader says is none. `pair` names what is said here and what the
 * sources say; the rest is for the list, and for a test case.
 * @typedef {object} Dismissed
 * @property {string} pair
 * @property {string} on  ISO date
 * @property {{ title: string, url: string, published: string }} page
 * @property {string} paragraph
 * @property {Pick<Finding, 'kind' | 'rule' | 'text' | 'start' | 'value' | 'expected'>} finding
 */

/** @type {Prefs} */
export const DEFAULTS = {
  kinds: { person: true, place: true, date: true, supported: false },
  differencesOnly: false,
  colours: {},
  dismissed: [],
};

/** The same on every page: what is claimed, and what stands against it. @param {Finding} finding */
export function pairOf({ kind, claim, value, expected }) {
  return [kind, claim, value, expected ?? ''].join('\n');
}

/**
 * What is kept of a difference that is put aside.
 * @param {Finding} finding @param {Page} page @param {string} today  ISO date @returns {Dismissed}
 */
export function dismissal(finding, page, today) {
  const { kind, rule, text, start, value, expected, block } = finding;
  return {
    pair: pairOf(finding),
    on: today,
    page: { title: page.title ?? '', url: page.url ?? '', published: page.published ?? '' },
    paragraph: page.blocks[block] ?? '',
    finding: { kind, rule, text, start, value, expected },
  };
}

/**
 * A report as the reader wants it: differences and notes that were put aside are marked so
 * and counted by themselves. The sum of all counts stays the number of findings.
 * @param {Report} report @param {Dismissed[]} dismissed @returns {Report}
 */
export function settle(report, dismissed) {
  const pairs = new Set(dismissed.map(({ pair }) => pair));
  const counts = { ...report.counts };
  let hidden = 0;
  const findings = report.findings.map((finding) => {
    const open = finding.verdict !== 'supported' && finding.verdict !== 'unverified';
    if (!open || !pairs.has(pairOf(finding))) return finding;
    counts[finding.verdict] -= 1;
    hidden += 1;
    return { ...finding, dismissed: true };
  });
  return { ...report, counts, findings, hidden };
}

/** Whether a kind of mark is to be painted. @param {Prefs} prefs @param {Kind} kind */
export function wants(prefs, kind) {
  return !prefs.differencesOnly && prefs.kinds[kind];
}

/** Stored preferences with what is missing filled in. @param {any} stored @param {any} dismissed @returns {Prefs} */
export function complete(stored, dismissed) {
  return {
    kinds: { ...DEFAULTS.kinds, ...stored?.kinds },
    differencesOnly: stored?.differencesOnly === true,
    colours: { ...stored?.colours },
    dismissed: Array.isArray(dismissed) ? dismissed : [],
  };
}
