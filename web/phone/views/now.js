/**
 * The guide for a hot moment: name it, pick one thing, do it, log it. Twin: server/views/now.py.
 * @import { Entry } from "../entries.js"
 * @import { Journal } from "../journal.js"
 * @import { Words } from "../words.js"
 * @import { Context, Here } from "./frame.js"
 */

import { strip } from "../text.js";
import { newForm } from "./form.js";
import { frame } from "./frame.js";
import { titleOf } from "./items.js";
import { likelyTrait, SAVED } from "./quick.js";
import { screens } from "./screens.js";

/** @type {[string, string[]][]} */
const LAYOUT = [
  ["name", ["trait_id", "distress_before"]],
  ["pick", []],
  ["do", []],
  ["log", ["distress_after", "old_reaction", "new_reaction"]],
];
const MOST_WAYS = 6; // tools of one's own to pick from: more would be work on a hard day
const LOOKED_AT = 50; // newest tools
const ALWAYS = ["paced_breathing", "five_senses"]; // of the library, for whoever has not taken them

/**
 * One form in four screens; the trait of the last log is chosen. `again` is one that came back refused, with the ids of
 * the ways that were `used`.
 * @param {Journal} journal
 * @param {Here} here
 * @param {Context} [again]
 * @param {string[]} [used]
 * @returns {Promise<Context>}
 */
export async function nowPage(journal, here, again, used = []) {
  const { words } = here;
  const chosen = again ? "" : await likelyTrait(journal, here);
  const form = again ?? (await newForm(journal.kinds.practice, journal, here, { trait_id: chosen }));
  return {
    ...frame(here, words.titles.now, "practise"),
    form: { ...form, onward: SAVED, draft: "now", submit: words.now.submit },
    screens: screens(form, LAYOUT, words.now, words).map(screen => ({
      ...screen,
      note: words.now[`${screen.name}_note`],
    })),
    ways: (await waysOf(journal, here)).map(way => ({ ...way, chosen: used.includes(way.id) })),
  };
}

/**
 * The person's tools for coping now, then breathing and grounding from the library.
 * @param {Journal} journal
 * @param {Here} here
 * @returns {Promise<Context[]>}
 */
async function waysOf(journal, { words }) {
  const newest = await journal.ofKind("tool", LOOKED_AT);
  const tools = newest.filter(({ values }) => values.purpose === "now").slice(0, MOST_WAYS);
  const taken = new Set(tools.map(({ values }) => values.library));
  const { library } = words;
  const others = ALWAYS.filter(slug => !taken.has(slug)).map(slug =>
    wayOf(slug, library[slug].name, slug, library[slug].steps, library),
  );
  return [...tools.map(tool => ownOf(tool, words)), ...others].map((way, number) => ({ ...way, number }));
}

/**
 * @param {Entry} tool
 * @param {Words} words
 */
function ownOf(tool, words) {
  /** @type {string} */
  const text = tool.values.steps ?? "";
  const steps = text
    .replaceAll("\r", "\n")
    .split("\n")
    .filter(line => strip(line, " \t"));
  return wayOf(tool.id, titleOf(tool, words), tool.values.library ?? "", steps, words.library);
}

/**
 * @param {string} id
 * @param {string} name
 * @param {string} slug
 * @param {string[]} steps
 * @param {Words} library
 * @returns {Context}
 */
function wayOf(id, name, slug, steps, library) {
  const guide = Object.hasOwn(library, slug) ? (library[slug].guide ?? "") : "";
  return { id, name, guide, steps };
}
