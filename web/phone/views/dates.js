/**
 * Days as a person reads them. Twin: server/views/dates.py.
 * @import { Words } from "../words.js"
 */

import { fill } from "../words.js";

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * The day, counted from 1970, as a date.
 * @param {number} day
 * @param {Words} words
 */
export function dateText(day, words) {
  return calendarText(new Date(day * DAY_MS).toISOString().slice(0, 10), words);
}

/**
 * The day YYYY-MM-DD as a date.
 * @param {string} day
 * @param {Words} words
 */
export function calendarText(day, words) {
  const [year = 0, month = 1, number = 1] = day.split("-").map(Number);
  const parts = { day: String(number), month: words.dates.months[month - 1], year: String(year) };
  return fill(words.dates.day, parts);
}
