/**
 * The quick log: which reaction, how strong, in one tap; and what is said once an entry is saved. Twin: server/views/quick.py.
 * @import { Entry } from "../entries.js"
 * @import { Journal } from "../journal.js"
 * @import { Context, Here } from "./frame.js"
 */

import { fill } from "../words.js";
import { frame } from "./frame.js";
import { titleOf } from "./items.js";
import { isRested, MOST_TRAITS } from "./notice.js";

const STRENGTHS = [20, 40, 60, 80, 100];
const LOOKED_AT = 20; // newest practices in which the trait that was logged last is looked for
export const SAVED = "/practices/{id}?saved=yes";

/**
 * Each reaction in five strengths, each a button that saves; the trait of the last log is chosen.
 * @param {Journal} journal
 * @param {Here} here
 * @returns {Promise<Context>}
 */
export async function quickPage(journal, here) {
  const strengths = [...STRENGTHS].reverse();
  return {
    ...frame(here, here.words.titles.quick, "practise"),
    form: { id: here.id, journal: here.journal, zone: here.zone, onward: SAVED },
    traits: await traitChoices(journal, here),
    rows: strengths.map(strength => ["old", "new"].map(reaction => buttonOf(reaction, strength, here))),
  };
}

/**
 * The active traits as choices, the one that is most likely meant first and chosen.
 * @param {Journal} journal
 * @param {Here} here
 */
export async function traitChoices(journal, { query, words }) {
  const [traits, logged] = await Promise.all([activeTraits(journal), journal.ofKind("practice", LOOKED_AT)]);
  const ids = traits.map(({ id }) => id);
  const likely = [query.trait ?? "", ...logged.map(({ values }) => values.trait_id), ...(ids.length === 1 ? ids : [])];
  const chosen = likely.find(id => ids.includes(id)) ?? "";
  const ordered = [...traits.filter(({ id }) => id === chosen), ...traits.filter(({ id }) => id !== chosen)];
  return ordered.map(each => ({ id: each.id, name: titleOf(each, words), chosen: each.id === chosen }));
}

/**
 * The id of the trait that is most likely meant, or "".
 * @param {Journal} journal
 * @param {Here} here
 */
export async function likelyTrait(journal, here) {
  return (await traitChoices(journal, here)).find(each => each.chosen)?.id ?? "";
}

/**
 * The traits that do not rest, the newest first.
 * @param {Journal} journal
 */
export async function activeTraits(journal) {
  return (await journal.ofKind("trait", MOST_TRAITS)).filter(trait => !isRested(trait));
}

/**
 * What is said to a practice entry that was just saved; a setback is as good a log as any.
 * @param {Entry} entry
 * @param {Here} here
 * @returns {string}
 */
export function savedNote({ kind, values }, { query, words }) {
  if (kind !== "practice" || !Object.hasOwn(query, "saved")) return "";
  const [old, fresh] = [values.old_reaction ?? 0, values.new_reaction ?? 0];
  if (old === 0 && fresh === 0) return words.saved.plain;
  if (old === fresh) return words.saved.both;
  return old > fresh ? words.saved.old : words.saved.new;
}

/**
 * @param {string} reaction
 * @param {number} strength
 * @param {Here} here
 * @returns {Context}
 */
function buttonOf(reaction, strength, { words: { quick } }) {
  const says = quick.strengths[String(strength)];
  return {
    field: `${reaction}_reaction`,
    reaction,
    strength,
    width: 2 + Math.floor(strength / 10),
    says,
    name: fill(quick.name, { reaction: quick[reaction], strength: says }),
  };
}
