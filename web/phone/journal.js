/**
 * A journal as the views ask it: a person's entries, newest first, over one replica's database. Twin: server/journal.py.
 * @import { Database } from "./database.js"
 * @import { Entry, Kinds } from "./entries.js"
 * @import { Filters, Names, Place } from "./lines.js"
 * @import { Record } from "./record.js"
 * @import { Order, Refusal, Row } from "./rows.js"
 * @import { Writer } from "./writer.js"
 */

import { readEntry } from "./entries.js";
import { indexesOf } from "./indexes.js";
import { comesAfter } from "./lines.js";
import { putSave } from "./rows.js";
import { changeRows, readTally } from "./tally.js";
import { writerOf } from "./writer.js";

/**
 * How many records wait to be sent, why the server refused some (by id), and when it last answered (ms; 0: never).
 * @typedef {{waiting: number, refused: {[id: string]: Refusal}, synced_at: number}} Standing
 */

/** A view of the journal for as long as one request takes: what was looked up once stays as it was found. */
export class Journal {
  /** @type {Map<string, Promise<Entry | null>>} */
  #found = new Map(); // a page's entries are about the same few traits

  /**
   * @param {Database} database
   * @param {Kinds} kinds
   */
  constructor(database, kinds) {
    this.database = database;
    this.kinds = kinds;
  }

  /**
   * The entry, in the bin or not.
   * @param {string} id
   * @returns {Promise<Entry | null>}
   */
  get(id) {
    const found = this.#found.get(id) ?? this.#look(id);
    this.#found.set(id, found);
    return found;
  }

  /**
   * The newest entries of every kind that is not aside, those that come after the place `before` in the order.
   * @param {number} limit
   * @param {Order} [before]
   */
  async newest(limit, before) {
    const kinds = Object.keys(this.kinds).filter(kind => !this.kinds[kind].aside);
    const rows = await Promise.all(kinds.map(kind => this.#rows("kind", under([kind], before), limit)));
    return this.#read(rows.flat().sort(inOrder).slice(0, limit));
  }

  /**
   * The newest entries of one kind.
   * @param {string} kind
   * @param {number} [limit]
   */
  ofKind(kind, limit) {
    return this.#entries("kind", under([kind]), limit);
  }

  /**
   * The newest entries of one kind that name the trait.
   * @param {string} id
   * @param {string} kind
   * @param {number} [limit]
   */
  ofTrait(id, kind, limit) {
    return this.#entries("trait", under([id, kind]), limit);
  }

  /**
   * What lies in the bin, newest first, after the place `before` in the order.
   * @param {number} [limit]
   * @param {Order} [before]
   */
  binned(limit, before) {
    return this.#entries("binned", before && IDBKeyRange.lowerBound(before, true), limit);
  }

  /** The name in the dots of this device's saves. */
  async writer() {
    return (await this.database.read(["state"], tx => writerOf(tx))).name;
  }

  /** How many entries there are outside the bin, but for those of a kind that is aside. */
  async count() {
    return (await this.database.read(["state"], readTally)).entries;
  }

  /**
   * Where the entries are that the filters leave: those with the words as typed, then those with similar ones.
   * @param {Filters} filters
   * @param {Names} names
   * @returns {Promise<Place[]>}
   */
  async find(filters, names) {
    const found = (await indexesOf(this)).flatMap(index => index.find(filters, names));
    return found.sort((a, b) => (comesAfter(a, b) ? 1 : -1));
  }

  /**
   * Every record, known kind or not, in the order of their ids.
   * @returns {Promise<Record[]>}
   */
  async records() {
    const rows = await this.database.read(["records"], tx => tx.objectStore("records").getAll());
    return rows.map(row => row.record);
  }

  /**
   * What is half typed: a form's fields under the path that it posts to.
   * @returns {Promise<{path: string, fields: [string, string][]}[]>}
   */
  drafts() {
    return this.database.read(["drafts"], tx => tx.objectStore("drafts").getAll());
  }

  /**
   * How things stand between this device and the server.
   * @returns {Promise<Standing>}
   */
  standing() {
    return this.database.read(["records", "state"], async tx => {
      const records = tx.objectStore("records");
      const [{ waiting }, refused, state] = await Promise.all([
        readTally(tx),
        records.index("refused").getAll(),
        tx.objectStore("state").get("exchange"),
      ]);
      const reasons = Object.fromEntries(refused.map(row => [row.id, row.refused]));
      return { waiting, refused: reasons, synced_at: state?.synced_at ?? 0 };
    });
  }

  /**
   * Saves what the action makes of the record as it is now, and removes the draft that it came from, in one transaction.
   * Resolves when that is on disk. Rejects, with nothing kept, when the action throws or the disk is full.
   * @param {string} id
   * @param {(record: Record | null, name: string, writer: Writer) => Record} action what it saves is by `name`
   * @param {{draft?: string}} [options] the path that the form posts to
   * @returns {Promise<Record>}
   */
  change(id, action, { draft } = {}) {
    this.#found.delete(id);
    return changeRows(
      this.database,
      ["drafts"],
      async (tx, rows) => {
        const [row, writer] = await Promise.all([rows.get(id), writerOf(tx, id)]);
        const record = action(row?.record ?? null, writer.name, writer);
        if (record.writes.length && record !== row?.record) await putSave(rows, record, row, this.kinds);
        if (draft) await tx.objectStore("drafts").delete(draft);
        return record;
      },
      { durability: "strict" }, // "saved" outlives a battery that dies the second after
    );
  }

  /**
   * @param {string} id
   * @returns {Promise<Entry | null>}
   */
  async #look(id) {
    const row = await this.database.read(["records"], tx => tx.objectStore("records").get(id));
    return row ? readEntry(row.record, this.kinds) : null;
  }

  /**
   * @param {string} index
   * @param {IDBKeyRange} [range]
   * @param {number} [limit]
   */
  async #entries(index, range, limit) {
    return this.#read(await this.#rows(index, range, limit));
  }

  /**
   * @param {string} index
   * @param {IDBKeyRange} [range]
   * @param {number} [limit]
   * @returns {Promise<Row[]>}
   */
  #rows(index, range, limit) {
    return this.database.read(["records"], tx => tx.objectStore("records").index(index).getAll(range, limit));
  }

  /** @param {Row[]} rows */
  #read(rows) {
    return rows.map(row => readEntry(row.record, this.kinds)).filter(entry => entry !== null);
  }
}

/**
 * Everything under the first parts of an index whose last part is the order, or what comes after a place in it.
 * @param {string[]} first
 * @param {Order} [after]
 */
const under = (first, after) => IDBKeyRange.bound(after ? [...first, after] : first, [...first, [[]]], true); // an array sorts after every number

/**
 * @param {Row} a
 * @param {Row} b
 */
function inOrder({ order: a = [0, ""] }, { order: b = [0, ""] }) {
  return a[0] - b[0] || (a[1] < b[1] ? -1 : 1);
}
