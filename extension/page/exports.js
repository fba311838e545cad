// @ts-check
// A page's findings for other programs: W3C Web Annotations, Markdown, CSV, and test cases.
import { evidenceLink, toneOf } from './words.js';

/** @typedef {import('./types.js').Page} Page */
/** @typedef {import('./types.js').Report} Report */
/** @typedef {import('./types.js').Finding} Finding */
/** @typedef {({ start: number, end: number } | null)[]} Places  of the findings in the document's text, see places.js */

/** Code units of a block before and after a quotation that tell it from others of the same words. */
const CONTEXT = 32;
/** Media types as https://www.w3.org/TR/annotation-model/ and RFC 7763, 4180 have them. */
export const TYPES = {
  jsonld: 'application/ld+json',
  md: 'text/markdown',
  csv: 'text/csv',
  jsonl: 'application/jsonl',
};

/** What of a report is worth taking along: all but what no source covers and what the reader put aside. @param {Report} report */
function told(report) {
  const rows = report.findings.map((finding, index) => ({ finding, index }));
  return rows.filter(({ finding }) => toneOf(finding) !== 'unverified' && toneOf(finding) !== 'hidden');
}

/**
 * An annotation page (https://www.w3.org/TR/annotation-model/#annotation-page): one annotation for
 * each finding, pointing at its words by quotation and, where they stand in the document's own
 * text, by position.
 * @param {Page} page @param {Report} report @param {Places} places
 */
export function toAnnotations(page, report, places) {
  const items = told(report).map(({ finding, index }) => ({
    type: 'Annotation',
    motivation: 'assessing',
    body: [
      { type: 'TextualBody', purpose: 'tagging', value: finding.verdict },
      { type: 'TextualBody', purpose: 'commenting', format: 'text/plain', language: 'en', value: comment(finding) },
      ...finding.evidence.map((piece) => ({
        type: 'SpecificResource',
        purpose: 'linking',
        ...(piece.url ? { source: piece.url } : { source: { type: 'Text', name: piece.title } }),
        ...(piece.sentence ? { selector: { type: 'TextQuoteSelector', exact: piece.sentence } } : {}),
      })),
    ],
    target: { source: page.url ?? '', selector: selectors(page, finding, places[index]) },
  }));
  const context = 'http://www.w3.org/ns/anno.jsonld';
  return `${JSON.stringify({ '@context': context, type: 'AnnotationPage', items }, null, 2)}\n`;
}

/** @param {Page} page @param {Finding} finding @param {Places[number] | undefined} place */
function selectors(page, { block, start, end, text }, place) {
  const around = page.blocks[block] ?? '';
  const quote = {
    type: 'TextQuoteSelector',
    exact: text,
    prefix: around.slice(Math.max(0, start - CONTEXT), start),
    suffix: around.slice(end, end + CONTEXT),
  };
  return place ? [quote, { type: 'TextPositionSelector', start: place.start, end: place.end }] : [quote];
}

/** In the words of the core, which are English everywhere. @param {Finding} finding */
function comment({ verdict, agree, total, text, value, expected, rule }) {
  const against = expected ? `; sources: ${expected}` : '';
  return `${verdict} (${agree} of ${total} sources) “${text}”: ${value}${against} [${rule}]`;
}

/**
 * @param {Page} page @param {Report} report @param {import('./words.js').Say} say
 */
export function toMarkdown(page, report, say) {
  const lines = [`# ${inline(page.title || page.url || '')}`, ''];
  if (page.url) lines.push(`<${page.url}>`, '');
  for (const tone of /** @type {const} */ (['contradicted', 'note', 'supported'])) {
    const rows = told(report).filter(({ finding }) => toneOf(finding) === tone);
    if (!rows.length) continue;
    lines.push(`## ${say(`list_${tone}`)}`, '');
    for (const { finding } of rows) {
      const against = finding.expected && tone !== 'supported' ? ` → ${inline(finding.expected)}` : '';
      lines.push(`- **${inline(finding.text)}**${against} (${finding.agree}/${finding.total}, \`${finding.rule}\`)`);
      for (const piece of finding.evidence) {
        const link = evidenceLink(piece.url, piece.sentence);
        const source = [piece.title, piece.published].filter(Boolean).map((part) => inline(part ?? '')).join(', ');
        lines.push(`  > ${inline(piece.sentence || piece.value)} — ${link ? `[${source}](<${link}>)` : source}`, '');
      }
    }
    lines.push('');
  }
  return `${lines.join('\n').replace(/\n{3,}/g, '\n\n').trimEnd()}\n`;
}

/** Text on one line that Markdown takes for nothing but text. @param {string} text */
function inline(text) {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>#|~]/g, '\\$&');
}

const COLUMNS = ['verdict', 'kind', 'rule', 'paragraph', 'start', 'end', 'text', 'claim', 'value', 'expected', 'agree', 'total', 'sources', 'sentences'];

/** One row for each finding (RFC 4180); offsets are UTF-16 code units of the paragraph. @param {Report} report */
export function toCsv(report) {
  const rows = told(report).map(({ finding: f }) => [
    ...[f.verdict, f.kind, f.rule, f.block + 1, f.start, f.end, f.text, f.claim, f.value, f.expected ?? '', f.agree, f.total],
    f.evidence.map(({ title, url }) => url ?? title).join('\n'),
    f.evidence.map(({ sentence }) => sentence).join('\n'),
  ]);
  return [COLUMNS, ...rows].map((row) => row.map(cell).join(',')).join('\r\n') + '\r\n';
}

/** A leading sign would make a formula of a text in a spreadsheet. @param {string | number} value */
function cell(value) {
  const text = typeof value === 'string' ? value.replace(/^(?=[=+\-@\t\r])/, "'") : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}

/**
 * Differences that the reader put aside as test cases, in the form of tests/corpora: pages on
 * which nothing may be flagged.
 * @param {import('./prefs.js').Dismissed[]} dismissed
 */
export function toCases(dismissed) {
  const lines = dismissed.map(({ on, page, paragraph, finding }, i) => {
    const { kind, rule, text, expected } = finding;
    const note = `put aside on ${on}: “${text}” (${rule}, ${kind}) against “${expected ?? ''}”`;
    const published = /^\d{4}-\d{2}-\d{2}/.exec(page.published)?.[0];
    const about = { ...(published ? { published } : {}), ...(page.title ? { title: page.title } : {}) };
    return JSON.stringify({ id: `not-a-difference-${i + 1}`, ...about, ...(page.url ? { url: page.url } : {}), paragraphs: [paragraph], flags: [], clean: true, note });
  });
  return lines.map((line) => `${line}\n`).join('');
}

/** Offers text as a file. @param {Document} doc @param {string} name @param {keyof typeof TYPES} kind @param {string} text */
export function save(doc, name, kind, text) {
  saveBytes(doc, `${name}.${kind}`, new Blob([text], { type: TYPES[kind] }));
}

/** @param {Document} doc @param {string} name @param {Blob} content */
export function saveBytes(doc, name, content) {
  const link = doc.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name.replace(/[\\/:*?"<>|\s]+/g, '-');
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
