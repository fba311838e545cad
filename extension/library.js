// @ts-check
// The reader's own reference sets, kept by the browser on this device: a list of what they are,
// and beside it the very files that the command line reads and writes. Every change is one
// transaction: it happens whole or not at all, and the state before the last one can be had back.
import { api } from './api.js';

/** @typedef {import('../src/wasm.js').ReferenceInfo} ReferenceInfo */
/**
 * @typedef {object} StoredSet
 * @property {string} id  ours, not the content's
 * @property {string} name
 * @property {boolean} on  whether pages are compared with it
 * @property {number} bytes  length of the file
 * @property {ReferenceInfo} info
 */
/** @typedef {{ id: string, set: StoredSet | null, file: Uint8Array | null }} Before  how a set was; null where there was none */

/** The set that comes with the program, in the list of sets. */
export const BUNDLED = 'bundled';
/** `shards`: the files of split sets by their names, which say what is in them. */
const STORES = ['sets', 'files', 'before', 'shards'];

/** @returns {Promise<IDBDatabase>} */
function open() {
  const request = indexedDB.open('references', 2);
  request.onupgradeneeded = () => {
    const database = request.result;
    for (const name of STORES) if (!database.objectStoreNames.contains(name)) database.createObjectStore(name);
  };
  return done(request);
}

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/**
 * Runs `work` in one transaction over everything; resolves once it is on disk.
 * @template T @param {'readonly' | 'readwrite'} mode
 * @param {(store: (name: string) => IDBObjectStore) => Promise<T>} work
 * @returns {Promise<T>}
 */
async function transact(mode, work) {
  const database = await open();
  try {
    const transaction = database.transaction(STORES, mode);
    const ended = new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve(undefined);
      transaction.onabort = () => reject(transaction.error ?? new Error('the change was not stored'));
    });
    ended.catch(() => {});
    const result = await work((name) => transaction.objectStore(name)).catch(async (error) => {
      // What the transaction itself says, such as that the disk is full, is nearer to the cause.
      if (!transaction.error) transaction.abort();
      throw transaction.error ?? error;
    });
    await ended;
    return result;
  } finally {
    database.close();
  }
}

/**
 * Does something with the sets that reads them first and changes them later, while no other tab, worker or page of ours
 * does. Who ends in the middle lets the next one in.
 * @template T @param {() => Promise<T>} work @returns {Promise<T>}
 */
export async function alone(work) {
  return navigator.locks.request('references', work);
}

/** The sets, by name. @returns {Promise<StoredSet[]>} */
export async function listSets() {
  const sets = await transact('readonly', (store) => done(/** @type {IDBRequest<StoredSet[]>} */ (store('sets').getAll())));
  return sets.sort((/** @type {StoredSet} */ a, /** @type {StoredSet} */ b) => a.name.localeCompare(b.name));
}

/** The file of a set. @param {string} id @returns {Promise<Uint8Array | undefined>} */
export function fileOf(id) {
  return transact('readonly', (store) => done(store('files').get(id)));
}

/** The files of the sets that pages are compared with. @returns {Promise<Uint8Array[]>} */
export async function filesInUse() {
  return transact('readonly', async (store) => {
    const sets = await done(store('sets').getAll());
    return Promise.all(sets.filter(({ on }) => on).map(({ id }) => done(store('files').get(id))));
  });
}

/** Stores a shard; that of another set with the same content is the same. @param {string} name @param {Uint8Array} file */
export async function putShard(name, file) {
  await transact('readwrite', (store) => done(store('shards').put(file, name)));
}

/** A shard by its name. @param {string} name @returns {Promise<Uint8Array | undefined>} */
export function shardOf(name) {
  return transact('readonly', (store) => done(store('shards').get(name)));
}

/** @param {StoredSet | null | undefined} set */
const shardsOf = (set) => (set?.info.shards ?? []).map(({ file }) => file);

/** Deletes the shards of a set that can be had back no more. @param {(name: string) => IDBObjectStore} store @param {Before | undefined} lost */
async function sweep(store, lost) {
  const gone = shardsOf(lost?.set);
  if (!gone.length) return;
  const kept = new Set([...(await done(store('sets').getAll())), (await done(store('before').get('last')))?.set].flatMap(shardsOf));
  await Promise.all(gone.filter((name) => !kept.has(name)).map((name) => done(store('shards').delete(name))));
}

/**
 * Stores a set with its file, or takes it away where both are null. How it was before is kept. Who has read the sets
 * before does both in `alone`.
 * @param {string} id @param {StoredSet | null} set @param {Uint8Array | null} [file]  null leaves the file as it is
 */
export async function putSet(id, set, file = null) {
  await transact('readwrite', async (store) => {
    const was = { id, set: (await done(store('sets').get(id))) ?? null, file: (await done(store('files').get(id))) ?? null };
    const lost = await done(store('before').get('last'));
    await done(store('before').put(was, 'last'));
    await write(store, id, set, set ? (file ?? was.file) : null);
    await sweep(store, lost);
  });
  await announce();
}

/** Renames a set or switches it on or off; nothing that would have to be undone. @param {string} id @param {{ name?: string, on?: boolean }} change */
export async function changeSet(id, change) {
  await alone(() =>
    transact('readwrite', async (store) => {
      const set = await done(store('sets').get(id));
      if (set) await done(store('sets').put({ ...set, ...change }, id));
    }),
  );
  await announce();
}

/** What the last change was, where it can be undone. @returns {Promise<Before | undefined>} */
export function lastChange() {
  return transact('readonly', (store) => done(store('before').get('last')));
}

/** Puts the last changed set back as it was before. */
export async function undo() {
  await alone(() =>
    transact('readwrite', async (store) => {
      const was = await done(store('before').get('last'));
      if (!was) return;
      await write(store, was.id, was.set, was.file);
      await done(store('before').delete('last'));
    }),
  );
  await announce();
}

/** @param {(name: string) => IDBObjectStore} store @param {string} id @param {StoredSet | null} set @param {Uint8Array | null} file */
async function write(store, id, set, file) {
  await done(/** @type {IDBRequest} */ (set ? store('sets').put(set, id) : store('sets').delete(id)));
  await done(/** @type {IDBRequest} */ (file ? store('files').put(file, id) : store('files').delete(id)));
}

/**
 * Tells the background, which compares with what it loaded, that there is something else now.
 * A worker has no such interface: there, the page that started it tells.
 */
export async function announce() {
  // What was stored is stored, whether or not there is room to say so.
  await api?.storage.local.set({ revision: crypto.randomUUID() }).catch(() => {});
}

/** Whether pages are compared with the bundled set. */
export async function bundledOn() {
  const { bundled } = await api.storage.local.get('bundled').catch(() => ({ bundled: true }));
  return bundled !== false;
}

/** @param {boolean} on */
export async function setBundled(on) {
  await api.storage.local.set({ bundled: on });
  await announce();
}
