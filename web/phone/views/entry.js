/**
 * One entry: its page, and the form to change it. Twin: server/views/entry.py.
 * @import { Entry, Field, Kind } from "../entries.js"
 * @import { Journal } from "../journal.js"
 * @import { Words } from "../words.js"
 * @import { Where } from "./devices.js"
 * @import { Context, Here } from "./frame.js"
 */

import { kindOf } from "../entries.js";
import { asked } from "../forms.js";
import * as moments from "../moments.js";
import { choiceLabel, fill, setApart } from "../words.js";
import { whereOf } from "./devices.js";
import { editForm, newForm } from "./form.js";
import { frame } from "./frame.js";
import { binnedText, historyOf } from "./history.js";
import { titleOf, traitOf, urlOf } from "./items.js";
import { savedNote } from "./quick.js";

/**
 * Everything an entry says, each rival beside its field.
 * @param {Entry} entry
 * @param {Journal} journal
 * @param {Here} here
 * @returns {Promise<Context>}
 */
export async function entryPage(entry, journal, here) {
  return {
    ...frame(here, titleOf(entry, here.words), kindOf(entry).step, here.words.kinds[entry.kind].one),
    entry: await entryContext(entry, journal, here),
    saved: savedNote(entry, here),
  };
}

/**
 * The form to change an entry; `form` is one that came back refused.
 * @param {Entry} entry
 * @param {Journal} journal
 * @param {Here} here
 * @param {Context} [form]
 * @returns {Promise<Context>}
 */
export async function editPage(entry, journal, here, form) {
  const kind = kindOf(entry);
  return {
    ...frame(here, here.words.titles.edit, kind.step),
    entry: await entryContext(entry, journal, here),
    form: form ?? (await editForm(kind, journal, here, entry)),
  };
}

/**
 * The form for a new entry of the kind; `form` is one that came back refused.
 * @param {Kind} kind
 * @param {Journal} journal
 * @param {Here} here
 * @param {Context} [form]
 * @returns {Promise<Context>}
 */
export async function newPage(kind, journal, here, form) {
  const names = asked(kind)
    .filter(({ type }) => type !== "many" && type !== "emotions")
    .map(({ name }) => name)
    .filter(name => Object.hasOwn(here.query, name));
  const chosen = Object.fromEntries(names.map(name => [name, here.query[name]]));
  return {
    ...frame(here, here.words.kinds[kind.kind].new, kind.step),
    form: form ?? (await newForm(kind, journal, here, chosen)),
  };
}

/**
 * An entry as its page prints it.
 * @param {Entry} entry
 * @param {Journal} journal
 * @param {Here} here
 * @returns {Promise<Context>}
 */
export async function entryContext(entry, journal, here) {
  const { words } = here;
  const url = urlOf(entry);
  const trait = await traitOf(entry, journal);
  const where = await whereOf(journal, here);
  return {
    kind: entry.kind,
    kind_label: words.kinds[entry.kind].one,
    title: titleOf(entry, words),
    when: moments.show(entry.values.happened_at, words),
    at: moments.stamp(entry.values.happened_at),
    url,
    lines: await linesOf(entry, journal, words, where),
    history: historyOf(entry, where, here),
    binned_text: binnedText(entry, where, here),
    edit_url: `${url}/edit`,
    bin_url: `${url}/bin`,
    kept_url: `${url}/kept`,
    back_url: `${url}/back`,
    shred_url: `${url}/shred`,
    binned: entry.binned,
    trait_url: trait ? urlOf(trait) : "",
    trait_name: trait ? titleOf(trait, words) : "",
    refused: here.refused.get(entry.id) ?? "",
  };
}

/**
 * @param {Entry} entry
 * @param {Journal} journal
 * @param {Words} words
 * @param {Where} where
 */
async function linesOf(entry, journal, words, where) {
  const fields = kindOf(entry).fields.filter(field => !field.hidden);
  const lines = await Promise.all(fields.map(field => lineOf(field, entry, journal, words, where)));
  return lines.filter(({ value, rivals }) => value || rivals.length);
}

/**
 * @param {Field} field
 * @param {Entry} entry
 * @param {Journal} journal
 * @param {Words} words
 * @param {Where} where
 */
async function lineOf(field, entry, journal, words, where) {
  const { name } = field;
  const { blank } = words.entry;
  const rivals = entry.rivals[name] ?? [];
  return {
    name,
    label: words.fields[entry.kind][name].label,
    value: (await shown(field, entry.values[name], journal, words)) || (rivals.length ? blank : ""),
    rivals: await Promise.all(
      rivals.map(async ({ value, by, at }) => ({
        value: (await shown(field, value, journal, words)) || blank,
        field: name,
        where: fill(words.entry.rival, { where: where(by) }),
        by,
        at: String(at),
      })),
    ),
  };
}

/**
 * A field's value as a person reads it; "" when there is nothing to read.
 * @param {Field} field
 * @param {any} value
 * @param {Journal} journal
 * @param {Words} words
 * @returns {Promise<string>}
 */
async function shown(field, value, journal, words) {
  if (value === null || value === undefined) return "";
  switch (field.type) {
    case "number":
      return String(value);
    case "moment":
      return moments.show(value, words);
    case "many":
      if (field.choices)
        return value.map((/** @type {string} */ each) => choiceLabel(field.name, each, words)).join(", ");
      return (await Promise.all(value.map((/** @type {string} */ id) => nameOf(id, journal, words)))).join(", ");
    case "emotions":
      return value.map((/** @type {Feeling} */ emotion) => emotionText(emotion, words)).join(", ");
    case "one":
      if (field.choices) return choiceLabel(field.name, value, words);
      return value ? nameOf(value, journal, words) : "";
    default:
      return value;
  }
}

/**
 * @param {string} id
 * @param {Journal} journal
 * @param {Words} words
 * @returns {Promise<string>}
 */
async function nameOf(id, journal, words) {
  const entry = await journal.get(id);
  return entry ? titleOf(entry, words) : words.entry.gone;
}

/** @typedef {{name: string, intensity: number | null}} Feeling */

/**
 * @param {Feeling} emotion
 * @param {Words} words
 * @returns {string}
 */
function emotionText({ name, intensity }, words) {
  return intensity === null
    ? name
    : fill(words.notes.emotion, { name: setApart(name, words), number: String(intensity) });
}
