/**
 * If–then plans, offered when their moment comes. Twin: server/views/plans.py.
 * @import { Entry } from "../entries.js"
 * @import { Journal } from "../journal.js"
 * @import { Words } from "../words.js"
 * @import { Context, Here } from "./frame.js"
 */

import { fold } from "../search.js";
import { lengthOf, strip } from "../text.js";
import { titleOf, urlOf } from "./items.js";

const MOST = 3; // plans offered at once: a list to choose from would be one more thing to do
const LOOKED_AT = 200; // newest tools, and reviews
const SHORTEST = 4; // letters of a word that says something
const BLANKS = " \t\r\n";
const BETWEEN = /[ \t\r\n!-/:-@[-`{-~\u00a1\u00ab\u00bb\u00bf\u2013\u2014\u2018-\u201e\u2026]+/;

/**
 * The plans for what is being written, by `situation` and `trait_id` of the query.
 * @param {Journal} journal
 * @param {Here} here
 * @returns {Promise<Context>}
 */
export async function plansFragment(journal, { query, words }) {
  const plans = await offeredPlans(query.situation ?? "", query.trait_id ?? "", journal, words);
  return { words, plans };
}

/**
 * The plans that match, as a page prints them.
 * @param {string} situation
 * @param {string} traitId
 * @param {Journal} journal
 * @param {Words} words
 */
export async function offeredPlans(situation, traitId, journal, words) {
  const matching = await matchingPlans(situation, traitId, journal, words);
  return matching.map(entry => ({
    ...planContext(entry),
    url: urlOf(entry),
    name: titleOf(entry, words),
    kind: entry.kind,
  }));
}

/**
 * The plan of a tool or a review; two empty texts where there is none.
 * @param {Entry} entry
 */
export function planContext({ values }) {
  const [trigger, action] = [values.if_trigger, values.then_action].map(text => strip(text ?? "", BLANKS));
  return trigger && action ? { if_trigger: trigger, then_action: action } : { if_trigger: "", then_action: "" };
}

/**
 * The tools and reviews whose plan fits: those that share a telling word with the situation, then the trait's own.
 * A plan helps when its trigger is met as it was written down (Gollwitzer & Sheeran 2006), so words come first.
 * @param {string} situation
 * @param {string} traitId
 * @param {Journal} journal
 * @param {Words} words
 */
export async function matchingPlans(situation, traitId, journal, words) {
  const planned = await Promise.all([journal.ofKind("tool", LOOKED_AT), journal.ofKind("review", LOOKED_AT)]);
  return fitting(planned.flat(), situation, traitId, words);
}

/**
 * Those of the entries with a plan for the situation or the trait, in their order.
 * @param {Entry[]} planned
 * @param {string} situation
 * @param {string} traitId
 * @param {Words} words
 */
export function fitting(planned, situation, traitId, words) {
  const plans = planned.filter(entry => planContext(entry).if_trigger);
  const told = tellingWords(situation, words);
  const byWords = plans.filter(entry => {
    return [...tellingWords(planContext(entry).if_trigger, words)].some(word => told.has(word));
  });
  const ofTrait = plans.filter(({ values }) => traitId && values.trait_id === traitId);
  return [...new Set([...byWords, ...ofTrait])].slice(0, MOST);
}

/**
 * The folded words that say something, without a plural's last letter.
 * @param {string} text
 * @param {Words} words
 */
export function tellingWords(text, words) {
  const found = fold(text)
    .split(BETWEEN)
    .filter(word => lengthOf(word) >= SHORTEST && !words.plans.common.includes(word));
  return new Set(found.map(word => (word.endsWith("s") && lengthOf(word) > SHORTEST ? word.slice(0, -1) : word)));
}
