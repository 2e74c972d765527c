/**
 * Actions: what a form does to a record. Pure; the host stores what comes out. Twin: server/actions.py.
 *
 * An action takes the record as it is now (null when there is none) and gives it as it shall be.
 * @import { Entry, Kind } from "./entries.js"
 * @import { Form, Pairs } from "./forms.js"
 * @import { Fields, Record, Vector } from "./record.js"
 * @import { Words } from "./words.js"
 * @import { Writer } from "./writer.js"
 */

import { readEntry } from "./entries.js";
import { asked, keptOf, last, readForm, typedOf } from "./forms.js";
import * as moments from "./moments.js";
import { encode, newRecord, putBack, remove, save, shred } from "./record.js";
import { lengthOf } from "./text.js";
import { digits, fill } from "./words.js";
import { inTodaysNames, momentAfter } from "./writer.js";

const MOST_BYTES = 64 * 1024; // a record's limit on the way to the server (sync/README.md)
export const RECORD_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const VECTOR_KEY = /^[a-z0-9]{4,32}$/;

/** @typedef {(record: Record | null, name: string, writer: Writer) => Record} Action who writes is known once it is stored */
/**
 * When somebody writes: ms since the epoch, the step that a clock behind takes, the IANA zone of the clock or "".
 * @typedef {{now: number, step: number, zone: string}} Hand
 */

/** The form can't be kept as it is: what was typed, with a sentence for each field at fault. */
export class Refused extends Error {
  /** @param {Form} form */
  constructor(form) {
    super("refused");
    this.form = form;
  }
}

/** There is no such record to act on. */
export class Gone extends Error {}

/**
 * Save what a form changed against what its page showed (`was`), leaving saves that the page had not seen.
 * @param {Kind} kind
 * @param {string} id
 * @param {Pairs} pairs
 * @param {Hand} hand
 * @param {Words} words
 * @returns {Action}
 */
export function write(kind, id, pairs, hand, words) {
  return (record, name, writer) => {
    if (record && record.kind !== kind.kind) throw new Gone();
    const form = readForm(kind, pairs, words);
    const entry = record && readEntry(record, { [kind.kind]: kind });
    refuseNothing(kind, form, words, entry === null);
    if (hasErrors(form)) throw new Refused(form);
    const zone = last(pairs, "zone") || hand.zone;
    const changed = changedBy(kind, form, wasSent(kind, pairs), entry, zone);
    if (!entry) changed.happened_at ??= moments.nowIn(hand.now, zone);
    const before = record ?? newRecord(id, kind.kind);
    if (!Object.keys(changed).length) return before;
    const seen = inTodaysNames(vectorIn(last(pairs, "seen")), writer);
    const written = save(before, name, changed, momentAfter(before, hand), seen);
    const over = new TextEncoder().encode(encode(written)).length - MOST_BYTES;
    if (over > 0) {
      form.errors[longest(form)] = fill(words.errors.too_large, { over: digits(over, words) });
      throw new Refused(form);
    }
    return written;
  };
}

/**
 * Keep one of a field's rivals: save its value again, over all that is known now.
 * @param {Pairs} pairs
 * @param {Hand} hand
 * @returns {Action}
 */
export function keep(pairs, hand) {
  const [field, by, at] = [last(pairs, "field"), last(pairs, "by"), last(pairs, "at")];
  return (record, name) => {
    const present = existing(record);
    const kept = present.writes.find(
      write => write.by === by && String(write.at) === at && write.set && Object.hasOwn(write.set, field),
    );
    return kept?.set ? save(present, name, { [field]: kept.set[field] }, momentAfter(present, hand)) : present;
  };
}

/**
 * Note that the plan was said back now; what was said is not kept.
 * @param {Pairs} pairs
 * @param {Hand} hand
 * @returns {Action}
 */
export function rehearse(pairs, hand) {
  const now = moments.nowIn(hand.now, last(pairs, "zone") || hand.zone);
  return (record, name) => save(existing(record), name, { rehearsed_at: now }, momentAfter(existing(record), hand));
}

/**
 * Delete, in a way that can be taken back.
 * @param {Hand} hand
 * @returns {Action}
 */
export function putInBin(hand) {
  return (record, name) => remove(existing(record), name, momentAfter(existing(record), hand));
}

/**
 * Take out of the bin.
 * @param {Hand} hand
 * @returns {Action}
 */
