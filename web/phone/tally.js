/**
 * How many rows a replica has, kept by the transactions that change them: a browser that counts looks at each.
 * @import { Database, Transaction } from "./database.js"
 * @import { Counts } from "./months.js"
 * @import { Row } from "./rows.js"
 * @import { IDBPTransaction } from "./vendor/idb.js"
 */

import { Months } from "./months.js";
import { unwrap } from "./vendor/idb.js";

/** @typedef {{entries: number, waiting: number}} Tally entries that the journal counts, and records that wait to be sent */

/**
 * Does `work` in one transaction that may change rows. Every change of a row is made here.
 * @template T
 * @param {Database} database
 * @param {string[]} stores besides `records`, `state` and `digests`
 * @param {(tx: Transaction, rows: Rows) => Promise<T>} work
 * @param {IDBTransactionOptions} [options]
 * @returns {Promise<T>}
 */
export function changeRows(database, stores, work, options) {
  const change = async (/** @type {Transaction} */ tx) => {
    const rows = new Rows(tx);
    const result = await work(tx, rows);
    await rows.tally();
    return result;
  };
  return database.write(["records", "state", "digests", ...stores], change, options);
}

/**
 * @param {IDBPTransaction<unknown, string[], any>} tx one that has the store `state`
 * @returns {Promise<Tally>}
 */
export async function readTally(tx) {
  const { entries = 0, waiting = 0 } = (await tx.objectStore("state").get("tally")) ?? {};
  return { entries, waiting };
}

/**
 * How many live entries each kind has in each month.
 * @param {IDBPTransaction<unknown, string[], any>} tx one that has the store `state`
 * @returns {Promise<Counts>}
 */
export async function readMonths(tx) {
  return (await tx.objectStore("state").get("tally"))?.months ?? {};
}

/** The rows of a replica in one transaction. */
export class Rows {
  #entries = 0;
  #waiting = 0;
  #months = new Months();

  /** @param {Transaction} tx */
  constructor(tx) {
    this.tx = tx;
    this.records = tx.objectStore("records");
  }

  /**
   * @param {string} id
   * @returns {Promise<Row | undefined>}
   */
  get(id) {
    return this.records.get(id);
  }

  /**
   * Puts a row in the place of the one that is there.
   * @param {Row} row
   * @param {Row | undefined} before
   */
  async put(row, before) {
    await this.records.put(row);
    this.#count(row, 1);
    if (before) this.#count(before, -1);
    if (row.record === before?.record) return;
    this.#months.change(row);
    if (before) this.#months.change(before);
  }

  /**
   * Adds a row if none has its id, in one request: a look beforehand takes as long as the writing.
   * @param {Row} row
   * @returns {Promise<boolean>} whether it was added
   */
  async add(row) {
    const isNew = await added(unwrap(this.records).add(row));
    if (!isNew) return false;
    this.#count(row, 1);
    this.#months.change(row);
    return true;
  }

  /**
   * Writes down how many there are now, and drops what was said of those that were changed.
   * @returns {Promise<Tally>}
   */
  async tally() {
    const [{ entries, waiting }, months] = await Promise.all([readTally(this.tx), readMonths(this.tx)]);
    const now = { entries: entries + this.#entries, waiting: waiting + this.#waiting };
    if (this.#entries || this.#waiting || this.#months.areOthers) {
      await this.tx.objectStore("state").put({ key: "tally", ...now, months: this.#months.added(months) });
    }
    await this.#months.dropDigests(this.tx);
    [this.#entries, this.#waiting, this.#months] = [0, 0, new Months()];
    return now;
  }

  /**
   * @param {Row} row
   * @param {1 | -1} sign
   */
  #count(row, sign) {
    if (row.order && !row.aside) this.#entries += sign;
    if (row.dirty) this.#waiting += sign;
    this.#months.count(row, sign);
  }
}

/**
 * @param {IDBRequest} request
 * @returns {Promise<boolean>} false when there is such a row already
 */
function added(request) {
  return new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(true));
    request.addEventListener("error", event => {
      if (request.error?.name !== "ConstraintError") return reject(request.error);
      event.preventDefault(); // else the transaction is given up
      event.stopPropagation();
      return resolve(false);
    });
  });
}
