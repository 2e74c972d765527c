/**
 * Who writes in a replica: the name in the dots of its saves. A device that is set back to an older copy of itself
 * would give its new saves the name, and be taken to know the saves, of a life that it has forgotten. So a row notes
 * which of its saves no server has yet; one that comes back and was never made here tells, and the rest is renamed.
 * In a new life of the journal they are renamed in any case: what this copy and the server have both forgotten,
 * another device may yet bring back.
 * @import { Record, Vector, Write } from "./record.js"
 * @import { IDBPTransaction } from "./vendor/idb.js"
 */

import { deviceOf } from "./versions.js";

/**
 * The saves of a row that no server is known to have, by writer: first the latest that was sent before them (0: none).
 * @typedef {{[writer: string]: number[]}} Unsent
 */

const STEPS = 2 ** 20;

/** A name: 12 characters of 32, 60 random bits, so that no two writers of a journal ever share one. */
export function newName() {
  const letters = "0123456789abcdefghjkmnpqrstvwxyz";
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), byte => letters[byte % 32]).join("");
}

/**
 * Whether a journal is of no account: it goes by its device's name, which no account's looks like.
 * @param {string} journal
 */
export const isNobodys = journal => /^[0-9a-z]{12}$/.test(journal);

/** What a save adds to the latest moment that is known when the clock stands behind that. */
export function randomStep() {
  return /** @type {number} */ (crypto.getRandomValues(new Uint32Array(1))[0]) % STEPS;
}

/**
 * When a save is made: by the clock, or a random step after all that is known. One more than that would be the very
 * number that a forgotten save of this device may have.
 * @param {Record} record
 * @param {{now: number, step: number}} clock
 */
export function momentAfter(record, { now, step }) {
  const latest = Math.max(0, ...Object.values(record.seen));
  return now > latest ? now : latest + 1 + step;
}

/** @typedef {{from: string, to: string, known: number}} Renaming of a record's saves after `known`, which had been sent */
/** @typedef {{name: string, former: Renaming[]}} Writer the name now, and what became of a record's saves under others */

/**
 * Who writes in this replica now: at first the device under its own name.
 * @param {IDBPTransaction<unknown, string[], any>} tx one that has the store `state`
 * @param {string} [id] the record that is written to
 * @returns {Promise<Writer>}
 */
export async function writerOf(tx, id = "") {
  const state = tx.objectStore("state");
  const [writer, renamings] = await Promise.all([state.get("writer"), state.get(["renamed", id])]);
  return { name: writer?.name ?? deviceOf(tx.db.name), former: renamings?.former ?? [] };
}

/**
 * Takes a name that nobody had before, and notes for the pages that are open which saves have it now.
 * @param {IDBPTransaction<unknown, string[], "readwrite">} tx
 * @param {{id: string, unsent?: Unsent}[]} rows
 */
export async function takeNewName(tx, rows) {
  const name = newName();
  const state = tx.objectStore("state");
  await state.put({ key: "writer", name });
  const noteOne = async (/** @type {{id: string, unsent?: Unsent}} */ { id, unsent = {} }) => {
    const saved = Object.entries(unsent).filter(([, [, ...saves]]) => saves.length);
    if (!saved.length) return;
    const { former } = await writerOf(tx, id);
    const renamings = saved.map(([from, [known = 0]]) => ({ from, to: name, known }));
    await state.put({ key: ["renamed", id], former: [...former, ...renamings] });
  };
  await Promise.all(rows.map(noteOne));
  return name;
}

/**
 * What a page had seen, in today's names. Of a save that had the old name and was forgotten, it had seen nothing.
 * @param {Vector} seen
 * @param {Writer} writer
 * @returns {Vector}
 */
export function inTodaysNames(seen, { former }) {
  return former.reduce((named, { from, to, known }) => {
    const { [from]: latest = 0, ...others } = named;
    if (latest <= known) return named;
    return { ...others, ...(known && { [from]: known }), [to]: Math.max(latest, named[to] ?? 0) };
  }, seen);
}

/**
 * Notes the saves that a record holds now and did not before.
 * @param {Unsent} unsent
 * @param {Vector} before
 * @param {Vector} after
 * @returns {Unsent}
 */
export function noteSaves(unsent, before, after) {
  const saved = Object.entries(after).filter(([by, at]) => at > (before[by] ?? 0));
  const noted = saved.map(([by, at]) => [by, [...(unsent[by] ?? [before[by] ?? 0]), at]]);
  return { ...unsent, ...Object.fromEntries(noted) };
}

/**
 * Whether the server has had a save by one of these names that was never made here.
 * @param {Unsent} unsent
 * @param {Vector} seen of the record as the server has it
 */
export function toldOfAnotherLife(unsent, seen) {
  return Object.entries(unsent).some(([by, [known = 0, ...saves]]) => {
    const latest = seen[by] ?? 0;
    return latest > known && !saves.includes(latest);
  });
}

/**
 * Gives the unsent saves of a record another name: now the forgotten ones and they are concurrent, which is the truth.
 * @template {{record: Record, unsent?: Unsent}} Row
 * @param {Row} row
 * @param {string} name that nobody had before
 * @returns {Row}
 */
export function renamed(row, name) {
  const { record, unsent = {} } = row;
  const saves = Object.values(unsent).flatMap(([, ...each]) => each);
  if (!saves.length) return row;
  const seen = renamedVector(record.seen, unsent, name);
  const writes = record.writes.map(write => renamedWrite(write, unsent, name));
  return { ...row, record: { ...record, seen, writes }, unsent: { [name]: [0, ...saves.sort((a, b) => a - b)] } };
}

/**
 * @param {Write} write
 * @param {Unsent} unsent
 * @param {string} name
 * @returns {Write}
 */
function renamedWrite(write, unsent, name) {
  if (!isUnsent(unsent, write.by, write.at)) return write;
  const { deleted } = write.set ?? {};
  if (!deleted || typeof deleted !== "object") return { ...write, by: name };
  const vector = renamedVector(/** @type {Vector} */ (deleted), unsent, name); // this device's own save: a vector
  return { ...write, by: name, set: { ...write.set, deleted: vector } };
}

/**
 * @param {Vector} vector
 * @param {Unsent} unsent
 * @param {string} name
 * @returns {Vector}
 */
function renamedVector(vector, unsent, name) {
  const ours = Object.entries(vector).filter(([by, at]) => isUnsent(unsent, by, at));
  if (!ours.length) return vector;
  const known = Object.entries({ ...vector, ...Object.fromEntries(ours.map(([by]) => [by, unsent[by]?.[0] ?? 0])) });
  const latest = Math.max(...ours.map(([, at]) => at));
  return { ...Object.fromEntries(known.filter(([, at]) => at > 0)), [name]: latest };
}

/**
 * @param {Unsent} unsent
 * @param {string} by
 * @param {number} at
 */
function isUnsent(unsent, by, at) {
  return Object.hasOwn(unsent, by) && at > (unsent[by]?.[0] ?? 0);
}
