/**
 * IndexedDB: one registry for this browser, and one database for each replica that lives in it.
 * @import { IDBPDatabase, IDBPTransaction } from "./vendor/idb.js"
 */

import { deleteDB, openDB, unwrap } from "./vendor/idb.js";

/** @typedef {IDBPTransaction<unknown, string[], "readwrite">} Transaction */
/** @typedef {(db: IDBPDatabase, from: number) => void} Upgrade */

/** Which replicas live in this browser, which of them is the current one, and what is chosen for the browser as a whole. */
export const registry = () => database("unlearn", upgradeRegistry);

/**
 * One person's records on this device, how far they are exchanged, and what is half typed.
 * @param {string} device
 */
export const replicaDatabase = device => database(`unlearn-${device}`, upgradeReplica);

/**
 * Deletes a replica's database with all that it holds. Other tabs close theirs when they are asked to.
 * @param {string} device
 */
export async function removeReplicaDatabase(device) {
  replicaDatabase(device).close();
  opened.delete(`unlearn-${device}`);
  await deleteDB(`unlearn-${device}`);
}

/** Closes every database that this module opened. */
export function closeAll() {
  for (const each of opened.values()) each.close();
  opened.clear();
}

/** A database that opens when it is first used, and again when the browser has closed it meanwhile. */
export class Database {
  /** @type {Promise<IDBPDatabase> | null} */
  #connection = null;

  /**
   * @param {string} name
   * @param {Upgrade} upgrade
   */
  constructor(name, upgrade) {
    this.name = name;
    this.upgrade = upgrade;
  }

  /**
   * Does `work` in one transaction that may write, and resolves with its result once the transaction is complete.
   * Rejects, and nothing of it is kept, when the work throws or the transaction aborts (a full disk does that).
   * @template T
   * @param {string[]} stores
   * @param {(tx: Transaction) => Promise<T>} work awaits nothing but requests of this transaction
   * @param {IDBTransactionOptions} [options]
   * @returns {Promise<T>}
   */
  async write(stores, work, options) {
    const tx = await this.#transaction(db => db.transaction(stores, "readwrite", options));
    const complete = completed(tx);
    complete.catch(() => {}); // it may abort while the work goes on, which then throws too
    try {
      const result = await work(tx);
      await complete;
      return result;
    } catch (error) {
      abort(tx);
      throw unwrap(tx).error ?? error; // when the transaction went first, its reason is the reason
    }
  }

  /**
   * @template T
   * @param {string[]} stores
   * @param {(tx: IDBPTransaction<unknown, string[], "readonly">) => Promise<T>} work
   * @returns {Promise<T>}
   */
  async read(stores, work) {
    const tx = await this.#transaction(db => db.transaction(stores, "readonly"));
    tx.done.catch(() => {}); // a read that fails rejects by its request
    return work(tx);
  }

  close() {
    this.#connection?.then(db => db.close()).catch(() => {}); // it never opened
    this.#connection = null;
  }

  /**
   * @template T
   * @param {(db: IDBPDatabase) => T} begin
   * @returns {Promise<T>}
   */
  async #transaction(begin) {
    try {
      return begin(await this.#open());
    } catch (error) {
      if (!(error instanceof DOMException && error.name === "InvalidStateError")) throw error;
      this.#connection = null; // closed between two uses: by another tab's upgrade, or by a browser that needed room
      return begin(await this.#open());
    }
  }

  #open() {
    this.#connection ??= openDB(this.name, 1, {
      upgrade: this.upgrade,
      blocking: () => this.close(), // another tab upgrades or deletes it and waits for us
      terminated: () => this.close(),
    }).catch(error => {
      this.#connection = null; // the next use tries again
      throw error;
    });
    return this.#connection;
  }
}

/**
 * Resolves when the transaction is complete, and only then is what it wrote saved; rejects with the reason when it aborts.
 * @param {Transaction} tx
 * @returns {Promise<void>}
 */
export function completed(tx) {
  tx.done.catch(() => {}); // rejects before the reason is known
  const raw = unwrap(tx);
  return new Promise((resolve, reject) => {
    raw.addEventListener("complete", () => resolve());
    raw.addEventListener("abort", () => reject(raw.error ?? new DOMException("aborted", "AbortError")));
  });
}

/**
 * What the person is told of an error that the browser's storage gave; null when it was none of the storage's.
 * @param {unknown} error
 */
export function storageProblem(error) {
  const name = error instanceof DOMException ? error.name : "";
  if (name === "QuotaExceededError") return "storage_full";
  const broken = ["InvalidStateError", "UnknownError", "SecurityError", "VersionError", "AbortError"];
  return broken.includes(name) ? "no_storage" : null;
}

/** @type {Map<string, Database>} */
const opened = new Map();

/**
 * @param {string} name
 * @param {Upgrade} upgrade
 */
function database(name, upgrade) {
  const known = opened.get(name) ?? new Database(name, upgrade);
  opened.set(name, known);
  return known;
}

/** @param {Transaction} tx */
function abort(tx) {
  try {
    tx.abort();
  } catch {
    // it has ended already
  }
}

/** @type {Upgrade} */
function upgradeRegistry(db) {
  db.createObjectStore("replicas", { keyPath: "device" });
  db.createObjectStore("here", { keyPath: "key" });
}

/** @type {Upgrade} */
function upgradeReplica(db) {
  const records = db.createObjectStore("records", { keyPath: "id" });
  records.createIndex("order", "order");
  records.createIndex("kind", ["kind", "order"]);
  records.createIndex("trait", ["trait", "kind", "order"]);
  records.createIndex("binned", "binned");
  records.createIndex("dirty", "dirty");
  records.createIndex("refused", "refused.code");
  db.createObjectStore("state", { keyPath: "key" });
  db.createObjectStore("drafts", { keyPath: "path" }); // here rather than in the registry: a save removes its draft in its own transaction
}