export function takeBack(hand) {
  return (record, name) => putBack(existing(record), name, momentAfter(existing(record), hand));
}

/**
 * Delete for good: the words go, a few bytes stay that stop an old phone from bringing them back.
 * @param {Hand} hand
 * @returns {Action}
 */
export function destroy(hand) {
  return (record, name) => shred(remove(existing(record), name, momentAfter(existing(record), hand)));
}

/**
 * What a form about the entry shows at first, by field; empty inputs for a new one.
 * @param {Kind} kind
 * @param {Entry | null} entry
 * @returns {{[field: string]: any}}
 */
export function wasOf(kind, entry) {
  return Object.fromEntries(asked(kind).map(field => [field.name, typedOf(field, entry?.values[field.name])]));
}

/**
 * The record to act on; Gone when there is none.
 * @param {Record | null} record
 */
export function existing(record) {
  if (!record) throw new Gone();
  return record;
}

/**
 * What the page showed when the person began to write; for a new record, empty inputs.
 * @param {Kind} kind
 * @param {Pairs} pairs
 */
function wasSent(kind, pairs) {
  const sent = jsonObject(last(pairs, "was"));
  const empty = Object.entries(wasOf(kind, null));
  return Object.fromEntries(empty.map(([name, blank]) => [name, Object.hasOwn(sent, name) ? sent[name] : blank]));
}

/**
 * @param {Kind} kind
 * @param {Form} form
 * @param {{[field: string]: any}} was
 * @param {Entry | null} entry
 * @param {string} zone
 * @returns {Fields}
 */
function changedBy(kind, form, was, entry, zone) {
  const shown = wasOf(kind, entry);
  const changed = asked(kind).filter(({ name, type }) => {
    const typed = form.typed[name];
    return !same(typed, was[name]) && !same(typed, shown[name]) && (type !== "moment" || typed);
  });
  return Object.fromEntries(changed.map(field => [field.name, keptOf(field, form.typed[field.name], zone)]));
}

/**
 * Whether two inputs hold the same; `other` may be anything that a page sent.
 * @param {any} typed
 * @param {any} other
 * @returns {boolean}
 */
function same(typed, other) {
  if (typed === other) return true;
  if (!Array.isArray(typed) || !Array.isArray(other)) return false;
  return typed.length === other.length && typed.every((each, at) => same(each, other[at]));
}

/**
 * A new entry has to say what its kind needs, and any entry more than when it happened and which trait it is about.
 * @param {Kind} kind
 * @param {Form} form
 * @param {Words} words
 * @param {boolean} isNew
 */
function refuseNothing(kind, form, words, isNew) {
  if (isNew && kind.needs.length && !kind.needs.some(name => form.typed[name]) && !hasErrors(form)) {
    form.errors[kind.needs[0]] = words.errors[`needs_${kind.kind}`];
  }
  const said = asked(kind).filter(({ name, type }) => type !== "moment" && type !== "one" && form.typed[name].length);
  if (!said.length && !hasErrors(form)) form.errors[kind.titles[0]] = words.errors.empty;
}

/** @param {Form} form */
const hasErrors = ({ errors }) => Object.keys(errors).length > 0;

/** @param {Form} form */
function longest({ typed }) {
  const texts = Object.keys(typed).filter(name => typeof typed[name] === "string");
  return texts.reduce((most, name) => (lengthOf(typed[name]) > lengthOf(typed[most]) ? name : most));
}

/**
 * A version vector as a page carries it; anything else counts as having seen nothing.
 * @param {string} text
 * @returns {Vector}
 */
function vectorIn(text) {
  const pairs = Object.entries(jsonObject(text));
  return Object.fromEntries(pairs.filter(([by, at]) => VECTOR_KEY.test(by) && Number.isInteger(at)));
}

/**
 * @param {string} text
 * @returns {{[key: string]: any}}
 */
function jsonObject(text) {
  try {
    const found = JSON.parse(text, wellFormed);
    return typeof found === "object" && !Array.isArray(found) ? (found ?? {}) : {};
  } catch {
    return {};
  }
}

/**
 * Refuses half of a surrogate pair, as the server's decoder does.
 * @param {string} key
 * @param {unknown} value
 */
function wellFormed(key, value) {
  if (/\p{Surrogate}/u.test(key) || (typeof value === "string" && /\p{Surrogate}/u.test(value)))
    throw new SyntaxError();
  return value;
}
