// @ts-check
// Shown once, after installing: what to do, and what the marks look like.
import { make } from './page/dom.js';
import { createPainter, themeAt } from './page/paint.js';
import { by, fill, say } from './say.js';

fill(document);
const sample = by('sample');
/** The sample's words with the kind of mark that each gets. @type {[string, import('./page/paint.js').MarkKind | null][]} */
const PARTS = [
  ['Foreign Minister', 'contradicted'],
  [' ', null],
  ['Antony Blinken', 'person'],
  [' came to ', null],
  ['Beijing', 'place'],
  [' on ', null],
  ['Sunday', 'date'],
  [' for talks of ', null],
  ['about six hours', 'note'],
  ['.', null],
];
sample.append(...PARTS.map(([text]) => document.createTextNode(text)));
const painter = createPainter(document, new AbortController().signal);
PARTS.forEach(([text, kind], i) => {
  if (!kind) return;
  const node = sample.childNodes[i];
  painter.add(kind, themeAt(sample), new StaticRange({ startContainer: node, startOffset: 0, endContainer: node, endOffset: text.length }));
  by('legend').append(make(document, 'li', '', make(document, 'b', '', text), ' ', say(`legend_${kind}`)));
});
