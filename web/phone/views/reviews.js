/**
 * A review of one trait: its questions beside what was practised since the last one. Twin: server/views/reviews.py.
 * @import { Entry } from "../entries.js"
 * @import { Journal } from "../journal.js"
 * @import { Context, Here } from "./frame.js"
 * @import { Layout } from "./screens.js"
 */

import * as moments from "../moments.js";
import { dayNumber, practised, todayIn } from "../practice_numbers.js";
import { mean, setbacks } from "../reactions.js";
import { fill, setApart } from "../words.js";
import { meanText } from "./charts.js";
import { dateText } from "./dates.js";
import { newForm } from "./form.js";
import { frame } from "./frame.js";
import { titleOf } from "./items.js";
import { planText } from "./plans_of_reviews.js";
import { screens } from "./screens.js";
import { changeText, momentsText } from "./trends.js";

/** @type {Layout} */
const SCREENS = [
  ["changed", ["changed"]],
  ["hard", ["still_hard"]],
  ["next", ["next_step"]],
  ["plan", ["if_trigger", "then_action", "trait_id"]],
];

/**
 * What changed, what is still hard, what next; `refused` is a form that came back.
 * @param {Entry} trait
 * @param {Journal} journal
 * @param {Here} here
 * @param {Context} [refused]
 * @returns {Promise<Context>}
 */
export async function reviewPage(trait, journal, here, refused) {
  const { words } = here;
  const form = refused ?? (await newForm(journal.kinds.review, journal, here, { trait_id: trait.id }));
  const name = titleOf(trait, words);
  const today = todayIn(here.now, here.zone);
  const everything = await practised(journal, trait.id, today);
  const [last] = await journal.ofTrait(trait.id, "review", 1);
  const since = dayOf(last);
  const isSince = (/** @type {{day: number}} */ { day }) => since === null || day >= since;
  const held = everything.filter(isSince);
  return {
    ...frame(here, fill(words.rewire.review_of, { trait: setApart(name, words) }), "rewire", words.kinds.review.one),
    trait: { url: `/rewire/${trait.id}`, name },
    since: since === null ? words.rewire.since_begin : fill(words.rewire.since, { date: dateText(since, words) }),
    moments: momentsText(held.length, words),
    old: meanText(mean(held.map(each => each.old)), words),
    new: meanText(mean(held.map(each => each.new)), words),
    setbacks: String(setbacks(everything).filter(isSince).length),
    change: changeText(everything, today, words),
    plan: await planText(trait, journal, words),
    next_step: last?.values.next_step ?? "",
    form,
    screens: screens(form, SCREENS, words.rewire.screens, words),
  };
}

/** @param {Entry | undefined} entry */
function dayOf(entry) {
  const moment = entry ? moments.parse(entry.values.happened_at) : null;
  return moment ? dayNumber(moment) : null;
}
