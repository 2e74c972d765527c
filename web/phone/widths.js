/**
 * How wide the two paths of a trait are drawn: by use that fades. Twin: server/widths.py, which says why so.
 * @import { Practised } from "./practice_numbers.js"
 */

const HALF_LIFE = 60; // days
const ONE = 2 ** 16; // the weight of today
const DAILY = 64783; // ONE · 2^(−1/60), rounded
const HALF_WAY = 10 * 100 * ONE; // the use at which a path has half of the greatest width
const HEAD_START = 30;
const [THINNEST, WIDEST] = [2, 22]; // units of the picture

const WEIGHTS = weights();

/**
 * The old and the new path's widths on that day, from what was practised until then, the earliest first.
 * @param {Practised[]} practices
 * @param {number} day
 */
export function pathWidths(practices, day) {
  const until = practices.filter(each => each.day <= day);
  const old = until.reduce((sum, each) => sum + step(each.old, each.new) * weight(day - each.day), 0);
  const now = until.reduce((sum, each) => sum + step(each.new, each.old) * weight(day - each.day), 0);
  const first = until.reduce((least, each) => Math.min(least, each.day), day);
  return { old: width(old + HEAD_START * 100 * weight(day - first)), new: width(now) };
}

/**
 * How much of the greatest width a path has, in percent.
 * @param {number} width
 */
export function share(width) {
  return Math.floor(((width - THINNEST) * 100) / (WIDEST - THINNEST));
}

/**
 * What an entry of so many days ago still counts, of ONE: exactly half after each half-life.
 * @param {number} age
 */
export function weight(age) {
  return (WEIGHTS[age % HALF_LIFE] ?? 0) >> Math.min(Math.floor(age / HALF_LIFE), 17);
}

/**
 * @param {number | null} rating
 * @param {number | null} other
 */
function step(rating, other) {
  return (rating ?? 0) >= (other ?? 0) ? (rating ?? 0) : 0;
}

function weights() {
  const all = [ONE];
  for (let last = ONE; all.length < HALF_LIFE; all.push(last)) last = Math.floor((last * DAILY) / ONE);
  return all;
}

/** @param {number} use */
function width(use) {
  return THINNEST + Math.floor(((WIDEST - THINNEST) * use) / (use + HALF_WAY));
}
