// @ts-check
// The plain data that crosses between the core, the page half and the pages of the extension.

// What the core takes and gives is written down once, beside it, in src/wasm.d.ts.

/** @typedef {import('../../src/wasm.js').Verdict} Verdict */
/** What the core is asked; block texts are as readBlocks() makes them. @typedef {import('../../src/wasm.js').Page} Page */
/** @typedef {import('../../src/wasm.js').Mention} Mention */
/** @typedef {import('../../src/wasm.js').Evidence} Evidence */
/** A row of the report; `dismissed` where the reader has put it aside. @typedef {import('../../src/wasm.js').Finding & { dismissed?: boolean }} Finding */
/** @typedef {import('../../src/wasm.js').Entity} Entity */
/** @typedef {import('../../src/wasm.js').Said} Said */
/** As the core gives it; `hidden` counts what the reader has put aside. @typedef {Omit<import('../../src/wasm.js').Report, 'findings'> & { findings: Finding[], hidden?: number }} Report */
/** What the background answers to a page. @typedef {{ report: Report, sources: number } | { error: string }} Answer */
/**
 * What was read of a page, and what was not.
 * @typedef {object} Reading
 * @property {string} title
 * @property {number} blocks
 * @property {number} characters
 * @property {Partial<Record<import('./read.js').Skip, number>>} skipped  how many pieces, by reason
 * @property {string[]} frames  hosts of frames that only their own site can read
 */
/**
 * What a page half knows, as popup, panel and demo show it.
 * @typedef {object} State
 * @property {Report['status'] | 'reading' | 'changed' | 'no-article' | 'frame' | 'pdf' | 'unsupported' | 'error'} status
 * @property {string} [detail]
 * @property {Report | null} report
 * @property {number} sources  number of sources compared with
 * @property {Reading} [reading]
 */
export {};
