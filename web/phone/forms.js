/**
 * Forms: what a person typed, checked against a kind's fields. Twin: server/forms.py.
 *
 * A *typed* value is what an input holds: text, or a list of texts (many), or a list of [name, intensity] (emotions: two
 * inputs for each row of the form, `emotions_<row>_name`, which a row that is not chosen does not send, and `…_intensity`).
 * @import { Field, Kind } from "./entries.js"
 * @import { Words } from "./words.js"
 */

import * as moments from "./moments.js";
import { lengthOf, strip } from "./text.js";
import { digits, fill } from "./words.js";

/** @typedef {[string, string][]} Pairs */
/**
 * What was typed in each field asked for, and the sentence for each that can't be kept; `unkept`: nothing is wrong with
 * it, and yet there was no room for it.
 * @typedef {{typed: {[field: string]: any}, errors: {[field: string]: string}, unkept?: boolean}} Form
 */

export const ID = /^[0-9A-Za-z-]{1,64}$/;
const WHOLE = /^-?[0-9]{1,9}$/;

/**
 * The fields that a form of this kind asks for.
 * @param {Kind} kind
 */
export function asked(kind) {
  return kind.fields.filter(field => !field.unasked);
}

/**
 * The form as typed, and its errors by field.
 * @param {Kind} kind
 * @param {Pairs} pairs
 * @param {Words} words
 * @returns {Form}
 */
export function readForm(kind, pairs, words) {
  const typed = Object.fromEntries(asked(kind).map(field => [field.name, typedIn(field, pairs)]));
  const errors = asked(kind).map(field => [field.name, errorOf(field, typed[field.name], words)]);
  return { typed, errors: Object.fromEntries(errors.filter(([, error]) => error)) };
}

/**
 * What is kept of a typed value that has no error: text, whole number, list, or null for no number and no moment.
 * @param {Field} field
 * @param {any} typed
 * @param {string} zone
 */
export function keptOf(field, typed, zone) {
  switch (field.type) {
    case "number":
      return numberOf(typed);
    case "moment":
      return typed ? moments.atWall(typed, zone) : null;
    case "emotions":
      return typed.map((/** @type {[string, string]} */ [name, number]) => ({ name, intensity: numberOf(number) }));
    default:
      return typed;
  }
}

/**
 * What an input shows for a kept value: the inverse of `keptOf`.
 * @param {Field} field
 * @param {any} value
 */
export function typedOf(field, value) {
  switch (field.type) {
    case "number":
      return shown(value);
    case "moment":
      return moments.wall(value);
    case "many":
      return [...(value ?? [])];
    case "emotions":
      return (value ?? []).map((/** @type {{name: string, intensity: number | null}} */ each) => [
        oneLine(each.name),
        shown(each.intensity),
      ]);
    case "text":
      return tidy(value ?? "");
    default:
      return oneLine(value ?? "");
  }
}

/**
 * Text with one sort of line end and no blank edges, as every browser sends it back.
 * @param {string} text
 */
export function tidy(text) {
  return strip(text.replaceAll("\r\n", "\n").replaceAll("\r", "\n"), " \t\n");
}

/**
 * The same on one line.
 * @param {string} text
 */
export function oneLine(text) {
  return tidy(text).replaceAll("\n", " ");
}

/**
 * The last value sent under the name, or "".
 * @param {Pairs} pairs
 * @param {string} name
 */
export function last(pairs, name) {
  return pairs.findLast(([key]) => key === name)?.[1] ?? "";
}

/**
 * @param {Field} field
 * @param {Pairs} pairs
 */
function typedIn({ name, type }, pairs) {
  if (type === "many") return sent(pairs, name).filter(Boolean);
  if (type === "emotions") return rowsIn(name, pairs);
  return (type === "text" ? tidy : oneLine)(last(pairs, name));
}

/**
 * @param {string} name
 * @param {Pairs} pairs
 * @returns {[string, string][]}
 */
function rowsIn(name, pairs) {
  const key = new RegExp(`^${name}_([a-z]?[0-9]{1,4})_(name|intensity)$`);
  /** @type {Map<string, {name?: string, intensity?: string}>} */
  const rows = new Map();
  for (const [each, value] of pairs) {
    const [, row, part] = key.exec(each) ?? [];
    if (row) rows.set(row, { ...rows.get(row), [part]: oneLine(value) });
  }
  const chosen = [...rows.values()].flatMap(row => (row.name === undefined ? [] : [[row.name, row.intensity ?? ""]]));
  return /** @type {[string, string][]} */ (chosen.filter(([each, number]) => each || number));
}

/**
 * @param {Pairs} pairs
 * @param {string} name
 */
function sent(pairs, name) {
  return pairs.filter(([key]) => key === name).map(([, value]) => value);
}

/**
 * @param {Field} field
 * @param {any} typed
 * @param {Words} words
 * @returns {string}
 */
function errorOf(field, typed, words) {
  if (!typed.length) return field.required ? words.errors.required : "";
  switch (field.type) {
    case "number":
      return numberError(typed, words);
    case "moment":
      return moments.atWall(typed, "UTC") ? "" : words.errors.not_moment;
    case "one":
      return isChoice(field, typed) ? "" : words.errors.not_choice;
    case "many":
      return tooMany(field, typed, words) || (areChoices(field, typed) ? "" : words.errors.not_choice);
    case "emotions":
      return emotionsError(field, typed, words);
    default:
      return tooLong(typed, field.max, words);
  }
}

/**
 * @param {string} typed
 * @param {Words} words
 * @returns {string}
 */
function numberError(typed, words) {
  if (!WHOLE.test(typed)) return words.errors.not_number;
  return Number(typed) >= 0 && Number(typed) <= 100 ? "" : words.errors.out_of_range;
}

/**
 * @param {Field} field
 * @param {string} typed
 */
function isChoice({ choices }, typed) {
  return choices ? choices.includes(typed) : isId(typed);
}

/**
 * @param {Field} field
 * @param {string[]} typed
 */
const areChoices = (field, typed) => typed.every(each => isChoice(field, each));

/**
 * @param {Field} field
 * @param {[string, string][]} typed
 * @param {Words} words
 */
function emotionsError(field, typed, words) {
  let error = tooMany(field, typed, words);
  for (const [name, number] of typed) {
    if (!name) error ||= words.errors.no_name;
    error ||= tooLong(name, field.max_name, words);
    error ||= number && numberError(number, words);
  }
  return error;
}

/**
 * @param {Field} field
 * @param {unknown[]} typed
 * @param {Words} words
 */
function tooMany({ max }, typed, words) {
  if (typed.length <= max) return "";
  return fill(words.errors.too_many, { max: digits(max, words) });
}

/**
 * @param {string} text
 * @param {number} most
 * @param {Words} words
 */
function tooLong(text, most, words) {
  const over = lengthOf(text) - most;
  if (over <= 0) return "";
  return fill(words.errors.too_long, { max: digits(most, words), over: digits(over, words) });
}

/** @param {string} typed */
const isId = typed => ID.test(typed);

/** @param {string} typed a whole number or nothing */
const numberOf = typed => (typed ? Number(typed) || 0 : null); // never minus zero

/** @param {number | null | undefined} number */
const shown = number => (number === null || number === undefined ? "" : String(number));
