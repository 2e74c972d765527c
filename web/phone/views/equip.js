/**
 * Step 3, Equip: the person's tools with their plans, and the library. Twin: server/views/equip.py.
 * @import { Entry } from "../entries.js"
 * @import { Journal } from "../journal.js"
 * @import { Context, Here } from "./frame.js"
 */

import { fill } from "../words.js";
import { nearText } from "./dates.js";
import { entryPage } from "./entry.js";
import { frame } from "./frame.js";
import { titleOf, traitName, urlOf } from "./items.js";
import { guideUrl, MOST_TOOLS, shelves, traitAsked } from "./library.js";
import { planContext } from "./plans.js";

/**
 * The person's own tools first, then the library by purpose.
 * @param {Journal} journal
 * @param {Here} here
 * @returns {Promise<Context>}
 */
export async function equipPage(journal, here) {
  const [trait, tools] = await Promise.all([traitAsked(journal, here), journal.ofKind("tool", MOST_TOOLS)]);
  return {
    ...frame(here, here.words.steps.equip.title, "equip"),
    mine: await Promise.all(tools.map(tool => toolLine(tool, journal, here))),
    new_url: trait ? `/tools/new?trait_id=${trait}` : "/tools/new",
    shelves: await shelves(journal, here),
  };
}

/**
 * A tool with its plan, to be rehearsed, and what else it says.
 * @param {Entry} tool
 * @param {Journal} journal
 * @param {Here} here
 * @returns {Promise<Context>}
 */
export async function toolPage(tool, journal, here) {
  const page = await entryPage(tool, journal, here);
  const plan = planContext(tool);
  const told = [...(plan.if_trigger ? Object.keys(plan) : []), "name", "rehearsed_at", "happened_at"];
  /** @type {{lines: {name: string, rivals: object[]}[]}} */
  const { lines } = page.entry;
  const slug = tool.values.library ?? "";
  return {
    ...page,
    entry: { ...page.entry, lines: lines.filter(({ name, rivals }) => rivals.length || !told.includes(name)) },
    plan,
    rehearsed: rehearsedText(tool, here),
    rehearse_url: `${urlOf(tool)}/rehearsed`,
    zone: here.zone,
    guide_url: guideUrl(tool, here.words),
    library_url: Object.hasOwn(here.words.library, slug) ? `/library/${slug}` : "",
  };
}

/**
 * A tool of the person's in their list.
 * @param {Entry} tool
 * @param {Journal} journal
 * @param {Here} here
 * @returns {Promise<Context>}
 */
async function toolLine(tool, journal, here) {
  const { words } = here;
  const purpose = tool.values.purpose ?? "";
  return {
    url: urlOf(tool),
    name: titleOf(tool, words),
    purpose: purpose && Object.hasOwn(words.choices.purpose, purpose) ? words.choices.purpose[purpose] : "",
    trait_name: await traitName(tool, journal, words),
    plan: planContext(tool),
    rehearsed: rehearsedText(tool, here),
    guide_url: guideUrl(tool, words),
  };
}

/**
 * When its plan was last rehearsed, "" if never.
 * @param {Entry} tool
 * @param {Here} here
 */
function rehearsedText({ values }, here) {
  const when = nearText(values.rehearsed_at, here.today, here.words);
  return when ? fill(here.words.equip.rehearsed, { when }) : "";
}
