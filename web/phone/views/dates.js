/**
 * Moments and days as a person would say them. Twin: server/views/dates.py.
 * @import { Words } from "../words.js"
 */

import { daysBetween, weekdayOf } from "../days.js";
import * as moments from "../moments.js";
import { partOfDay } from "../reactions.js";
import { fill } from "../words.js";

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * The moment as one speaks of it on that day: today at a time, yesterday or a weekday with its part, or the date.
 * @param {unknown} text
 * @param {string} today YYYY-MM-DD
 * @param {Words} words
 * @returns {string}
 */
export function nearText(text, today, words) {
  const moment = moments.parse(text);
  if (!moment) return "";
  const { dates } = words;
  const day = String(text).slice(0, 10);
  const named = partOfDay(moment.hour);
  const part = named === "night" && moment.hour < 12 ? "small_hours" : named; // which belong to the night before
  const ago = daysBetween(day, today);
  if (ago === 0) return fill(dates.today, { time: moments.timeText(moment, words) });
  if (ago === 1) return dates.yesterday[part];
  if (2 <= ago && ago <= 6) return fill(dates.weekday[part], { weekday: weekdayOf(day, words) });
  return calendarText(day, words, today);
}

/**
 * The day, counted from 1970, as a date.
 * @param {number} day
 * @param {Words} words
 */
export function dateText(day, words) {
  return calendarText(iso(day), words);
}

/**
 * From one day to another, both counted from 1970, with what they share said once.
 * @param {number} first
 * @param {number} last
 * @param {Words} words
 */
export function rangeText(first, last, words) {
  const [begins, ends] = [partsOf(iso(first), words), partsOf(iso(last), words)];
  const { range } = words.dates;
  if (first === last) return dateText(first, words);
  if (begins.year !== ends.year)
    return fill(range.years, { first: dateText(first, words), last: dateText(last, words) });
  const parts = { first: begins.day, first_month: begins.month, last: ends.day, last_month: ends.month };
  return fill(range[begins.month === ends.month ? "days" : "months"], { ...parts, year: ends.year });
}

/**
 * The day YYYY-MM-DD as a date, without its year when today is in it.
 * @param {string} day
 * @param {Words} words
 * @param {string} [today]
 */
export function calendarText(day, words, today = "") {
  return fill(words.dates[day.slice(0, 4) === today.slice(0, 4) ? "this_year" : "day"], partsOf(day, words));
}

/**
 * @param {string} day
 * @param {Words} words
 */
function partsOf(day, { dates }) {
  const [year = 0, month = 1, number = 1] = day.split("-").map(Number);
  return { day: String(number), month: dates.months[month - 1], year: String(year) };
}

/** @param {number} day */
function iso(day) {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}
