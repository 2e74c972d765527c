/**
 * Records as sync/README.md explains them: the set of writes that still stand. Nothing here changes what it is given.
 * A phone saves and reads; only the server joins.
 * @import { Value } from "./canonical.js"
 */

import { canonical, canonicalObject, canonicalWord } from "./canonical.js";

/** @typedef {{[device: string]: number}} Vector for each device, the `at` of its latest save that is known */
/** @typedef {{[field: string]: Value}} Fields */
/** @typedef {{by: string, at: number, set?: Fields, keys?: string[], box?: string}} Write open with `set`, else sealed */
/** @typedef {{id: string, kind: string, seen: Vector, writes: Write[]}} Record */
/** @typedef {{value: Value, by: string, at: number}} Candidate */
/** @typedef {Candidate & {rivals: Candidate[]}} Standing what a field shows, and the values it was not meant to replace */

export const DELETED = "deleted";
const DEVICE = /^[a-z0-9]{4,32}$/;
const LATEST = 8_640_000_000_000_000; // the last moment of a Date: 100,000,000 days after the epoch, in ms

/**
 * Makes a record that nothing was written to yet.
 * @param {string} id
 * @param {string} kind
 * @returns {Record}
 */
export function newRecord(id, kind) {
  return { id, kind, seen: {}, writes: [] };
}

/**
 * Writes fields; what `base` had seen of them (all of the record, if not given) no longer stands.
 * @param {Record} record
 * @param {string} device
 * @param {Fields} fields
 * @param {number} now
 * @param {Vector} [base]
 * @returns {Record}
 */
export function save(record, device, fields, now, base = record.seen) {
  const at = Math.max(now, 1 + Math.max(0, ...Object.values(record.seen)));
  const kept = keep(record.writes, (write, field) => !Object.hasOwn(fields, field) || !covers(base, write));
  const write = { by: device, at, set: copy(fields) };
  const writes = Object.keys(fields).length > 0 ? [...kept, write] : kept;
  return { ...record, seen: { ...record.seen, [device]: at }, writes: inOrder(writes) };
}

/**
 * Shows each open field's value that was written last, with its rivals; equal values are none.
 * @param {Record} record
 * @returns {{[field: string]: Standing}}
 */
export function read(record) {
  /** @type {Map<string, Candidate[]>} */
  const candidates = new Map();
  for (const write of inOrder(record.writes).reverse()) {
    for (const [field, value] of Object.entries(write.set ?? {})) {
      candidates.set(field, [...(candidates.get(field) ?? []), { value, by: write.by, at: write.at }]);
    }
  }
  return Object.fromEntries([...candidates].map(([field, found]) => [field, standing(found)]));
}

/**
 * Tells whether some deletion had seen every other standing write.
 * @param {Record} record
 */
export function isDeleted(record) {
  return record.writes.some(deletion => {
    const seen = seenByDeletion(deletion);
    return seen && record.writes.every(write => write === deletion || onlyDeletes(write) || covers(seen, write));
  });
}

/**
 * Puts a record in the bin; an edit that this device has not seen keeps it out.
 * @param {Record} record
 * @param {string} device
 * @param {number} now
 */
export function remove(record, device, now) {
  return save(record, device, { [DELETED]: { ...record.seen } }, now);
}

/**
 * Takes a record out of the bin.
 * @param {Record} record
 * @param {string} device
 * @param {number} now
 */
export function putBack(record, device, now) {
  return save(record, device, { [DELETED]: null }, now);
}

/**
 * Drops a deleted record's words for good and keeps what stops an old phone from bringing them back.
 * @param {Record} record
 * @returns {Record}
 */
export function shred(record) {
  if (!isDeleted(record)) throw new Error("only a deleted record can be shredded");
  return { ...record, writes: keep(record.writes, (_, field) => field === DELETED) };
}

/**
 * Writes a record canonically: equal states are equal text.
 * @param {Record} record
 */
export function encode({ id, kind, seen, writes }) {
  const vector = canonicalObject(seen, canonical);
  const saves = inOrder(writes).map(encodeWrite).join();
  return `{"id":${JSON.stringify(id)},"kind":${canonicalWord(kind)},"seen":${vector},"writes":[${saves}]}`;
}

/** @param {Write} write */
function encodeWrite({ at, by, set, keys = [], box }) {
  const dot = `"by":${JSON.stringify(by)}`;
  if (set) return `{"at":${at},${dot},"set":${canonicalObject(set, value => canonical(value))}}`;
  return `{"at":${at},"box":${JSON.stringify(box)},${dot},"keys":[${[...keys].sort().map(canonicalWord).join()}]}`;
}

/**
 * @param {Vector} seen
 * @param {Write} write
 */
function covers(seen, { by, at }) {
  return Object.hasOwn(seen, by) && /** @type {number} */ (seen[by]) >= at;
}

/** @param {Write[]} writes */
function inOrder(writes) {
  return [...writes].sort((a, b) => a.at - b.at || (a.by < b.by ? -1 : 1));
}

/**
 * @param {Write[]} writes
 * @param {(write: Write, field: string) => boolean} keeps
 */
function keep(writes, keeps) {
  return writes.flatMap(write =>
    only(
      write,
      fieldsOf(write).filter(field => keeps(write, field)),
    ),
  );
}

/**
 * @param {Write} write
 * @param {string[]} fields
 * @returns {Write[]} none when no field is left
 */
function only(write, fields) {
  const { set, ...rest } = write;
  if (fields.length === 0) return [];
  if (!set) return [{ ...rest, keys: fields }];
  return [{ ...rest, set: Object.fromEntries(Object.entries(set).filter(([field]) => fields.includes(field))) }];
}

/**
 * The fields of a save that still stand.
 * @param {Write} write
 */
export function fieldsOf({ set, keys = [] }) {
  return set ? Object.keys(set) : keys;
}

/**
 * Copies fields and refuses what can't be saved: both at the moment of saving.
 * @param {Fields} fields
 * @returns {Fields}
 */
function copy(fields) {
  return JSON.parse(canonicalObject(fields, value => canonical(value)));
}

/**
 * @param {Candidate[]} candidates
 * @returns {Standing}
 */
function standing(candidates) {
  const [first, ...others] = /** @type {[Candidate, ...Candidate[]]} */ (candidates);
  const rivals = others.length > 0 ? different(candidates).slice(1) : [];
  return { ...first, rivals };
}

/** @param {Candidate[]} candidates */
function different(candidates) {
  const texts = candidates.map(({ value }) => canonical(value));
  return candidates.filter((_, index) => texts.indexOf(/** @type {string} */ (texts[index])) === index);
}

/** @param {Write} write */
function onlyDeletes(write) {
  return seenByDeletion(write) !== null && fieldsOf(write).length === 1;
}

/**
 * @param {Write} write
 * @returns {Vector | null} null also for what is somebody else's idea of a deletion
 */
function seenByDeletion({ set }) {
  const seen = set && Object.hasOwn(set, DELETED) ? set[DELETED] : null;
  if (seen === null || typeof seen !== "object" || Array.isArray(seen)) return null;
  const isVector = Object.entries(seen).every(([device, at]) => DEVICE.test(device) && isMoment(at));
  return isVector ? /** @type {Vector} */ (seen) : null;
}

/** @param {unknown} at */
function isMoment(at) {
  return Number.isSafeInteger(at) && Number(at) >= 1 && Number(at) <= LATEST;
}
