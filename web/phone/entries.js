/**
 * Entries: a record as a person meets it, its fields read and its rivals beside them. Twin: server/entries.py.
 * @import { Candidate, Record, Standing, Vector, Write } from "./record.js"
 */

import * as moments from "./moments.js";
import { isDeleted, read } from "./record.js";

/**
 * A field of a kind, as server/kinds.py exports it; lengths are in code points, numbers inclusive.
 * @typedef {{name: string, type: "line" | "text" | "number" | "moment" | "one" | "many" | "emotions", required: boolean,
 *   unasked?: boolean, hidden?: boolean, min: number, max: number, max_name: number, of: string, choices?: string[]}} Field
 */
/** @typedef {{kind: string, plural: string, step: string, titles: string[], aside: boolean, fields: Field[],
 *   needs: string[], sections: {[section: string]: string[]}}} Kind */
/** @typedef {{[kind: string]: Kind}} Kinds */
/**
 * A record of a known kind. `values` and `rivals` hold only what fits the kind's fields; `when` is ms, 0 unknown.
 * @typedef {{id: string, kind: string, about: Kind, values: {[field: string]: any},
 *   rivals: {[field: string]: Rival[]}, when: number, binned: boolean, seen: Vector,
 *   writes: Write[]}} Entry
 */
/** @typedef {Candidate & {value: any}} Rival another value that still stands for a field, and the dot of its save */

/**
 * The record as an entry; null when this version does not know its kind, or when nothing of it is left.
 * @param {Record} record
 * @param {Kinds} kinds
 * @returns {Entry | null}
 */
export function readEntry(record, kinds) {
  if (!Object.hasOwn(kinds, record.kind)) return null;
  const about = kinds[record.kind];
  const standing = read(record);
  const found = about.fields
    .map(field => ({ name: field.name, candidates: candidatesOf(field, standing[field.name]) }))
    .filter(({ candidates }) => candidates.length);
  const values = Object.fromEntries(found.map(({ name, candidates }) => [name, candidates[0].value]));
  const rivals = Object.fromEntries(found.map(({ name, candidates }) => [name, candidates.slice(1)]));
  const binned = isDeleted(record);
  if (!found.length && binned) return null;
  const when = moments.parse(values.happened_at)?.ms ?? 0;
  return {
    id: record.id,
    kind: record.kind,
    about,
    values,
    rivals,
    when,
    binned,
    seen: record.seen,
    writes: record.writes,
  };
}

/**
 * The entry's kind.
 * @param {Entry} entry
 */
export function kindOf(entry) {
  return entry.about;
}

/**
 * The values that fit the field, the shown one first.
 * @param {Field} field
 * @param {Standing | undefined} standing
 * @returns {Rival[]}
 */
function candidatesOf(field, standing) {
  if (!standing) return [];
  return [standing, ...standing.rivals]
    .filter(({ value }) => fits(field, value))
    .map(({ value, by, at }) => ({ value: fitted(field, value), by, at }));
}

/**
 * @param {Field} field
 * @param {unknown} value
 */
function fits(field, value) {
  switch (field.type) {
    case "number":
      return value === null || isBetween(value, field.min, field.max);
    case "moment":
      return moments.parse(value) !== null;
    case "many":
    case "emotions":
      return Array.isArray(value);
    default:
      return typeof value === "string";
  }
}

/**
 * @param {Field} field
 * @param {any} value
 */
function fitted(field, value) {
  switch (field.type) {
    case "many":
      return value.filter((/** @type {unknown} */ each) => typeof each === "string");
    case "emotions":
      return value.filter((/** @type {any} */ each) => typeof each?.name === "string").map(emotionOf);
    default:
      return value;
  }
}

/** @param {{name: string, intensity?: unknown}} emotion */
function emotionOf({ name, intensity }) {
  return { name, intensity: isBetween(intensity, 0, 100) ? intensity : null };
}

/**
 * @param {unknown} value
 * @param {number} least
 * @param {number} most
 */
function isBetween(value, least, most) {
  return Number.isInteger(value) && least <= Number(value) && Number(value) <= most;
}
