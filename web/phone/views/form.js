/**
 * A kind's form as a template prints it. Twin: server/views/form.py.
 * @import { Entry, Field, Kind, Kinds } from "../entries.js"
 * @import { Form } from "../forms.js"
 * @import { Journal } from "../journal.js"
 * @import { Words } from "../words.js"
 * @import { Context, Here } from "./frame.js"
 */

import { wasOf } from "../actions.js";
import { canonical } from "../canonical.js";
import { asked } from "../forms.js";
import { nowIn, wall } from "../moments.js";
import { fill } from "../words.js";
import { titleOf } from "./items.js";

/** @typedef {{id: string, journal: string, seen: string, was: string}} Hidden */

const SPARE_ROWS = 2; // empty rows offered for more emotions
const MOST_OPTIONS = 200;

/**
 * An empty form; `chosen` fills fields beforehand.
 * @param {Kind} kind
 * @param {Journal} journal
 * @param {Here} here
 * @param {{[field: string]: string}} chosen
 */
export function newForm(kind, journal, here, chosen) {
  const now = here.zone ? wall(nowIn(here.now, here.zone)) : "";
  const typed = asked(kind).map(({ name, type }) => [name, chosen[name] ?? blankOf(type, now)]);
  const form = { typed: Object.fromEntries(typed), errors: {} };
  return formOf(kind, journal, here, form, `/${kind.plural}`, blankHidden(here));
}

/**
 * A form that holds what the entry says, and what it said and had seen when the page was made.
 * @param {Kind} kind
 * @param {Journal} journal
 * @param {Here} here
 * @param {Entry} entry
 */
export function editForm(kind, journal, here, entry) {
  const was = wasOf(kind, entry);
  const hidden = { id: entry.id, journal: here.journal, seen: canonical(entry.seen), was: canonical(was) };
  return formOf(kind, journal, here, { typed: was, errors: {} }, `/${kind.plural}/${entry.id}`, hidden);
}

/**
 * A form that came back with everything that was typed, and its faults marked.
 * @param {Kind} kind
 * @param {Journal} journal
 * @param {Here} here
 * @param {Form} form
 * @param {string} action
 * @param {Hidden} hidden
 */
export function refusedForm(kind, journal, here, form, action, hidden) {
  return formOf(kind, journal, here, form, action, hidden);
}

/** @param {Here} here */
const blankHidden = ({ id, journal }) => ({ id, journal, seen: "", was: "" });

/**
 * The kind of record that a step makes.
 * @param {string} step
 * @param {Kinds} kinds
 */
export function kindOfStep(step, kinds) {
  return /** @type {Kind} */ (Object.values(kinds).find(kind => kind.step === step));
}

/**
 * @param {Kind} kind
 * @param {Journal} journal
 * @param {Here} here
 * @param {Form} form
 * @param {string} action
 * @param {Hidden} hidden
 * @returns {Promise<Context>}
 */
async function formOf(kind, journal, here, form, action, hidden) {
  const { words, zone } = here;
  const isRefused = Object.keys(form.errors).length > 0;
  return {
    action,
    ...hidden,
    zone,
    submit: kind.step && !hidden.seen ? words.steps[kind.step].submit : words.form.save,
    unkept: form.unkept ?? false,
    error: form.errors[""] || (isRefused ? words.errors.summary : ""),
    fields: await Promise.all(asked(kind).map(field => fieldOf(kind, field, form, journal, here))),
  };
}

/**
 * @param {Kind} kind
 * @param {Field} field
 * @param {Form} form
 * @param {Journal} journal
 * @param {Here} here
 * @returns {Promise<Context>}
 */
async function fieldOf(kind, field, form, journal, here) {
  const { name, type, required } = field;
  const typed = form.typed[name];
  const about = here.words.fields[kind.kind][name];
  return {
    name,
    id: `${kind.kind}-${name}`.replaceAll("_", "-"),
    type,
    label: about.label,
    hint: about.hint ?? "",
    value: typeof typed === "string" ? typed : "",
    error: form.errors[name] ?? "",
    required,
    hidden: field.hidden ?? false,
    options: await optionsOf(field, typed, journal, here),
    rows: type === "emotions" ? rowsOf(kind, field, typed, here) : [],
  };
}

/**
 * What can be chosen: the field's own choices, or the person's entries of a kind; what was chosen stays choosable.
 * @param {Field} field
 * @param {any} typed
 * @param {Journal} journal
 * @param {Here} here
 */
async function optionsOf(field, typed, journal, { words }) {
  if (field.type !== "one" && field.type !== "many") return [];
  /** @type {string[]} */
  const chosen = field.type === "one" ? [typed] : typed;
  const labels = field.choices
    ? new Map(field.choices.map(choice => [choice, words.choices[field.name][choice]]))
    : await labelsOf(field.of, chosen, journal, words);
  return [...labels].map(([value, label]) => ({ value, label, chosen: chosen.includes(value) }));
}

/**
 * @param {string} kind
 * @param {string[]} chosen
 * @param {Journal} journal
 * @param {Words} words
 */
async function labelsOf(kind, chosen, journal, words) {
  const offered = await journal.ofKind(kind, MOST_OPTIONS);
  const others = await Promise.all(chosen.map(id => journal.get(id)));
  const all = [...offered, ...others.filter(entry => entry !== null).filter(entry => entry.kind === kind)];
  return new Map(all.map(entry => [entry.id, titleOf(entry, words)])); // the first place, whichever comes last
}

/**
 * @param {Kind} kind
 * @param {Field} field
 * @param {[string, string][]} typed
 * @param {Here} here
 */
function rowsOf(kind, field, typed, here) {
  const { rows: words } = here.words;
  const spare = Array.from({ length: SPARE_ROWS }, () => ["", ""]);
  const prefix = `${kind.kind}-${field.name}`;
  return [...typed, ...spare].map(([name, intensity], at) => ({
    name,
    intensity,
    name_id: `${prefix}-name-${at + 1}`,
    intensity_id: `${prefix}-intensity-${at + 1}`,
    name_label: fill(words.name, { number: String(at + 1) }),
    intensity_label: fill(words.intensity, { number: String(at + 1) }),
  }));
}

/**
 * @param {Field["type"]} type
 * @param {string} now
 */
function blankOf(type, now) {
  if (type === "many" || type === "emotions") return [];
  return type === "moment" ? now : "";
}
