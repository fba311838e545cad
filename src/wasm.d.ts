/** A page as the page half reads it. */
export interface Page {
  id?: string;
  title?: string | null;
  url?: string | null;
  /** Date of publication in any common form. */
  published?: string | null;
  /** Day that the reader wants relative dates counted from; outranks what page and text say. */
  anchor?: string | null;
  /** BCP 47 language tag. */
  lang?: string | null;
  blocks: string[];
}
/** `bytes`: what it takes in the file of a set. */
export interface SourceInfo {
  id: string; title: string; published: string | null; url: string | null; claims: number; bytes: number;
}
export interface ReferenceInfo {
  id: string;
  /** Number of sources; those of a split set are listed in its shards alone. */
  count: number;
  sources: SourceInfo[]; entities: number; claims: number;
  /** Of a split set: the files that it is in. */
  shards: ShardInfo[];
}
export interface ShardInfo { file: string; sources: number; bytes: number }
/** What a page would add to a set: the set of this one source, and all that is kept of its text. */
export interface Reading { source: SourceInfo; names: string[]; sentences: string[]; bytes: Uint8Array }
/** What a source calls a person. */
export interface Said { role: string; title: string; published: string | null; url: string | null; sentence: string }
export type Verdict = "contradicted" | "disputed" | "superseded" | "supported" | "unverified";
/** Offsets are UTF-16 code units of `blocks[block]`, end exclusive. */
export interface Mention {
  block: number; start: number; end: number; text: string;
  kind: "person" | "place" | "organisation" | "date" | "quantity";
  entity?: string; name?: string; value?: string; timex?: "DATE" | "DURATION" | "SET";
}
export interface Entity { id: string; kind: Mention["kind"]; name: string; count: number; roles: string[]; within?: string[] }
export interface Evidence {
  source: string; title: string; published: string | null; url: string | null; value: string; sentence: string;
}
export interface Finding {
  id: string; verdict: Verdict; kind: string; rule: string; confidence: number;
  block: number; start: number; end: number; text: string;
  claim: string; value: string; expected: string | null;
  /** Independent sources behind the verdict, of all that say anything comparable. */
  agree: number; total: number;
  evidence: Evidence[];
  /** With contradicted, disputed and superseded: `JSON.stringify(receipt)` is what "copy receipt" copies. */
  receipt?: Receipt;
}
/** What `countercheck verify` replays. Offsets are code points of the block. */
export interface Receipt {
  /** Form of the receipt: 1. */
  receipt: number; version: string;
  /** SHA-256 of the blocks joined by one line feed. */
  text: string;
  sets: string[];
  title: string | null; url: string | null; published: string | null; anchor?: string; lang: string | null;
  verdict: Verdict; kind: string; rule: string;
  block: number; start: number; end: number; words: string;
  value: string; expected: string | null;
  evidence: { source: string; sentence: string }[];
}
export interface Report {
  status: "ok" | "empty" | "not-english" | "no-reference" | "not-covered";
  /** ISO date that relative dates were resolved against. */
  published: string | null;
  anchor: "page" | "text" | "reader" | "none";
  counts: Record<Verdict, number>;
  mentions: Mention[];
  entities: Entity[];
  findings: Finding[];
  /** Milliseconds: tokens, mentions and entities; tags and trees; claims; their comparison. */
  timings: { mentions: number; syntax: number; claims: number; compare: number };
}
