/**
 * Entries by kind and by month, in UTC: how many there are, and which months a transaction changes.
 * @import { Transaction } from "./database.js"
 * @import { Row } from "./rows.js"
 */

/** @typedef {{[kind: string]: {[month: number]: number}}} Counts of live entries, none of them 0 */

/** The digests there are (digests.js). One that says something else than in the last release takes another name. */
export const DIGESTS = ["numbers", "texts"];

/** What one transaction changes. */
export class Months {
  /** @type {Counts} */
  #more = {}; // than before: below 0 are fewer
  /** @type {Map<string, [number, number]>} */
  #changed = new Map(); // by kind the first and the last month with changed entries

  /**
   * @param {Row} row
   * @param {1 | -1} sign
   */
  count({ kind, order }, sign) {
    if (!order) return;
    const month = monthOf(-order[0]);
    this.#more[kind] ??= {};
    this.#more[kind][month] = (this.#more[kind][month] ?? 0) + sign;
  }

  /** @param {Row} row whose entry is another one, or gone */
  change({ kind, order }) {
    if (!order) return;
    const month = monthOf(-order[0]);
    const [first, last] = this.#changed.get(kind) ?? [month, month];
    this.#changed.set(kind, [Math.min(first, month), Math.max(last, month)]);
  }

  /** Whether there are not as many entries in some month as before. */
  get areOthers() {
    return Object.values(this.#more).some(months => Object.values(months).some(Boolean));
  }

  /**
   * @param {Counts} before
   * @returns {Counts}
   */
  added(before) {
    const all = structuredClone(before);
    for (const [kind, months] of Object.entries(this.#more)) {
      all[kind] ??= {};
      for (const [month, more] of Object.entries(months)) {
        const count = (all[kind][Number(month)] ?? 0) + more;
        if (count) all[kind][Number(month)] = count;
        else delete all[kind][Number(month)];
      }
    }
    return all;
  }

  /**
   * Drops the digests of what was changed; some between go too, and are made again alike: a request for each month would be many.
   * @param {Transaction} tx
   */
  async dropDigests(tx) {
    const digests = tx.objectStore("digests");
    const ranges = [...this.#changed].flatMap(([kind, [first, last]]) =>
      DIGESTS.map(name => IDBKeyRange.bound([name, kind, first], [name, kind, last])),
    );
    await Promise.all(ranges.map(range => digests.delete(range)));
  }
}

/**
 * A month as a whole number, 0 for January 1900: what `Date.UTC(0, month)` takes.
 * @param {number} ms since the epoch
 */
export function monthOf(ms) {
  const date = new Date(ms);
  return (date.getUTCFullYear() - 1900) * 12 + date.getUTCMonth();
}

/**
 * A month's entries in the index by kind.
 * @param {string} kind
 * @param {number} month
 */
export function monthRange(kind, month) {
  const [begins, ends] = [Date.UTC(0, month), Date.UTC(0, month + 1)];
  return IDBKeyRange.bound([kind, [1 - ends]], [kind, [-begins, []]]); // an array sorts after every id
}
