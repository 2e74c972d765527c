/**
 * A record as IndexedDB keeps it: whole, with the keys that its indexes need.
 * @import { Kinds } from "./entries.js"
 * @import { Record } from "./record.js"
 * @import { Rows } from "./tally.js"
 * @import { Unsent } from "./writer.js"
 */

import { readEntry } from "./entries.js";
import { noteSaves } from "./writer.js";

/** @typedef {[number, string]} Order minus the moment in ms, then the id: ascending order is newest first */
/** @typedef {{code: string, detail: string}} Refusal */
/**
 * `saves` counts local saves, so that the answer to an older push can't call a newer save sent.
 * `unsent` names those that no server is known to have; a row that waits or was refused has it.
 * Entries outside the bin have an `order`, those in it `binned`; what this version can't read has neither.
 * `aside` are those that the journal neither lists nor counts.
 * @typedef {{id: string, kind: string, record: Record, saves: number, dirty?: 1, unsent?: Unsent, refused?: Refusal,
 *   order?: Order, aside?: 1, trait?: string, binned?: Order}} Row
 */

/**
 * The row of a record that the server has as it is.
 * @param {Record} record
 * @param {number} saves
 * @param {Kinds} kinds
 * @returns {Row}
 */
export function cleanRow(record, saves, kinds) {
  /** @type {Row} */
  const row = { id: record.id, kind: record.kind, record, saves };
  const entry = readEntry(record, kinds);
  if (entry?.binned) row.binned = orderOf(entry);
  if (entry && !entry.binned) {
    row.order = orderOf(entry);
    if (kinds[entry.kind].aside) row.aside = 1;
    if (entry.values.trait_id) row.trait = entry.values.trait_id;
  }
  return row;
}

/**
 * Keeps a local save, to be sent.
 * @param {Rows} rows
 * @param {Record} record
 * @param {Row | undefined} before
 * @param {Kinds} kinds
 */
export function putSave(rows, record, before, kinds) {
  const unsent = noteSaves(before?.unsent ?? {}, before?.record.seen ?? {}, record.seen);
  return rows.put({ ...cleanRow(record, (before?.saves ?? 0) + 1, kinds), dirty: 1, unsent }, before);
}

/**
 * @param {{when: number, id: string}} entry
 * @returns {Order}
 */
export const orderOf = entry => [-entry.when, entry.id];
