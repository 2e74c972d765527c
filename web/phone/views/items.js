/**
 * Entries as lists and trait cards show them. Twin: server/views/items.py.
 * @import { Entry } from "../entries.js"
 * @import { Journal } from "../journal.js"
 * @import { Words } from "../words.js"
 * @import { Context, Here } from "./frame.js"
 */

import { kindOf } from "../entries.js";
import * as moments from "../moments.js";
import { practised, todayIn } from "../practice_numbers.js";
import { mean } from "../reactions.js";
import { shorten } from "../text.js";
import { pathWidths } from "../widths.js";
import { fill } from "../words.js";
import { nearText } from "./dates.js";

export const TITLE_LENGTH = 90; // code points
const RECENT = 10; // practices that a card says something of

/**
 * One line for each entry.
 * @param {Entry[]} entries
 * @param {Journal} journal
 * @param {Here} here
 */
export function items(entries, journal, here) {
  return Promise.all(entries.map(entry => item(entry, journal, here)));
}

/**
 * An entry on one line: what, when, about which trait.
 * @param {Entry} entry
 * @param {Journal} journal
 * @param {Here} here
 * @returns {Promise<Context>}
 */
export async function item(entry, journal, here) {
  const { words } = here;
  const url = urlOf(entry);
  return {
    url,
    kind: entry.kind,
    kind_label: words.kinds[entry.kind].one,
    title: titleOf(entry, words),
    when: nearText(entry.values.happened_at, here.today, words),
    at: moments.stamp(entry.values.happened_at),
    note: noteOf(entry, words),
    trait_name: await traitName(entry, journal, words),
    back_url: `${url}/back`,
    shred_url: `${url}/shred`,
  };
}

/**
 * Where the entry's page is.
 * @param {Entry} entry
 */
export function urlOf(entry) {
  return `/${kindOf(entry).plural}/${entry.id}`;
}

/**
 * The entry's first words, shortened; its kind when it has none.
 * @param {Entry} entry
 * @param {Words} words
 * @returns {string}
 */
export function titleOf(entry, words) {
  const texts = kindOf(entry).titles.map(name => entry.values[name]);
  return shorten(texts.find(Boolean) ?? "", TITLE_LENGTH) || words.kinds[entry.kind].untitled;
}

/**
 * What a practice entry's numbers say, in a few words.
 * @param {Entry} entry
 * @param {Words} words
 */
export function noteOf({ values }, words) {
  const parts = ["old_reaction", "new_reaction"]
    .filter(name => isRated(values[name]))
    .map(name => fill(words.notes[name], { number: String(values[name]) }));
  const [before, after] = [values.distress_before, values.distress_after];
  if (isRated(before) && isRated(after)) {
    parts.push(fill(words.notes.distress, { before: String(before), after: String(after) }));
  }
  return parts.join(" · ");
}

/**
 * The name of the trait that the entry is about, or "".
 * @param {Entry} entry
 * @param {Journal} journal
 * @param {Words} words
 */
export async function traitName(entry, journal, words) {
  const trait = await traitOf(entry, journal);
  return trait ? titleOf(trait, words) : "";
}

/**
 * The trait that the entry is about, null when there is none.
 * @param {Entry} entry
 * @param {Journal} journal
 */
export async function traitOf({ values }, journal) {
  const trait = values.trait_id ? await journal.get(values.trait_id) : null;
  return trait?.kind === "trait" ? trait : null;
}

/**
 * A trait with its two paths as wide as each was used, and what its last practices say.
 * @param {Entry} trait
 * @param {Journal} journal
 * @param {Here} here
 * @returns {Promise<Context>}
 */
export async function card(trait, journal, here) {
  const { words } = here;
  const today = todayIn(here.now, here.zone);
  const recent = await journal.ofTrait(trait.id, "practice", RECENT);
  const meanOf = (/** @type {string} */ name) => mean(recent.map(({ values }) => values[name] ?? null)).value;
  return {
    url: urlOf(trait),
    name: titleOf(trait, words),
    ...pathWidths(await practised(journal, trait.id, today), today),
    paths_text: pathsText(meanOf("old_reaction"), meanOf("new_reaction"), words),
    practise_url: `/practise?trait=${trait.id}`,
    rewire_url: `/rewire/${trait.id}`,
  };
}

/**
 * @param {number | null} before
 * @param {number | null} after
 * @param {Words} words
 * @returns {string}
 */
function pathsText(before, after, words) {
  if (before === null && after === null) return words.paths.none;
  const said = (/** @type {number | null} */ number) => (number === null ? words.paths.unknown : String(number));
  return fill(words.paths.some, { old: said(before), new: said(after) });
}

/** @param {number | null | undefined} number */
const isRated = number => number !== null && number !== undefined;
