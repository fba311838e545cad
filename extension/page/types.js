// @ts-check
// The plain data that crosses between the core, the page half and the pages of the extension.

// What the core takes and gives is written down once, beside it, in src/wasm.d.ts.

/** @typedef {import('../../src/wasm.js').Verdict} Verdict */
/** What the core is asked; block texts are as readBlocks() makes them. @typedef {import('../../src/wasm.js').Page} Page */
/** @typedef {import('../../src/wasm.js').Mention} Mention */
/** @typedef {import('../../src/wasm.js').Evidence} Evidence */
/** @typedef {import('../../src/wasm.js').Finding} Finding */
/** @typedef {import('../../src/wasm.js').Entity} Entity */
/** @typedef {import('../../src/wasm.js').Report} Report */
/** What the background answers to a page. @typedef {{ report: Report, sources: number } | { error: string }} Answer */
/**
 * What a page half knows, as popup and demo show it.
 * @typedef {object} State
 * @property {Report['status'] | 'reading' | 'no-article' | 'unsupported' | 'error'} status
 * @property {string} [detail]
 * @property {Report | null} report
 * @property {number} sources  number of sources compared with
 */
export {};
