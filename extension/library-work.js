// @ts-check
// What needs the core to change a set: done in the background for one page, and in a worker of
// the options page for files of any size, so that no page ever waits.
import { inspect, merge, readSource, without } from 'countercheck-core';
import { alone, fileOf, listSets, putSet, putShard } from './library.js';

/** @typedef {import('./page/types.js').Page} Page */
/** @typedef {import('./library.js').StoredSet} StoredSet */

/** What keeping a page would store, without its bytes. @param {Page} page */
export function preview(page) {
  const { source, names, sentences } = readSource(named(page));
  return { source, names, sentences };
}

/**
 * Keeps a page in the set with this name; makes the set where there is none.
 * @param {Page} page @param {string} name @returns {Promise<StoredSet>}
 */
export function keep(page, name) {
  const { bytes } = readSource(named(page));
  return alone(async () => {
    const set = (await listSets()).find((s) => s.name === name);
    const old = set && (await fileOf(set.id));
    const file = old ? merge([old, bytes]) : bytes;
    if (set && file.length === old?.length) return set; // It was there.
    return store(set?.id ?? crypto.randomUUID(), name, set?.on ?? true, file);
  });
}

/**
 * Stores a file as a new set, after reading all of it; of a split set the shards first, which lie beside its manifest.
 * @param {Uint8Array} file @param {string} name @param {File[]} [beside] @returns {Promise<StoredSet>}
 */
export function importFile(file, name, beside = []) {
  return alone(async () => {
    for (const { file: wanted } of inspect(file).shards) await importShard(wanted, beside.find((one) => one.name === wanted));
    const taken = new Set((await listSets()).map((set) => set.name));
    let free = name;
    for (let n = 2; taken.has(free); n += 1) free = `${name} (${n})`;
    return store(crypto.randomUUID(), free, true, file);
  });
}

/** @param {string} wanted @param {File | undefined} found */
async function importShard(wanted, found) {
  if (!found) throw new Error(`the shard ${wanted} is missing; choose the manifest together with all of its shards`);
  const shard = new Uint8Array(await found.arrayBuffer());
  if (`${inspect(shard).id}.ccset` !== wanted) throw new Error(`${wanted} is not the shard that the manifest names`);
  await putShard(wanted, shard);
}

/** Takes one source out of a set. @param {string} id @param {number} place  in the list of sources */
export function removeSource(id, place) {
  return alone(async () => {
    const set = (await listSets()).find((s) => s.id === id);
    const file = await fileOf(id);
    if (set && file) await store(id, set.name, set.on, without(file, place));
  });
}

/** @param {string} id @param {string} name @param {boolean} on @param {Uint8Array} file @returns {Promise<StoredSet>} */
async function store(id, name, on, file) {
  const info = inspect(file);
  let bytes = file.length;
  for (const shard of info.shards) bytes += shard.bytes;
  const set = { id, name, on, bytes, info };
  await putSet(id, set, file);
  return set;
}

/** A page has no name of its own: its address, as short as it can be. @param {Page} page @returns {Page} */
function named(page) {
  const address = (page.url ?? '').replace(/^https?:\/\/(?:www\.)?/, '').replace(/[?#].*$/, '');
  // A day that the reader set for this page is as good as one that it says.
  return { ...page, id: address || page.title || 'page', published: page.anchor ?? page.published };
}
