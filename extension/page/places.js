// @ts-check
// Where findings stand in the text of the whole document, for exports.
import { locate } from './read.js';

/**
 * For each finding of a report its place in the document's text, that is in the data of all its
 * text nodes in order (`document.body.textContent`), in UTF-16 code units; null where the page has
 * changed, or where the text stands in a shadow tree, which that text does not have.
 * @param {import('./read.js').Block[]} blocks @param {import('./types.js').Report | null} report
 * @returns {({ start: number, end: number } | null)[]}
 */
export function placesIn(blocks, report) {
  const body = blocks[0]?.element.ownerDocument.body;
  if (!body || !report) return [];
  /** @type {Map<Node, number>} */
  const begins = new Map();
  const walker = body.ownerDocument.createTreeWalker(body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_CDATA_SECTION);
  let length = 0;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    begins.set(node, length);
    length += /** @type {Text} */ (node).data.length;
  }
  return report.findings.map(({ block, start, end }) => {
    const place = blocks[block] && locate(blocks[block], start, end);
    const [from, to] = [place && begins.get(place.startContainer), place && begins.get(place.endContainer)];
    if (!place || from == null || to == null) return null;
    return { start: from + place.startOffset, end: to + place.endOffset };
  });
}
