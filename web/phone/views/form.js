/**
 * A kind's form as a template prints it. Twin: server/views/form.py.
 * @import { Entry, Field, Kind } from "../entries.js"
 * @import { Form } from "../forms.js"
 * @import { Journal } from "../journal.js"
 * @import { Words } from "../words.js"
 * @import { Context, Here } from "./frame.js"
 */

import { wasOf } from "../actions.js";
import { canonical } from "../canonical.js";
import { asked } from "../forms.js";
import { nowIn, wall } from "../moments.js";
import { feelingGroups } from "./feelings.js";
import { titleOf } from "./items.js";
import { offeredPlans } from "./plans.js";

/** @typedef {{id: string, journal: string, seen: string, was: string, onward: string, draft: string}} Hidden */

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
  return filledForm(kind, journal, here, form, `/${kind.plural}`, blankHidden(here));
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
  const hidden = {
    id: entry.id,
    journal: here.journal,
    seen: canonical(entry.seen),
    was: canonical(was),
    onward: "",
    draft: "",
  };
  return filledForm(kind, journal, here, { typed: was, errors: {} }, `/${kind.plural}/${entry.id}`, hidden);
}

/**
 * A form with everything that was typed, and its faults marked when it came back.
 * @param {Kind} kind
 * @param {Journal} journal
 * @param {Here} here
 * @param {Form} form
 * @param {string} action
 * @param {Hidden} hidden
 * @returns {Promise<Context>}
 */
export async function filledForm(kind, journal, here, form, action, hidden) {
  const { words, zone } = here;
  const isRefused = Object.keys(form.errors).length > 0;
  const fields = await Promise.all(asked(kind).map(field => fieldOf(kind, field, form, journal, here)));
  return {
    action,
    ...hidden,
    zone,
    submit: kind.step && !hidden.seen ? words.steps[kind.step].submit : words.form.save,
    unkept: form.unkept ?? false,
    error: form.errors[""] || (isRefused ? words.errors.summary : ""),
    fields,
    sections: sectionsOf(kind, fields, here),
    has_moment: kind.kind === "practice",
    plans: await plansOf(kind, form, journal, here),
  };
}

/** @param {Here} here */
const blankHidden = ({ id, journal }) => ({ id, journal, seen: "", was: "", onward: "", draft: "" });

/**
 * The if–then plans for the moment that the form tells of.
 * @param {Kind} kind
 * @param {Form} form
 * @param {Journal} journal
 * @param {Here} here
 */
async function plansOf(kind, { typed }, journal, { words }) {
  return kind.kind === "practice" ? offeredPlans(typed.situation, typed.trait_id, journal, words) : [];
}

/**
 * The fields by the kind's sections; those with something in them are unfolded, and so is the first.
 * @param {Kind} kind
 * @param {Context[]} fields
 * @param {Here} here
 * @returns {Context[]}
 */
function sectionsOf(kind, fields, { words }) {
  const sections = Object.entries(kind.sections);
  if (!sections.length) return [{ title: "", open: true, fields }];
  return sections.map(([name, names], at) => {
    const held = fields.filter(field => names.includes(field.name));
    const isOpen = held.some(({ filled, error }) => filled || error);
    return { title: at ? words.sections[kind.kind][name] : "", open: isOpen, fields: held };
  });
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
  const { scale } = here.words;
  const isFelt = type === "emotions";
  const { groups, rows } = isFelt ? await feelingGroups(kind, field, typed, journal, here) : { groups: [], rows: [] };
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
    filled: typed.length > 0,
    ends: Object.hasOwn(scale.ends, name) ? scale.ends[name] : scale.ends.reaction,
    terms: termsOf(name, here),
    groups,
    rows,
  };
}

/**
 * What each choice means, where it is not plain.
 * @param {string} field
 * @param {Here} here
 */
function termsOf(field, { words }) {
  const means = Object.hasOwn(words.terms, field) ? words.terms[field] : {};
  return Object.keys(means).map(each => ({ name: words.choices[field][each], means: means[each] }));
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
 * @param {Field["type"]} type
 * @param {string} now
 */
function blankOf(type, now) {
  if (type === "many" || type === "emotions") return [];
  return type === "moment" ? now : "";
}
