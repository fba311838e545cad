/** A page as the page half reads it. */
export interface Page {
  id?: string;
  title?: string | null;
  url?: string | null;
  /** Date of publication in any common form. */
  published?: string | null;
  /** BCP 47 language tag. */
  lang?: string | null;
  blocks: string[];
}
export interface SourceInfo { id: string; title: string; published: string | null; url: string | null }
export interface ReferenceInfo { id: string; sources: SourceInfo[]; entities: number; claims: number }
export type Verdict = "contradicted" | "disputed" | "superseded" | "supported" | "unverified";
/** Offsets are UTF-16 code units of `blocks[block]`, end exclusive. */
export interface Mention {
  block: number; start: number; end: number; text: string;
  kind: "person" | "place" | "organisation" | "date" | "quantity";
  entity?: string; name?: string; value?: string; timex?: "DATE" | "DURATION" | "SET";
}
export interface Entity { id: string; kind: Mention["kind"]; name: string; count: number; roles: string[] }
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
}
export interface Report {
  status: "ok" | "empty" | "not-english" | "no-reference" | "not-covered";
  /** ISO date that relative dates were resolved against. */
  published: string | null;
  anchor: "page" | "text" | "none";
  counts: Record<Verdict, number>;
  mentions: Mention[];
  entities: Entity[];
  findings: Finding[];
  /** Milliseconds. */
  timings: { extract: number; compare: number };
}
