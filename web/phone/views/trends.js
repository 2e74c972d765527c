/**
 * What changed lately, and what followed a setback, in sentences. Twin: server/views/trends.py.
 * @import { Practised } from "../practice_numbers.js"
 * @import { Setback } from "../reactions.js"
 * @import { Words } from "../words.js"
 */

import { mean } from "../reactions.js";
import { count, fill } from "../words.js";
import { dateText } from "./dates.js";

const LATELY = 28; // days; compared with as many before
const ENOUGH = 3; // rated entries in each
const TOLD = 5; // setbacks

/**
 * How each reaction of the last four weeks is beside that of the four weeks before, where enough were rated.
 * @param {Practised[]} everything
 * @param {number} today
 * @param {Words} words
 * @returns {string}
 */
export function changeText(everything, today, words) {
  if (!everything.length) return words.paths.none;
  const lately = everything.filter(({ day }) => today - LATELY < day);
  const before = everything.filter(({ day }) => today - 2 * LATELY < day && day <= today - LATELY);
  const means = {
    new: mean(lately.map(each => each.new)),
    new_before: mean(before.map(each => each.new)),
    old: mean(lately.map(each => each.old)),
    old_before: mean(before.map(each => each.old)),
  };
  const told = [
    ...(Math.min(means.new.rated, means.new_before.rated) >= ENOUGH ? ["new"] : []),
    ...(Math.min(means.old.rated, means.old_before.rated) >= ENOUGH ? ["old"] : []),
  ];
  const said = words.rewire.change[told.join("_") || "few"];
  return fill(said, Object.fromEntries(Object.entries(means).map(([name, { value }]) => [name, String(value)])));
}

/**
 * The latest setbacks, each with what followed.
 * @param {Setback[]} marked
 * @param {Words} words
 */
export function setbackTexts(marked, words) {
  const latest = marked.slice(-TOLD).reverse();
  return latest.map(each => ({ url: `/practices/${each.id}`, text: setbackText(each, words) }));
}

/**
 * How many moments, in words.
 * @param {number} number
 * @param {Words} words
 */
export function momentsText(number, words) {
  return count(words.rewire.moments, number, words);
}

/**
 * @param {Setback} setback
 * @param {Words} words
 */
function setbackText({ day, days }, words) {
  const said = words.rewire.setback;
  const when = { date: dateText(day, words) };
  if (days === null) return fill(said.open, when);
  if (days === 0) return fill(said.same_day, when);
  return count(said.later, days, words, when);
}
