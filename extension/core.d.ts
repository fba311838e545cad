// The core as the build makes it from src/wasm.rs: pkg/countercheck.js, by wasm-pack.
// Its functions are written down here, its data in src/wasm.d.ts, so that the scripts can be checked before anything is built.
declare module 'countercheck-core' {
  import type { Page, ReferenceInfo, Report } from '../src/wasm.js';

  /** Loads the wasm; to be awaited before a Core is made. */
  export default function load(from: { module_or_path: string | URL }): Promise<unknown>;
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
