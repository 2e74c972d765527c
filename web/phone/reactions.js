/**
 * Reactions over time: means by stretches of days, by groups, and setbacks. Twin: server/reactions.py.
 *
 * The mean is rounded half up. Fewer than FEW entries say nothing on their own, and are shown as that.
 * @import { Practised } from "./practice_numbers.js"
 */

/** @typedef {{value: number | null, rated: number}} Mean of how many; null of none */
/** @typedef {{first: number, old: Mean, new: Mean}} Stretch so many days from the first on, and both reactions in them */
/**
 * An entry with which the old reaction came back, and the days until the new was at least as strong (null: not yet).
 * @typedef {{id: string, day: number, days: number | null}} Setback
 */

export const FEW = 5;
const WEEK = 7;
const MOST_STRETCHES = 104; // that a curve has room for
const SINGLE_DAYS = 28; // up to which each day stands alone
/** @type {[string, number][]} */
export const PARTS = [
  ["morning", 5],
  ["afternoon", 12],
  ["evening", 18],
  ["night", 22],
]; // from this hour on

/**
 * The mean of the numbers that there are.
 * @param {(number | null)[]} numbers
 * @returns {Mean}
 */
export function mean(numbers) {
  const rated = numbers.filter(number => number !== null);
  const sum = rated.reduce((total, number) => total + number, 0);
  return {
    value: rated.length ? Math.floor((2 * sum + rated.length) / (2 * rated.length)) : null,
    rated: rated.length,
  };
}

/**
 * How many days a stretch of the curve has: one, a week, or as many weeks as keep it readable.
 * @param {number} first
 * @param {number} last
 */
export function stretchDays(first, last) {
  const days = last - first + 1;
  return days <= SINGLE_DAYS ? 1 : WEEK * Math.ceil(days / (WEEK * MOST_STRETCHES));
}

/**
 * The days from first to last in stretches that end with the last day, empty ones too.
 * @param {Practised[]} practices
 * @param {number} first
 * @param {number} last
 * @returns {Stretch[]}
 */
export function stretches(practices, first, last) {
  const size = stretchDays(first, last);
  const count = Math.ceil((last - first + 1) / size);
  const begins = last + 1 - count * size;
  /** @type {Practised[][]} */
  const held = Array.from({ length: count }, () => []);
  for (const each of practices) {
    if (begins <= each.day && each.day <= last) held[Math.floor((each.day - begins) / size)]?.push(each);
  }
  return held.map((some, at) => ({
    first: begins + at * size,
    old: mean(some.map(each => each.old)),
    new: mean(some.map(each => each.new)),
  }));
}

/**
 * The setbacks among the entries that rate a reaction, the earliest first.
 *
 * One is where the old reaction is stronger than the new right after an entry in which it was not (relapse: Bouton 2002).
 * Who logs one reaction only, as a quick log does, tells of a moment in which the other was not there.
 * @param {Practised[]} practices
 * @returns {Setback[]}
 */
export function setbacks(practices) {
  /** @type {Setback[]} */
  const found = [];
  let newHeld = false;
  /** @type {Practised | null} */
  let back = null;
  for (const each of practices) {
    if (each.old === null && each.new === null) continue;
    if ((each.old ?? 0) <= (each.new ?? 0)) {
      if (back) found.push({ id: back.id, day: back.day, days: Math.max(0, each.day - back.day) });
      [newHeld, back] = [true, null];
    } else if (newHeld) {
      [newHeld, back] = [false, each];
    }
  }
  return back ? [...found, { id: back.id, day: back.day, days: null }] : found;
}

/**
 * The part of the day that the hour is in.
 * @param {number} hour
 * @returns {string}
 */
export function partOfDay(hour) {
  const begun = PARTS.filter(([, begins]) => hour >= begins).map(([name]) => name);
  return begun.pop() ?? "night";
}
