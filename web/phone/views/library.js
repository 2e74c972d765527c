/**
 * The starter library of tools, words.library by slug. Twin: server/views/library.py.
 * @import { Entry, Kind } from "../entries.js"
 * @import { Pairs } from "../forms.js"
 * @import { Journal } from "../journal.js"
 * @import { Words } from "../words.js"
 * @import { Context, Here } from "./frame.js"
 */

import { Gone } from "../actions.js";
import { last } from "../forms.js";
import { frame } from "./frame.js";
import { urlOf } from "./items.js";

/** @typedef {{name: string, purpose: string, guide?: string, for: string, steps: string[], why: string, source: string, not_when: string}} About */

export const MOST_TOOLS = 200; // newest tools of one's own that pages look through

/**
 * One tool of the library whole, and the way to take it, or to where it was taken already.
 * @param {string} slug
 * @param {Journal} journal
 * @param {Here} here
 * @returns {Promise<Context>}
 */
export async function libraryPage(slug, journal, here) {
  const { words } = here;
  if (!Object.hasOwn(words.library, slug)) throw new Gone();
  const about = /** @type {About} */ (words.library[slug]);
  const mine = (await taken(journal)).get(slug);
  return {
    ...frame(here, about.name, "equip"),
    tool: { ...about, guide: about.guide ?? "" },
    purpose: words.choices.purpose[about.purpose],
    mine_url: mine ? urlOf(mine) : "",
    has_journal: !["nothing", "unknown"].includes(here.keeping),
    form: {
      id: here.id,
      journal: here.journal,
      zone: here.zone,
      trait_id: await traitAsked(journal, here),
      library: slug,
      steps: about.steps.join("\n"),
    },
  };
}

/**
 * The library by what its tools are for.
 * @param {Journal} journal
 * @param {Here} here
 * @returns {Promise<Context[]>}
 */
export async function shelves(journal, here) {
  const { words } = here;
  const [kept, trait] = await Promise.all([taken(journal), traitAsked(journal, here)]);
  const query = trait ? `?trait=${trait}` : "";
  const library = /** @type {[string, About][]} */ (Object.entries(words.library));
  return ["now", "lasting"].map(purpose => ({
    purpose,
    label: words.choices.purpose[purpose],
    tools: library
      .filter(([, about]) => about.purpose === purpose)
      .map(([slug, about]) => ({
        url: `/library/${slug}${query}`,
        name: about.name,
        for: about.for,
        is_guided: about.guide !== undefined,
        is_mine: kept.has(slug),
      })),
  }));
}

/**
 * The tool that a form without an `id` of an entry would take from the library a second time.
 * @param {Kind} kind
 * @param {string} id
 * @param {Pairs} pairs
 * @param {Journal} journal
 */
export async function takenBefore(kind, id, pairs, journal) {
  return id || kind.kind !== "tool" ? undefined : (await taken(journal)).get(last(pairs, "library"));
}

/**
 * A moment's form that names a tool of the library by its slug: the form with the person's own instead, and the form
 * that takes that tool under the fresh id, empty when they have it.
 * @param {Kind} kind
 * @param {Pairs} pairs
 * @param {Journal} journal
 * @param {Here} here
 * @returns {Promise<[Pairs, Pairs]>}
 */
export async function takenByUse(kind, pairs, journal, here) {
  const { library } = here.words;
  const slug = pairs.find(([name, value]) => name === "tool_ids" && Object.hasOwn(library, value))?.[1];
  if (kind.kind !== "practice" || !slug) return [pairs, []];
  const mine = (await taken(journal)).get(slug);
  const own = mine?.id ?? here.id;
  const moment = pairs.map(([name, value]) => [name, name === "tool_ids" && value === slug ? own : value]);
  const about = /** @type {About} */ (library[slug]);
  const tool = [
    ["name", about.name],
    ["purpose", about.purpose],
    ["steps", about.steps.join("\n")],
    ["library", slug],
    ["zone", last(pairs, "zone")],
  ];
  return /** @type {[Pairs, Pairs]} */ ([moment, mine ? [] : tool]);
}

/**
 * The person's tools that are from the library, by slug; of two, the newest.
 * @param {Journal} journal
 * @returns {Promise<Map<string, Entry>>}
 */
async function taken(journal) {
  const tools = await journal.ofKind("tool", MOST_TOOLS);
  return new Map(tools.reverse().flatMap(tool => (tool.values.library ? [[tool.values.library, tool]] : [])));
}

/**
 * Where the timed guide of the tool is, "" when it has none.
 * @param {Entry} tool
 * @param {Words} words
 */
export function guideUrl({ values }, words) {
  const slug = values.library ?? "";
  return Object.hasOwn(words.library, slug) && words.library[slug].guide ? `/library/${slug}#guide` : "";
}

/**
 * The trait that the page was asked for, "" when that is none.
 * @param {Journal} journal
 * @param {Here} here
 */
export async function traitAsked(journal, { query }) {
  const trait = query.trait ? await journal.get(query.trait) : null;
  return trait?.kind === "trait" ? trait.id : "";
}
