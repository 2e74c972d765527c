/**
 * Lines: what the journal's filters and its search look at of an entry. Twin: server/lines.py.
 *
 * An index holds lines with their terms. A reference to a trait, a tool or a choice is a term too, one that begins with a
 * blank as no word does: what it is called may change, and differs by language.
 * @import { Entry } from "./entries.js"
 * @import { Order } from "./rows.js"
 */

import { dayOf } from "./days.js";
import { kindOf } from "./entries.js";
import { isBegun, isSimilar, termsOf } from "./search.js";

/** @typedef {Map<string, string[]>} Names the terms of what a reference leads to */
/**
 * What a person asks the journal for; "" asks for nothing. `words` are folded; days are of the wall clock, both inclusive.
 * @typedef {{words: string[], kind: string, trait: string, tool: string, reaction: string, since: string, until: string}} Filters
 */
/**
 * An entry as filters see it; `reaction` names the stronger one: "old", "new", "even", or "none" where none is rated.
 * @typedef {{id: string, kind: string, when: number, day: string, trait: string, tools: string[], reaction: string,
 *   terms: string[]}} Line
 */
/** @typedef {[number, Order]} Place a rank and an order: what the journal lists by */

const [BEGUN, SIMILAR, NOT] = [0, 1, 2]; // ranks: what is listed first, what after, what is not

/** Lines, and in which of them each term is. */
export class Index {
  /** @type {Map<string, number[]> | undefined} */
  #where;

  /** @param {Line[]} lines */
  constructor(lines) {
    this.lines = lines;
  }

  /**
   * The rank and the order of each line that is asked for.
   * @param {Filters} filters
   * @param {Names} names
   * @returns {Place[]}
   */
  find(filters, names) {
    const ranks = this.#ranks(filters.words, names);
    return this.lines.flatMap((line, at) =>
      ranks[at] < NOT && passes(line, filters) ? [/** @type {Place} */ ([ranks[at], [-line.when, line.id]])] : [],
    );
  }

  /**
   * Of each line that of the word which fits it least.
   * @param {string[]} words
   * @param {Names} names
   */
  #ranks(words, names) {
    const least = this.lines.map(() => BEGUN);
    for (const word of words) {
      const found = this.lines.map(() => NOT);
      for (const [term, where] of this.#terms()) {
        const rank = rankOf(word, term, names);
        if (rank < NOT) for (const at of where) found[at] = Math.min(found[at], rank);
      }
      for (const [at, rank] of found.entries()) least[at] = Math.max(least[at], rank);
    }
    return least;
  }

  #terms() {
    if (this.#where) return this.#where;
    this.#where = new Map();
    for (const [at, line] of this.lines.entries()) {
      for (const term of line.terms) {
        const where = this.#where.get(term);
        if (where) where.push(at);
        else this.#where.set(term, [at]);
      }
    }
    return this.#where;
  }
}

/**
 * Whether a place comes after another one in the journal.
 * @param {Place} place
 * @param {Place} other
 */
export function comesAfter([rank, [when, id]], [otherRank, [otherWhen, otherId]]) {
  if (rank !== otherRank) return rank > otherRank;
  return when === otherWhen ? id > otherId : when > otherWhen;
}

/**
 * What filters and search look at of the entry.
 * @param {Entry} entry
 * @returns {Line}
 */
export function lineOf(entry) {
  const { id, kind, when, values } = entry;
  return {
    id,
    kind,
    when,
    day: dayOf(values.happened_at),
    trait: kind === "trait" ? id : values.trait_id || "",
    tools: kind === "tool" ? [id] : (values.tool_ids ?? []),
    reaction: reactionOf(entry),
    terms: termsIn(entry),
  };
}

/**
 * The term for what has this name: an id, or a field and one of its choices.
 * @param {string} name
 */
export const reference = name => ` ${name}`;

/** @param {Entry} entry */
function reactionOf({ kind, values }) {
  if (kind !== "practice") return "";
  const [old, rising] = [values.old_reaction ?? -1, values.new_reaction ?? -1];
  if (old === rising) return old < 0 ? "none" : "even";
  return old > rising ? "old" : "new";
}

/**
 * All terms of the entry, each once, in the order of their coming.
 * @param {Entry} entry
 */
function termsIn(entry) {
  const terms = kindOf(entry).fields.flatMap(field => {
    const value = entry.values[field.name];
    if (!value || field.hidden) return [];
    switch (field.type) {
      case "line":
      case "text":
        return termsOf(value);
      case "emotions":
        return value.flatMap((/** @type {{name: string}} */ { name }) => termsOf(name));
      case "one":
      case "many": {
        const said = field.type === "one" ? [value] : value;
        return said.map((/** @type {string} */ each) => reference(field.choices ? `${field.name}.${each}` : each));
      }
      default:
        return [];
    }
  });
  return [...new Set(terms)];
}

/**
 * @param {string} word
 * @param {string} term
 * @param {Names} names
 * @returns {number}
 */
function rankOf(word, term, names) {
  if (term.startsWith(" ")) {
    const terms = names.get(term) ?? [];
    return Math.min(NOT, ...terms.map(each => rankOf(word, each, names)));
  }
  if (isBegun(word, term)) return BEGUN;
  return isSimilar(word, term) ? SIMILAR : NOT;
}

/**
 * @param {Line} line
 * @param {Filters} asked
 */
function passes(line, asked) {
  return (
    ["", line.kind].includes(asked.kind) &&
    ["", line.trait].includes(asked.trait) &&
    (!asked.tool || line.tools.includes(asked.tool)) &&
    ["", line.reaction].includes(asked.reaction) &&
    (!asked.since || asked.since <= line.day) &&
    (!asked.until || (line.day !== "" && line.day <= asked.until))
  );
}
