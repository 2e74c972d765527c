/**
 * Today: a greeting, and each active trait with the one next thing worth doing. Twin: server/views/today.py.
 * @import { Entry } from "../entries.js"
 * @import { Journal } from "../journal.js"
 * @import { Words } from "../words.js"
 * @import { Context, Here } from "./frame.js"
 */

import * as moments from "../moments.js";
import { partOfDay } from "../reactions.js";
import { shorten } from "../text.js";
import { fill, setApart } from "../words.js";
import { frame } from "./frame.js";
import { card, items, TITLE_LENGTH, titleOf, urlOf } from "./items.js";
import { isRested, MOST_SHOWN, MOST_TRAITS } from "./notice.js";
import { planContext } from "./plans.js";

const DAY = 24 * 60 * 60 * 1000; // ms
const AWAY = 4 * DAY; // without an entry for so long, a person is welcomed back
const REVIEW_AFTER = 14 * DAY;
const WORTH_A_REVIEW = 5; // moments since the last one
const EXPLORED_FIRST = 3; // moments; by then whoever has not explored the lesson has chosen to skip it
export const MOST_TOOLS = 100; // newest tools that are looked through

/**
 * Today: a welcome for who is new, else each active trait with its two paths, and what was written last.
 * @param {Journal} journal
 * @param {Here} here
 * @returns {Promise<Context>}
 */
export async function today(journal, here) {
  const [newest, all] = await Promise.all([journal.newest(5), journal.ofKind("trait", MOST_TRAITS)]);
  const traits = all.filter(trait => !isRested(trait));
  const tools = traits.length ? await journal.ofKind("tool", MOST_TOOLS) : [];
  const resting = all.filter(isRested);
  return {
    ...frame(here, here.words.titles.today),
    welcome: !newest.length && !here.email,
    greeting: greetingAt(here),
    back: newest.length > 0 && here.now - newest[0].when > AWAY,
    traits: await cardsOf(traits.slice(0, MOST_SHOWN), tools, journal, here),
    more: traits.slice(MOST_SHOWN).map(each => link(each, here.words)),
    resting: resting.map(each => link(each, here.words)),
    newest: await items(newest, journal, here),
  };
}

/**
 * Each trait with what is next; a plan that is for any trait is offered with one of them.
 * @param {Entry[]} traits
 * @param {Entry[]} tools
 * @param {Journal} journal
 * @param {Here} here
 */
async function cardsOf(traits, tools, journal, here) {
  const cards = [];
  let left = tools;
  for (const trait of traits) {
    const next = await nextThing(trait, left, journal, here);
    cards.push({ ...(await card(trait, journal, here)), next });
    left = left.filter(tool => urlOf(tool) !== next.url);
  }
  return cards;
}

/**
 * The first of these that applies: log, explore, equip, rehearse, review, try a plan, log again.
 *
 * Exploring is optional: it is offered until a tool or EXPLORED_FIRST moments show that the person went on without it.
 * A review is due REVIEW_AFTER the last one, or after the trait was named, when WORTH_A_REVIEW moments came since.
 * @param {Entry} trait
 * @param {Entry[]} tools
 * @param {Journal} journal
 * @param {Here} here
 */
export async function nextThing(trait, tools, journal, here) {
  const { words } = here;
  const [logged, lessons, reviews] = await Promise.all([
    journal.ofTrait(trait.id, "practice", WORTH_A_REVIEW),
    journal.ofTrait(trait.id, "lesson", 1),
    journal.ofTrait(trait.id, "review", 1),
  ]);
  const theirs = tools.filter(({ values }) => !values.trait_id || values.trait_id === trait.id);
  const plans = theirs.filter(hasPlan);
  const since = reviews.length ? reviews[0].when : trait.when;
  if (!logged.length) return nextOf("log", `/quick?trait=${trait.id}`, words);
  if (!lessons.length && !theirs.length && logged.length < EXPLORED_FIRST) {
    return nextOf("explore", `/explore?trait=${trait.id}`, words);
  }
  if (!theirs.length) return nextOf("equip", `/equip?trait=${trait.id}`, words);
  const unrehearsed = plans.find(({ values }) => !values.rehearsed_at);
  if (unrehearsed) return nextOf("rehearse", urlOf(unrehearsed), words, unrehearsed);
  const isWorthIt = logged.length === WORTH_A_REVIEW && logged[WORTH_A_REVIEW - 1].when > since;
  if (isWorthIt && here.now - since >= REVIEW_AFTER) return nextOf("review", `/rewire/${trait.id}/review`, words);
  const [plan] = [...reviews.filter(hasPlan), ...plans];
  if (plan) return nextOf("try", urlOf(plan), words, plan);
  return nextOf("again", `/quick?trait=${trait.id}`, words);
}

/**
 * @param {Entry} trait
 * @param {Words} words
 */
function link(trait, words) {
  return { url: urlOf(trait), name: titleOf(trait, words) };
}

/**
 * @param {string} name
 * @param {string} url
 * @param {Words} words
 * @param {Entry} [plan]
 * @returns {Context}
 */
function nextOf(name, url, words, plan) {
  const [trigger, action] = ["if_trigger", "then_action"].map(part =>
    plan ? setApart(shorten(plan.values[part], TITLE_LENGTH), words) : "",
  );
  return { name, url, text: fill(words.today.nexts[name], { trigger, action }) };
}

/** @param {Entry} entry */
const hasPlan = entry => planContext(entry).if_trigger !== "";

/**
 * @param {Here} here
 * @returns {string}
 */
function greetingAt({ now, zone, words }) {
  const { greetings } = words.today;
  const clock = moments.knownZone(zone) ? moments.parse(moments.nowIn(now, zone)) : null;
  return clock ? greetings[partOfDay(clock.hour)] : greetings.any;
}
