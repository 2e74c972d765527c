/**
 * Digests: what one month of one kind's entries says to a page that is about all of them, kept so that no page has to
 * read every entry. The transaction that changes an entry drops its month's (months.js); the next page makes that again.
 * Twin: server/digests.py.
 * @import { Transaction } from "./database.js"
 * @import { Entry, Kinds } from "./entries.js"
 * @import { Journal } from "./journal.js"
 * @import { IDBPTransaction } from "./vendor/idb.js"
 */

import { storageProblem } from "./database.js";
import { readEntry } from "./entries.js";
import { monthRange } from "./months.js";
import { readMonths } from "./tally.js";

/** @typedef {(entries: Entry[]) => any} Make what a month's entries say, newest first, as plain JSON: the same of the same ones */
/** @typedef {{kept: Map<number, string>, missing: number[]}} Found JSON by month, and the months of which there is none */

/**
 * What `make` says of each month (in UTC) in which the kind has entries, the latest month first.
 * @param {Journal} journal
 * @param {string} name one of DIGESTS
 * @param {string} kind
 * @param {Make} make
 * @param {(said: string) => any} [read] what is wanted of the JSON
 * @returns {Promise<any[]>}
 */
export async function digests(journal, name, kind, make, read = JSON.parse) {
  const found = await journal.database.read(["digests", "state"], tx => find(tx, name, kind));
  const { kept } = found.missing.length ? await makeMissing(journal, name, kind, make) : found;
  return [...kept].sort(([a], [b]) => b - a).map(([, said]) => read(said));
}

/**
 * Makes what is missing and keeps it, in one transaction: else what older rows say could be kept after a change dropped it.
 * @param {Journal} journal
 * @param {string} name
 * @param {string} kind
 * @param {Make} make
 */
async function makeMissing({ database, kinds }, name, kind, make) {
  /** @type {Found | undefined} */
  let found;
  const work = async (/** @type {Transaction} */ tx) => {
    const now = await find(tx, name, kind);
    for (const month of now.missing) now.kept.set(month, JSON.stringify(make(await entriesOf(tx, kind, month, kinds))));
    found = now;
    const digests = tx.objectStore("digests");
    await Promise.all(now.missing.map(month => digests.put({ name, kind, month, said: now.kept.get(month) })));
    return now;
  };
  try {
    return await database.write(["records", "state", "digests"], work, { durability: "relaxed" });
  } catch (error) {
    if (!found || !storageProblem(error)) throw error;
    return found; // on a full disk nothing is kept, and all is read again
  }
}

/**
 * @param {IDBPTransaction<unknown, string[], any>} tx
 * @param {string} name
 * @param {string} kind
 * @returns {Promise<Found>}
 */
async function find(tx, name, kind) {
  const range = IDBKeyRange.bound([name, kind], [name, kind, []]);
  const [rows, counts] = await Promise.all([tx.objectStore("digests").getAll(range), readMonths(tx)]);
  const kept = new Map(rows.map(({ month, said }) => [month, said]));
  const months = Object.keys(counts[kind] ?? {}).map(Number);
  return { kept, missing: months.filter(month => !kept.has(month)) };
}

/**
 * @param {Transaction} tx
 * @param {string} kind
 * @param {number} month
 * @param {Kinds} kinds
 */
async function entriesOf(tx, kind, month, kinds) {
  const rows = await tx.objectStore("records").index("kind").getAll(monthRange(kind, month));
  return rows.map(({ record }) => readEntry(record, kinds)).filter(entry => entry !== null);
}
