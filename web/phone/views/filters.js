/**
 * What the journal is asked for: the filters in its address, and the form for them. Twin: server/views/filters.py.
 * @import { Entry, Kinds } from "../entries.js"
 * @import { Journal } from "../journal.js"
 * @import { Filters, Names } from "../lines.js"
 * @import { Words } from "../words.js"
 * @import { Context, Here } from "./frame.js"
 */

import { knownDay } from "../days.js";
import { reference } from "../lines.js";
import { termsOf } from "../search.js";
import { choiceLabel, count } from "../words.js";
import { titleOf } from "./items.js";

const REACTIONS = ["old", "new", "even", "none"];
const NARROWING = ["kind", "trait", "tool", "reaction", "from", "to"];
const MOST_NAMED = 50; // traits, and tools, in the form; what is about any other is found by its name
const MOST_WORDS = 10; // of a query: each goes through all terms

/**
 * The filters in the address; one that names nothing there is asks for nothing.
 * @param {Journal} journal
 * @param {Here} here
 * @returns {Promise<Filters>}
 */
export async function filtersOf(journal, { query }) {
  const idsOf = async (/** @type {string} */ kind) =>
    query[kind] ? (await journal.ofKind(kind)).map(({ id }) => id) : [];
  const [traits, tools] = await Promise.all([idsOf("trait"), idsOf("tool")]);
  const chosen = (/** @type {string} */ name, /** @type {string[]} */ known) =>
    known.includes(query[name]) ? query[name] : "";
  return {
    words: [...new Set(termsOf(query.q ?? ""))].slice(0, MOST_WORDS),
    kind: chosen("kind", listed(journal.kinds)),
    trait: chosen("trait", traits),
    tool: chosen("tool", tools),
    reaction: chosen("reaction", REACTIONS),
    since: knownDay(query.from ?? ""),
    until: knownDay(query.to ?? ""),
  };
}

/**
 * Whether they ask for less than everything.
 * @param {Filters} asked
 */
export function isNarrowed({ words, ...filters }) {
  return words.length > 0 || Object.values(filters).some(Boolean);
}

/**
 * What the traits, the tools and the choices of fields are called, as search reads it.
 * @param {Journal} journal
 * @param {Words} words
 * @returns {Promise<Names>}
 */
export async function namesOf(journal, words) {
  const named = (await Promise.all(["trait", "tool"].map(kind => journal.ofKind(kind)))).flat();
  const fields = listed(journal.kinds).flatMap(kind => journal.kinds[kind].fields);
  const choices = fields.flatMap(({ name, choices = [] }) => choices.map(choice => ({ name, choice })));
  return new Map([
    ...named.map(({ id, values }) => /** @type {const} */ ([reference(id), termsOf(values.name ?? "")])),
    ...choices.map(
      ({ name, choice }) =>
        /** @type {const} */ ([reference(`${name}.${choice}`), termsOf(choiceLabel(name, choice, words))]),
    ),
  ]);
}

/**
 * The form that asks, with how many filters are set and the address that sets none.
 * @param {Filters} asked
 * @param {Journal} journal
 * @param {Here} here
 * @returns {Promise<Context>}
 */
export async function filterForm(asked, journal, { words, query }) {
  const said = words.journal;
  const values = valuesOf(asked);
  const active = NARROWING.filter(name => values[name]).length;
  const [traits, tools] = await Promise.all(["trait", "tool"].map(kind => journal.ofKind(kind)));
  /** @type {[string, [string, string][]][]} */
  const anyOf = [
    ["kind", listed(journal.kinds).map(each => [each, words.kinds[each].one])],
    ["trait", named(traits, asked.trait, words)],
    ["tool", named(tools, asked.tool, words)],
    ["reaction", REACTIONS.map(each => [each, said.reactions[each]])],
  ];
  return {
    selects: anyOf
      .filter(([, options]) => options.length)
      .map(([name, options]) => select(name, options, values[name], words)),
    dates: ["from", "to"].map(name => ({ name, label: said.filters[name], value: values[name] })),
    active_text: active ? count(words.counts.filters, active, words) : "",
    clear_url: address({ q: query.q ?? "" }),
  };
}

/**
 * The journal's address with these filters and what was typed.
 * @param {Filters} asked
 * @param {Here} here
 * @param {{[name: string]: string}} [more]
 */
export function addressOf(asked, { query }, more = {}) {
  return address({ q: asked.words.length ? query.q : "", ...valuesOf(asked), ...more });
}

/** @param {{[name: string]: string}} query */
function address(query) {
  const parts = Object.entries(query).filter(([, value]) => value);
  const said = parts.map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return said.length ? `/journal?${said.join("&")}` : "/journal";
}

/**
 * @param {Filters} asked
 * @returns {{[name: string]: string}}
 */
function valuesOf({ kind, trait, tool, reaction, since, until }) {
  return { kind, trait, tool, reaction, from: since, to: until };
}

/**
 * @param {string} name
 * @param {[string, string][]} options
 * @param {string} chosen
 * @param {Words} words
 */
function select(name, options, chosen, words) {
  const said = words.journal.filters;
  return {
    name,
    label: said[name],
    options: [["", said.any], ...options].map(([value, label]) => ({ value, label, chosen: value === chosen })),
  };
}

/**
 * The newest, and the one that is asked for however old it is.
 * @param {Entry[]} entries
 * @param {string} chosen
 * @param {Words} words
 * @returns {[string, string][]}
 */
function named(entries, chosen, words) {
  const listed = entries.filter(({ id }, at) => at < MOST_NAMED || id === chosen);
  return listed.map(entry => [entry.id, titleOf(entry, words)]);
}

/** @param {Kinds} kinds */
function listed(kinds) {
  return Object.keys(kinds).filter(kind => !kinds[kind].aside);
}
