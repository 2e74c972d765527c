/**
 * What a person does to a record, done with the phone's own modules. Twin: tasks.py.
 * @import { Fields, Record, Vector } from "../../web/phone/record.js"
 * @import { Writer } from "../../web/phone/writer.js"
 * @typedef {{do: string, id: string, kind: string, fields: Fields, now: number, base: Vector | null, box: string}} Task
 * @typedef {typeof import("../../web/phone/record.js") & typeof import("../../web/phone/writer.js")} Modules
 * @typedef {typeof performed} Performed
 */

/**
 * The record after it, or as it was where it can't be done.
 * @param {Modules} phone
 * @param {Record | null} before
 * @param {string} name
 * @param {Writer} writer
 * @param {Task} task
 */
export function performed(phone, before, name, writer, { do: what, id, kind, fields, now, base, box }) {
  const { inTodaysNames, isDeleted, momentAfter, newRecord, putBack, randomStep, remove, save, shred } = phone;
  const record = before ?? newRecord(id, kind);
  if (!before && what !== "save" && what !== "seal") return record;
  const at = momentAfter(record, { now, step: randomStep() });
  const seen = base ? inTodaysNames(base, writer) : undefined;
  switch (what) {
    case "save":
      return save(record, name, fields, at, seen);
    case "seal":
      return sealed(save(record, name, fields, at, seen), name, box);
    case "delete":
      return remove(record, name, at);
    case "put back":
      return putBack(record, name, at);
    case "shred":
      return isDeleted(record) ? shred(record) : record;
    default:
      return kept(phone, record, name, at, Object.keys(fields)[0]);
  }
}

/**
 * Keeps the last of a field's rivals.
 * @param {Modules} phone
 * @param {Record} record
 * @param {string} name
 * @param {number} at
 * @param {string} field
 */
function kept({ read, save }, record, name, at, field) {
  const rival = read(record)[field]?.rivals.at(-1);
  return rival ? save(record, name, { [field]: rival.value }, at) : record;
}

/**
 * Puts the latest save into a box; the phone itself seals nothing yet.
 * @param {Record} record
 * @param {string} name
 * @param {string} box
 * @returns {Record}
 */
function sealed(record, name, box) {
  const writes = record.writes.map(write => {
    const { by, at, set } = write;
    return by === name && at === record.seen[name] ? { by, at, keys: Object.keys(set ?? {}), box } : write;
  });
  return { ...record, writes };
}
