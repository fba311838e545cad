// The core as the build makes it from src/wasm.rs: pkg/countercheck.js, by wasm-pack.
// Written down here so that the scripts can be checked before anything is built.
declare module 'countercheck-core' {
  import type { Page, Report } from './page/types.js';

  /** Loads the wasm; to be awaited before a Core is made. */
  export default function load(from: { module_or_path: string | URL }): Promise<unknown>;
  export interface ReferenceInfo {
    id: string;
    sources: { id: string; title: string; published: string | null; url: string | null }[];
    entities: number;
    claims: number;
  }
  /** Begins with the bundled reference set loaded. */
  export class Core {
    check(page: Page): Report;
    annotate(page: Page): Report;
    addReference(bytes: Uint8Array): ReferenceInfo;
    removeReference(id: string): boolean;
    references(): ReferenceInfo[];
    build(pages: Page[]): Uint8Array;
  }
  export function version(): string;
}
