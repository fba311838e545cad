// The core as the build makes it from src/wasm.rs: pkg/countercheck.js, by wasm-bindgen.
// Its functions are written down here, its data in src/wasm.d.ts, so that the scripts can be checked before anything is built.
declare module 'countercheck-core' {
  import type { Page, Reading, ReferenceInfo, Report, Said } from '../src/wasm.js';

  /** Loads the wasm; to be awaited before anything else is called. */
  export default function load(from: { module_or_path: string | URL }): Promise<unknown>;
  /** Begins with the bundled reference set loaded. */
  export class Core {
    check(page: Page): Report;
    annotate(page: Page): Report;
    about(name: string): Said[];
    addReference(bytes: Uint8Array): ReferenceInfo;
    removeReference(id: string): boolean;
    replaceReferences(files: Uint8Array[], bundled: boolean): void;
    /** Files of the shards that checking a page, or asking about a person, needs first. */
    wanted(page: Page): string[];
    wantedAbout(name: string): string[];
    lend(shard: Uint8Array): void;
    readonly sources: number;
    references(): ReferenceInfo[];
    build(pages: Page[]): Uint8Array;
    free(): void;
  }
  export function inspect(file: Uint8Array): ReferenceInfo;
  export function merge(files: Uint8Array[]): Uint8Array;
  export function without(file: Uint8Array, place: number): Uint8Array;
  export function readSource(page: Page): Reading;
  export function version(): string;
}
