/**
 * What the practice entries say in numbers, for pictures of all of them. Twin: server/practice_numbers.py.
 * @import { Entry } from "./entries.js"
 * @import { Journal } from "./journal.js"
 * @import { Moment } from "./moments.js"
 */

import { digests } from "./digests.js";
import * as moments from "./moments.js";

/**
 * One practice entry: its day (since 1970) and hour as its own wall clock had them, and what was rated.
 * @typedef {{id: string, trait: string, day: number, hour: number, old: number | null, new: number | null,
 *   before: number | null, after: number | null, tools: string[], context: string}} Practised
 */

const DAY_MS = 24 * 60 * 60 * 1000;

/** @type {WeakMap<Journal, Promise<Map<string, Practised[]>>>} */
const known = new WeakMap();

/**
 * The practices of a trait up to today, the earliest first; one of tomorrow's date was written east of here.
 * @param {Journal} journal as one request sees it
 * @param {string} trait
 * @param {number} today
 * @returns {Promise<Practised[]>}
 */
export async function practised(journal, trait, today) {
  const reading = known.get(journal) ?? readAll(journal);
  known.set(journal, reading);
  const mine = ((await reading).get(trait) ?? []).filter(each => each.day <= today + 1);
  return mine.map(each => ({ ...each, day: Math.min(each.day, today) }));
}

/**
 * A month's practices, newest first, each as plain values in the order of Practised; one without a date says nothing.
 * @param {Entry[]} entries
 */
export function numbers(entries) {
  return entries.map(numbersOf).filter(each => each !== null);
}

/**
 * The wall clock's day, counted from 1970.
 * @param {Moment} moment
 */
export function dayNumber({ year, month, day }) {
  return Math.floor(Date.UTC(year, month - 1, day) / DAY_MS);
}

/**
 * The day that clocks in the zone show.
 * @param {number} now
 * @param {string} zone
 */
export function todayIn(now, zone) {
  const moment = moments.parse(moments.nowIn(now, zone));
  return moment ? dayNumber(moment) : 0;
}

/**
 * @param {Journal} journal
 * @returns {Promise<Map<string, Practised[]>>}
 */
async function readAll(journal) {
  const months = await digests(journal, "numbers", "practice", numbers);
  const byTrait = new Map();
  for (const each of months.flat().reverse().map(practisedOf)) {
    const practices = byTrait.get(each.trait);
    if (practices) practices.push(each);
    else byTrait.set(each.trait, [each]);
  }
  return byTrait;
}

/**
 * @param {any[]} values
 * @returns {Practised}
 */
function practisedOf([id, trait, day, hour, old, fresh, before, after, tools, context]) {
  return { id, trait, day, hour, old, new: fresh, before, after, tools, context };
}

/** @param {Entry} entry */
function numbersOf({ id, values }) {
  const moment = moments.parse(values.happened_at);
  if (!moment) return null;
  const rated = ["old_reaction", "new_reaction", "distress_before", "distress_after"].map(name => values[name] ?? null);
  return [
    id,
    values.trait_id ?? "",
    dayNumber(moment),
    moment.hour,
    ...rated,
    values.tool_ids ?? [],
    values.context ?? "",
  ];
}
