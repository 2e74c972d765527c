/**
 * The versions of the databases, forward only: a step makes of one version the next, and is never changed once released.
 * @import { Change, Step } from "./database.js"
 * @import { Counts } from "./months.js"
 * @import { Row } from "./rows.js"
 */

import { monthOf, monthRange } from "./months.js";

const PREFIX = "unlearn-";

/**
 * The name of a replica's database.
 * @param {string} device
 */
export const replicaName = device => PREFIX + device;

/**
 * The device whose database it is.
 * @param {string} name
 */
export const deviceOf = name => name.slice(PREFIX.length);

/** @type {Step[]} */
export const REGISTRY = [
  db => {
    db.createObjectStore("replicas", { keyPath: "device" });
    db.createObjectStore("here", { keyPath: "key" });
  },
];

/** @type {Step[]} */
export const REPLICA = [
  db => {
    const records = db.createObjectStore("records", { keyPath: "id" });
    records.createIndex("order", "order");
    records.createIndex("kind", ["kind", "order"]);
    records.createIndex("trait", ["trait", "kind", "order"]);
    records.createIndex("binned", "binned");
    records.createIndex("dirty", "dirty");
    records.createIndex("refused", "refused.code");
    db.createObjectStore("state", { keyPath: "key" });
    db.createObjectStore("drafts", { keyPath: "path" }); // here rather than in the registry: a save removes its draft in its own transaction
  },
  (db, tx) => noteAllSaves(tx, deviceOf(db.name)),
  async (_, tx) => {
    const records = tx.objectStore("records");
    records.deleteIndex("order"); // the index by kind tells it; each that a row is in takes a third of the time to write it
    const [entries, waiting] = await Promise.all([records.index("kind").count(), records.index("dirty").count()]);
    if (entries || waiting) await tx.objectStore("state").put({ key: "tally", entries, waiting });
  },
  async (db, tx) => {
    db.createObjectStore("digests", { keyPath: ["name", "kind", "month"] });
    const state = tx.objectStore("state");
    const tally = await state.get("tally");
    if (tally) await state.put({ ...tally, months: await countMonths(tx) });
  },
];

/**
 * Notes of the rows that wait which saves may not have been sent: of those that are known here, all.
 * @param {Change} tx
 * @param {string} writer
 */
async function noteAllSaves(tx, writer) {
  const records = tx.objectStore("records");
  /** @type {Row[][]} */
  const rows = await Promise.all([records.index("dirty").getAll(), records.index("refused").getAll()]);
  for (const row of rows.flat()) {
    const { seen, writes } = row.record;
    const saves = writes.filter(({ by }) => by === writer).map(({ at }) => at);
    const all = [...new Set([0, ...saves, seen[writer] ?? 0])].sort((a, b) => a - b);
    await records.put({ ...row, unsent: all.length > 1 ? { [writer]: all } : {} });
  }
}

/**
 * How many live entries each kind has in each month: two looks at a month.
 * @param {Change} tx
 * @returns {Promise<Counts>}
 */
async function countMonths(tx) {
  const index = tx.objectStore("records").index("kind");
  /** @type {Counts} */
  const counts = {};
  let cursor = await index.openKeyCursor();
  while (cursor) {
    const [kind, [order]] = /** @type {[string, [number, string]]} */ (cursor.key);
    const month = monthRange(kind, monthOf(-order));
    counts[kind] = { ...counts[kind], [monthOf(-order)]: await index.count(month) };
    cursor = await index.openKeyCursor(IDBKeyRange.lowerBound(month.upper, true));
  }
  return counts;
}
