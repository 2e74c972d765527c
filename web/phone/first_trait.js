/**
 * The guided first trait: what five screens sent, any of them skipped. Twin: server/first_trait.py.
 * @import { Kind } from "./entries.js"
 * @import { Pairs } from "./forms.js"
 * @import { Words } from "./words.js"
 */

import { readForm } from "./forms.js";
import { shorten } from "./text.js";

const MOST_NAME = 60; // code points of a suggested name

/**
 * What was sent, with a suggested name when that was skipped; nothing when everything was.
 * @param {Kind} kind
 * @param {Pairs} pairs
 * @param {Words} words
 * @returns {Pairs}
 */
export function named(kind, pairs, words) {
  const { typed } = readForm(kind, pairs, words);
  if (typed.name) return pairs;
  return Object.values(typed).some(Boolean) ? [...pairs, ["name", suggestedName(typed, words)]] : [];
}

/**
 * A name for now: the first words of what came up, else what sort of thing it was.
 * @param {{[field: string]: any}} values
 * @param {Words} words
 * @returns {string}
 */
export function suggestedName({ came_up = "", came_up_as = "" }, words) {
  const { suggested } = words.begin;
  const sort = Object.hasOwn(suggested, came_up_as) ? suggested[came_up_as] : suggested.other;
  return shorten(came_up, MOST_NAME) || sort;
}
