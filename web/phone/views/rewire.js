/**
 * Step 5, Rewire: all traits with their paths, and what one trait's practice says. Twin: server/views/rewire.py.
 * @import { Entry } from "../entries.js"
 * @import { Journal } from "../journal.js"
 * @import { Practised } from "../practice_numbers.js"
 * @import { Context, Here } from "./frame.js"
 */

import { practised, todayIn } from "../practice_numbers.js";
import { setbacks, stretches } from "../reactions.js";
import { pathWidths, share } from "../widths.js";
import { calendar, curves } from "./charts.js";
import { dateText } from "./dates.js";
import { frame } from "./frame.js";
import { byContext, byPartOfDay, byTool } from "./groups.js";
import { items, titleOf } from "./items.js";
import { isRested, MOST_SHOWN, MOST_TRAITS } from "./notice.js";
import { planText } from "./plans_of_reviews.js";
import { changeText, setbackTexts } from "./trends.js";

/** @type {{[name: string]: number}} days; 0: since the first entry */
const RANGES = { "12w": 84, "1y": 364, all: 0 };
const SHOWN = 5; // newest reviews

/**
 * Every trait with its two paths and what changed lately, those that rest in a fold of their own.
 * @param {Journal} journal
 * @param {Here} here
 * @returns {Promise<Context>}
 */
export async function rewirePage(journal, here) {
  const traits = await journal.ofKind("trait", MOST_TRAITS);
  const [active, rested] = [traits.filter(trait => !isRested(trait)), traits.filter(isRested)];
  const rows = (/** @type {Entry[]} */ of) =>
    Promise.all(of.slice(0, MOST_SHOWN).map(trait => rowOf(trait, journal, here)));
  return {
    ...frame(here, here.words.steps.rewire.title, "rewire"),
    active: await rows(active),
    rested: await rows(rested),
    more: [...active.slice(MOST_SHOWN), ...rested.slice(MOST_SHOWN)].map(trait => link(trait, here)),
    items: await items(await journal.ofKind("review", SHOWN), journal, here),
  };
}

/**
 * One trait's numbers: curves, paths then and now, tools, places, times, days and setbacks, in a range of time.
 * @param {Entry} trait
 * @param {Journal} journal
 * @param {Here} here
 * @returns {Promise<Context>}
 */
export async function rewireTraitPage(trait, journal, here) {
  const { words } = here;
  const today = todayIn(here.now, here.zone);
  const everything = await practised(journal, trait.id, today);
  const asked = here.query.range ?? "";
  const chosen = Object.hasOwn(RANGES, asked) ? asked : "12w";
  const first = firstDay(chosen, everything, today);
  const held = everything.filter(each => each.day >= first);
  const marked = setbacks(everything).filter(each => each.day >= first);
  const then = everything.length ? Math.max(first, everything[0].day) : today;
  return {
    ...frame(here, titleOf(trait, words), "rewire", words.kinds.trait.one),
    trait_url: `/traits/${trait.id}`,
    review_url: `/rewire/${trait.id}/review`,
    practise_url: `/practise?trait=${trait.id}`,
    ranges: Object.keys(RANGES).map(name => ({
      url: `/rewire/${trait.id}?range=${name}`,
      label: words.rewire.ranges[name],
      chosen: name === chosen,
    })),
    any: everything.length > 0,
    change: changeText(everything, today, words),
    then_now: [
      pathsOf(pathWidths(everything, then), dateText(then, words)),
      pathsOf(pathWidths(everything, today), words.rewire.now),
    ],
    chart: curves(stretches(held, first, today), marked, words),
    setbacks: setbackTexts(marked, words),
    tools: await byTool(held, journal, words),
    contexts: byContext(held, journal.kinds, words),
    parts: byPartOfDay(held, words),
    calendar: calendar(everything, first, today, words),
    plan: await planText(trait, journal, words),
    items: await items(await journal.ofTrait(trait.id, "review", SHOWN), journal, here),
  };
}

/**
 * @param {Entry} trait
 * @param {Here} here
 */
function link(trait, { words }) {
  return { url: `/rewire/${trait.id}`, name: titleOf(trait, words) };
}

/**
 * @param {Entry} trait
 * @param {Journal} journal
 * @param {Here} here
 */
async function rowOf(trait, journal, here) {
  const today = todayIn(here.now, here.zone);
  const everything = await practised(journal, trait.id, today);
  return {
    url: `/rewire/${trait.id}`,
    trait_url: `/traits/${trait.id}`,
    review_url: `/rewire/${trait.id}/review`,
    name: titleOf(trait, here.words),
    ...pathWidths(everything, today),
    paths_text: changeText(everything, today, here.words),
  };
}

/**
 * @param {{ old: number, new: number }} widths
 * @param {string} when
 */
function pathsOf(widths, when) {
  return { when, ...widths, old_share: String(share(widths.old)), new_share: String(share(widths.new)) };
}

/**
 * @param {string} chosen
 * @param {Practised[]} everything
 * @param {number} today
 */
function firstDay(chosen, everything, today) {
  if (RANGES[chosen]) return today - RANGES[chosen] + 1;
  if (!everything.length) return today - RANGES["12w"] + 1;
  return everything.reduce((least, { day }) => Math.min(least, day), today);
}
