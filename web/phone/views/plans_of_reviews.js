/**
 * The if–then plan that a trait's latest review made. Twin: server/views/plans_of_reviews.py.
 * @import { Entry } from "../entries.js"
 * @import { Journal } from "../journal.js"
 * @import { Words } from "../words.js"
 */

import { fill, setApart } from "../words.js";

const LOOKED_AT = 10; // newest reviews

/**
 * The latest review of the trait that says what to do.
 * @param {Entry} trait
 * @param {Journal} journal
 */
export async function planReview(trait, journal) {
  const newest = await journal.ofTrait(trait.id, "review", LOOKED_AT);
  return newest.find(({ values }) => values.then_action) ?? null;
}

/**
 * That plan as a sentence, "" when there is none.
 * @param {Entry} trait
 * @param {Journal} journal
 * @param {Words} words
 */
export async function planText(trait, journal, words) {
  const review = await planReview(trait, journal);
  if (!review) return "";
  const { if_trigger: trigger = "", then_action: action } = review.values;
  return fill(words.rewire[trigger ? "plan_if" : "plan_then"], {
    trigger: setApart(trigger, words),
    action: setApart(action, words),
  });
}
