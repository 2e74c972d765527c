/**
 * Days as a person's wall clock had them, YYYY-MM-DD. Twin: server/days.py.
 * @import { Words } from "./words.js"
 */

import * as moments from "./moments.js";
import { fill } from "./words.js";

const DAY = 24 * 60 * 60 * 1000; // ms

/**
 * The day that the moment's own wall clock showed; "" when there is no moment.
 * @param {unknown} text
 */
export const dayOf = text => moments.wall(text).slice(0, 10);

/**
 * The text when it is a day of the calendar, else "".
 * @param {string} text
 */
export const knownDay = text => dayOf(`${text}T00:00:00Z`);

/**
 * How many days ago it was: less than 0 for one that is still to come, or when there is no today.
 * @param {string} day
 * @param {string} today
 */
export const daysBetween = (day, today) => (today ? Math.floor((midnightOf(today) - midnightOf(day)) / DAY) : -1);

/**
 * What the day of the week is called.
 * @param {string} day
 * @param {Words} words
 * @returns {string}
 */
export const weekdayOf = (day, { days }) => days.weekdays[(new Date(midnightOf(day)).getUTCDay() + 6) % 7];

/**
 * A day as the journal calls it: today, yesterday, or by its weekday and date, with the year when it is another one.
 * @param {string} day
 * @param {string} today
 * @param {Words} words
 * @returns {string}
 */
export function headingOf(day, today, words) {
  const { days, dates } = words;
  if (!day) return days.undated;
  const ago = daysBetween(day, today);
  if (ago === 0 || ago === 1) return ago ? days.yesterday : days.today;
  const [year, month, number] = day.split("-").map(Number);
  return fill(day.slice(0, 4) === today.slice(0, 4) ? days.pattern : days.pattern_with_year, {
    weekday: weekdayOf(day, words),
    day: String(number),
    month: dates.months[month - 1],
    year: String(year),
  });
}

/** @param {string} day */
function midnightOf(day) {
  const [year, month, number] = day.split("-").map(Number);
  return Date.UTC(year, month - 1, number);
}
