// @ts-check
// Tables: what on a page is never read. The walker in read.js has no names of its own.

/** @typedef {import('./read.js').Skip} Skip */

/** @param {Partial<Record<Skip, string>>} table @returns {Map<string, Skip>} */
const byName = (table) =>
  new Map(Object.entries(table).flatMap(([why, names]) => names.split(' ').map((name) => /** @type {[string, Skip]} */ ([name, why]))));

/** Elements whose text is not the article's, or is not ours to read, each with the reason. */
export const SKIPPED_TAGS = byName({
  surroundings: 'NAV ASIDE FOOTER MENU DIALOG',
  forms: 'FORM INPUT TEXTAREA SELECT OPTION BUTTON DATALIST LABEL PROGRESS METER',
  code: 'SCRIPT STYLE NOSCRIPT TEMPLATE CODE PRE KBD SAMP VAR',
  media: 'IFRAME FRAME OBJECT EMBED CANVAS VIDEO AUDIO SVG MATH',
  hidden: 'RT RP',
});

/** Attributes with the same effect, tested on every element. @type {[string, Skip][]} */
export const SKIPPED_ATTRIBUTES = [
  ['[hidden],[inert],[aria-hidden="true"],details:not([open]) > :not(summary)', 'hidden'],
  ['[contenteditable]:not([contenteditable="false"]),[role="textbox"],[role="form"],[role="search"]', 'forms'],
  [
    '[role="navigation"],[role="complementary"],[role="contentinfo"],[role="dialog"],[role="alertdialog"],[role="menu"],[role="toolbar"]',
    'surroundings',
  ],
];

/**
 * Words that publishers put in class names and ids of what surrounds an
 * article. Compared with whole parts of a name (`post-related` has the parts
 * `post` and `related`), so that `unrelated` or `shareholder` stay readable.
 */
export const SURROUNDING_PARTS = new Set(
  (
    'comment comments disqus respond replies related recommended recommendations ' +
    'trending popular newsletter subscribe subscription signup paywall share sharing social ' +
    'sidebar promo promos promotion advert advertisement ads ad sponsored sponsor outbrain taboola ' +
    'breadcrumb breadcrumbs cookie cookies consent banner pagination tags authorbox'
  ).split(' '),
);

/** Headings that open a list of other articles; what follows them is skipped. */
export const TAIL_HEADING =
  /^(?:you (?:may|might) (?:also )?(?:like|enjoy|be interested in)|(?:articles|stories|posts) you (?:may|might) like|related(?: (?:articles?|stories|posts|news|coverage|topics|content))?|recommended(?: (?:for you|reading|stories))?|more (?:on this|from|in|stories|news|like this)\b.*|read (?:more|next|also)|most (?:read|popular|viewed)|trending(?: now)?|what to read next|leave a (?:comment|reply)|(?:\d+ )?comments?|source links?|share this.*|tags|topics|sign up.*|newsletter)$/i;
