// @ts-check
// The reader's own colours for marks, made legible on light and on dark ground.

/** @typedef {import('./page/prefs.js').Coloured} Coloured */
/** @typedef {import('./page/paint.js').Theme} Theme */

/** The usual colours on a light page. @type {Record<Coloured, string>} */
export const USUAL = {
  contradicted: '#c02626',
  note: '#8a6100',
  supported: '#2f7d3b',
  person: '#5b4bb7',
  place: '#0f7a6c',
  date: '#9a5b00',
};

const GROUNDS = { light: [255, 255, 255], dark: [23, 24, 27] };
/** Least contrast of a line with its ground (WCAG 2, 1.4.11). */
const LEAST = 3;

/** Rules that lay the reader's colours over the style of the marks; empty where there are none. @param {Partial<Record<Coloured, string>>} colours */
export function colourRules(colours) {
  const rules = Object.entries(colours).flatMap(([kind, colour]) => {
    if (!Object.hasOwn(USUAL, kind) || !/^#[0-9a-f]{6}$/i.test(colour)) return [];
    return /** @type {Theme[]} */ (['light', 'dark']).map(
      (theme) => `::highlight(countercheck-${kind}-${theme}) { text-decoration-color: ${legible(colour, theme)}; }`,
    );
  });
  return rules.length ? `@media (forced-colors: none) {\n${rules.join('\n')}\n}` : '';
}

/**
 * A colour of the same hue that has enough contrast with the ground: mixed with black or white
 * step by step until it has.
 * @param {string} colour `#rrggbb` @param {Theme} theme
 */
export function legible(colour, theme) {
  let rgb = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  const towards = theme === 'light' ? 0 : 255;
  while (contrast(rgb, GROUNDS[theme]) < LEAST) rgb = rgb.map((part) => Math.round(part + (towards - part) * 0.1 + (towards ? 0.5 : -0.5)));
  return `#${rgb.map((part) => Math.max(0, Math.min(255, part)).toString(16).padStart(2, '0')).join('')}`;
}

/** @param {number[]} a @param {number[]} b */
function contrast(a, b) {
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

/** Relative luminance of WCAG 2. @param {number[]} rgb */
function luminance(rgb) {
  const [r, g, b] = rgb.map((part) => part / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
