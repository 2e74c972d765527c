/**
 * What a record still knows of its own past: the saves of which something stands. Twin: server/views/history.py.
 * @import { Entry } from "../entries.js"
 * @import { Write } from "../record.js"
 * @import { Words } from "../words.js"
 * @import { Where } from "./devices.js"
 * @import { Context, Here } from "./frame.js"
 */

import { kindOf } from "../entries.js";
import * as moments from "../moments.js";
import { DELETED, fieldsOf } from "../record.js";
import { fill } from "../words.js";

const LATEST = 7_258_118_400_000; // 1 January 2200, in ms: what comes after that no clock of ours shows

/**
 * Each save of which something stands, the last one first: when, where, and which fields it wrote.
 * @param {Entry} entry
 * @param {Where} where
 * @param {Here} here
 * @returns {Context[]}
 */
export function historyOf(entry, where, here) {
  const writes = [...entry.writes].sort((a, b) => b.at - a.at || (a.by < b.by ? -1 : 1));
  return writes.map(write => ({
    when: whenOf(write.at, here),
    at: write.at < LATEST ? moments.stamp(moments.nowIn(write.at, here.zone)) : "",
    where: where(write.by),
    what: whatOf(write, entry, here.words),
  }));
}

/**
 * When and where the entry was last put in the bin; "" for one that is not in it.
 * @param {Entry} entry
 * @param {Where} where
 * @param {Here} here
 */
export function binnedText(entry, where, here) {
  const deletions = entry.writes.filter(write => fieldsOf(write).includes(DELETED));
  if (!entry.binned || !deletions.length) return "";
  const last = deletions.reduce((a, b) => (b.at > a.at ? b : a));
  const parts = { when: whenOf(last.at, here), where: where(last.by) };
  return parts.when && fill(here.words.bin.put, parts);
}

/**
 * The moment of a save on this device's clock; "" where a clock was set to beyond all calendars.
 * @param {number} at
 * @param {Here} here
 */
function whenOf(at, { zone, words }) {
  return at < LATEST ? moments.show(moments.nowIn(at, zone), words) : "";
}

/**
 * The names of the fields that still stand from this save.
 * @param {Write} write
 * @param {Entry} entry
 * @param {Words} words
 */
function whatOf(write, entry, words) {
  const written = fieldsOf(write);
  const labels = kindOf(entry)
    .fields.filter(({ name, hidden, unasked }) => written.includes(name) && !hidden && !unasked)
    .map(({ name }) => words.fields[entry.kind][name].label);
  return [...labels, ...(written.includes(DELETED) ? [words.entry.moved] : [])].join(" · ");
}
