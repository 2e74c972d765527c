/**
 * A trait with its two paths, its five steps and the one next thing. Twin: server/views/trait.py.
 * @import { Entry } from "../entries.js"
 * @import { Journal } from "../journal.js"
 * @import { Context, Here } from "./frame.js"
 */

import { suggestedName } from "../first_trait.js";
import { chained } from "./chain.js";
import { entryPage } from "./entry.js";
import { card, items } from "./items.js";
import { isRested, traitLine } from "./notice.js";
import { planText } from "./plans_of_reviews.js";
import { MOST_TOOLS, nextThing } from "./today.js";

const SHOWN = 5; // newest entries that a step lists
const CHAINS = 3; // newest lessons that are drawn; the rest is listed
const SECTIONS = [
  ["lesson", "explore"],
  ["tool", "equip"],
  ["practice", "practise"],
  ["review", "rewire"],
];

/**
 * A trait with what each of the five steps holds for it, and what each could hold next.
 * @param {Entry} entry
 * @param {Journal} journal
 * @param {Here} here
 * @returns {Promise<Context>}
 */
export async function traitPage(entry, journal, here) {
  const { words } = here;
  const lessons = await journal.ofTrait(entry.id, "lesson", CHAINS + SHOWN + 1);
  const tools = await journal.ofKind("tool", MOST_TOOLS);
  return {
    ...(await entryPage(entry, journal, here)),
    card: await card(entry, journal, here),
    plan: await planText(entry, journal, words),
    line: traitLine(entry, words),
    begun: begunOf(entry, here),
    next: entry.binned || isRested(entry) ? [] : [await nextThing(entry, tools, journal, here)],
    chains: await Promise.all(lessons.slice(0, CHAINS).map(lesson => chained(lesson, journal, words))),
    sections: await Promise.all(
      SECTIONS.map(async ([kind, step]) =>
        sectionOf(kind, step, await heldOf(kind, entry, journal, lessons), entry, journal, here),
      ),
    ),
  };
}

/**
 * What the first five screens end with: "saved", "named" when the name is a suggested one, else "".
 * @param {Entry} trait
 * @param {Here} here
 */
function begunOf({ values, binned }, { query, words }) {
  if (query.begun !== "yes" || binned) return "";
  return values.name === suggestedName(values, words) ? "named" : "saved";
}

/**
 * What a step holds for the trait, one more than it lists: lessons that are not drawn; tools serve every trait.
 * @param {string} kind
 * @param {Entry} trait
 * @param {Journal} journal
 * @param {Entry[]} lessons
 */
async function heldOf(kind, trait, journal, lessons) {
  if (kind === "lesson") return lessons.slice(CHAINS);
  return kind === "tool" ? journal.ofKind(kind, SHOWN + 1) : journal.ofTrait(trait.id, kind, SHOWN + 1);
}

/**
 * @param {string} kind
 * @param {string} step
 * @param {Entry[]} held
 * @param {Entry} trait
 * @param {Journal} journal
 * @param {Here} here
 * @returns {Promise<Context>}
 */
async function sectionOf(kind, step, held, trait, journal, here) {
  const words = here.words.steps[step];
  const allUrl = kind === "tool" ? "/equip" : `/journal?kind=${kind}&trait=${trait.id}`;
  return {
    step,
    label: words.label,
    url: step === "rewire" ? `/rewire/${trait.id}/review` : `/${step}?trait=${trait.id}`,
    add_label: words.add,
    items: await items(held.slice(0, SHOWN), journal, here),
    all_url: held.length > SHOWN ? allUrl : "",
    empty: words.empty,
  };
}
