// @ts-check
// The plain data that crosses between the core, the page half and the pages of the extension.

/** @typedef {'supported' | 'contradicted' | 'disputed' | 'superseded' | 'unverified'} Verdict */
/**
 * What the core is asked. Block texts are as readBlocks() makes them.
 * @typedef {{ id?: string, title?: string, url?: string, published?: string, lang?: string, blocks: string[] }} Page
 */
/**
 * `start` and `end` are UTF-16 code units in `blocks[block]`, `end` exclusive.
 * @typedef {object} Mention
 * @property {number} block @property {number} start @property {number} end
 * @property {'person' | 'place' | 'organisation' | 'date' | 'quantity'} kind
 * @property {string} text
 * @property {string} [entity] @property {string} [name] @property {string} [value]
 * @property {'DATE' | 'DURATION' | 'SET'} [timex]
 */
/** @typedef {{ source: string, title: string, published: string | null, url: string | null, value: string, sentence: string | null }} Evidence */
/**
 * @typedef {object} Finding
 * @property {string} id @property {Verdict} verdict @property {string} kind
 * @property {number} block @property {number} start @property {number} end
 * @property {string} text @property {string} claim
 * @property {string | null} expected @property {string} value
 * @property {number} confidence @property {string} rule
 * @property {number} agree @property {number} total
 * @property {Evidence[]} evidence
 */
/** @typedef {{ id: string, kind: string, name: string, count: number, roles: string[] }} Entity */
/**
 * @typedef {object} Report
 * @property {'ok' | 'empty' | 'not-english' | 'no-reference' | 'not-covered'} status
 * @property {string | null} published @property {'page' | 'text' | 'none'} anchor
 * @property {Record<Verdict, number>} counts
 * @property {Mention[]} mentions @property {Entity[]} entities @property {Finding[]} findings
 */
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
