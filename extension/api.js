// @ts-check
/** The browser's interface for extensions; both browsers answer with promises. @type {typeof chrome} */
export const api = /** @type {any} */ (globalThis).browser ?? globalThis.chrome;
