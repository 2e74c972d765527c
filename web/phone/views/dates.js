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
  const found = new Date(day * DAY_MS);
  return fill(words.rewire.date, {
    day: String(found.getUTCDate()),
    month: words.dates.months[found.getUTCMonth()],
    year: String(found.getUTCFullYear()),
  });
}
