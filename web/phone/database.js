/**
 * IndexedDB: one registry for this browser, and one database for each replica that lives in it.
 * @import { IDBPDatabase, IDBPTransaction } from "./vendor/idb.js"
 */

import { deleteDB, openDB, unwrap } from "./vendor/idb.js";
import { REGISTRY, REPLICA, replicaName } from "./versions.js";

/** @typedef {IDBPTransaction<unknown, string[], "readwrite">} Transaction */
/** @typedef {IDBPTransaction<unknown, string[], "versionchange">} Change */
/** @typedef {(db: IDBPDatabase, tx: Change) => unknown} Step from one version to the next */

/** Which replicas live in this browser, which of them is the current one, and what is chosen for the browser as a whole. */
export const registry = () => database("unlearn", REGISTRY);

/**
 * One person's records on this device, how far they are exchanged, and what is half typed.
 * @param {string} device
 */
export const replicaDatabase = device => database(replicaName(device), REPLICA);

/**
 * Deletes a replica's database with all that it holds. Other tabs close theirs when they are asked to.
 * @param {string} device
 */
export async function removeReplicaDatabase(device) {
  replicaDatabase(device).close();
  opened.delete(replicaName(device));
  await deleteDB(replicaName(device));
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
   * @param {Step[]} steps the database's version is how many of them it has taken
   */
  constructor(name, steps) {
    this.name = name;
    this.steps = steps;
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
    this.#connection ??= openDB(this.name, this.steps.length, {
      upgrade: (db, from, _, tx) => takeSteps(this.steps.slice(from), db, tx),
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
  const { name, message } = error instanceof DOMException ? error : new DOMException();
  if (name === "QuotaExceededError" || message.includes("NO_SPACE")) return "storage_full"; // Chromium's FILE_ERROR_NO_SPACE
  const broken = ["InvalidStateError", "UnknownError", "SecurityError", "VersionError", "AbortError"];
  return broken.includes(name) ? "no_storage" : null;
}

/** @type {Map<string, Database>} */
const opened = new Map();

/**
 * @param {string} name
 * @param {Step[]} steps
 */
function database(name, steps) {
  const known = opened.get(name) ?? new Database(name, steps);
  opened.set(name, known);
  return known;
}

/** @param {{abort: () => void}} tx */
function abort(tx) {
  try {
    tx.abort();
  } catch {
    // it has ended already
  }
}

/**
 * @param {Step[]} steps
 * @param {IDBPDatabase} db
 * @param {Change} tx
 */
async function takeSteps(steps, db, tx) {
  tx.done.catch(() => {}); // whoever opens it is told
  try {
    for (const step of steps) await step(db, tx);
  } catch (error) {
    console.error(error);
    abort(tx); // else half of a step would count as taken
  }
}
