/**
 * Pictures of numbers as plain coordinates for web/templates/charts.html. Twin: server/views/charts.py.
 * @import { Practised } from "../practice_numbers.js"
 * @import { Mean, Setback, Stretch } from "../reactions.js"
 * @import { Words } from "../words.js"
 * @import { Context } from "./frame.js"
 */

import { fill } from "../words.js";
import { dateText, rangeText } from "./dates.js";

const [LEFT, WIDE] = [20, 640]; // of the curves' picture of 680 by 320
const [BOTTOM, HIGH] = [300, 280];
const CELL = 24; // of the calendar, with the gap around it
const SIZES = [4, 11, 16, 21]; // of a day without, with one, two, three or more moments
const WEEKS = 12;
const MOST_WEEKS = 53;

/**
 * Both reactions as lines that stop where nothing was rated, with each setback's place, and the same as a table.
 * @param {Stretch[]} held
 * @param {Setback[]} marked
 * @param {Words} words
 * @returns {Context}
 */
export function curves(held, marked, words) {
  const days = held.length > 1 ? held[1].first - held[0].first : 1;
  const first = held[0].first;
  const last = held[held.length - 1].first + days - 1;
  const said = words.rewire;
  const [begins, ends] = [dateText(first, words), dateText(last, words)];
  const [olds, news] = [held.map(each => each.old), held.map(each => each.new)];
  return {
    label: fill(said.curves_label, { first: begins, last: ends }),
    first: begins,
    last: ends,
    stretch: days === 1 ? said.stretch_day : said.stretch_weeks,
    old: line(olds),
    new: line(news),
    old_points: points(olds),
    new_points: points(news),
    setbacks: marked
      .filter(each => first <= each.day && each.day <= last)
      .map(each => xOf(Math.floor((each.day - first) / days), held.length)),
    rows: held
      .filter(each => each.old.rated || each.new.rated)
      .map(each => ({
        when: rangeText(each.first, each.first + days - 1, words),
        old: meanText(each.old, words),
        new: meanText(each.new, words),
      })),
  };
}

/**
 * Each day from the week of `first` on as a square that grows with its moments, a column a week, Monday on top.
 * @param {Practised[]} practices
 * @param {number} first
 * @param {number} today
 * @param {Words} words
 * @returns {Context}
 */
export function calendar(practices, first, today, words) {
  const monday = today - ((((today + 3) % 7) + 7) % 7);
  const weeks = Math.min(Math.max(Math.floor((monday + 6 - first) / 7) + 1, WEEKS), MOST_WEEKS);
  const begins = monday - 7 * (weeks - 1);
  /** @type {Map<number, number>} */
  const counts = new Map();
  for (const { day } of practices) {
    if (begins <= day && day <= today) counts.set(day, (counts.get(day) ?? 0) + 1);
  }
  const days = Array.from({ length: today + 1 - begins }, (_, at) => begins + at);
  return {
    width: weeks * CELL,
    height: 7 * CELL,
    label: fill(words.rewire.calendar_label, { first: dateText(begins, words), days: String(counts.size) }),
    cells: days.map(day => cell(day - begins, counts.get(day) ?? 0)),
    rows: days
      .filter(day => counts.has(day))
      .reverse()
      .map(day => ({ when: dateText(day, words), count: String(counts.get(day)) })),
  };
}

/**
 * A mean with how many it is of.
 * @param {Mean} mean
 * @param {Words} words
 * @returns {string}
 */
export function meanText({ value, rated }, words) {
  if (value === null) return words.rewire.none;
  return fill(words.rewire.mean, { mean: String(value), count: String(rated) });
}

/**
 * @param {number} at
 * @param {number} count
 */
const xOf = (at, count) => LEFT + Math.floor((WIDE * (2 * at + 1)) / (2 * count));

/** @param {number} value */
const yOf = value => BOTTOM - Math.floor((HIGH * value) / 100);

/** @param {Mean[]} means */
function points(means) {
  const places = means.map(({ value }, at) => (value === null ? null : { x: xOf(at, means.length), y: yOf(value) }));
  return places.filter(place => place !== null);
}

/** @param {Mean[]} means */
function line(means) {
  let goesOn = false;
  let drawn = "";
  for (const [at, { value }] of means.entries()) {
    if (value !== null) drawn += `${goesOn ? "L" : "M"}${xOf(at, means.length)} ${yOf(value)}`;
    goesOn = value !== null;
  }
  return drawn;
}

/**
 * @param {number} at
 * @param {number} count
 */
function cell(at, count) {
  const size = SIZES[Math.min(count, 3)];
  const inset = Math.floor((CELL - size) / 2);
  return { x: Math.floor(at / 7) * CELL + inset, y: (at % 7) * CELL + inset, size, some: count > 0 };
}
