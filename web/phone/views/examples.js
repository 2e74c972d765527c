/**
 * Examples to adapt, and gentle moments to begin from. Twin: server/views/examples.py.
 * @import { Words } from "../words.js"
 * @import { Context, Here } from "./frame.js"
 */

const DAY_MS = 86_400_000;
const NUMBER = /^[0-9]{1,4}$/;

/** @typedef {[string, {[field: string]: string}][]} Sets */

/**
 * The form, with what others might write beside each field.
 * @param {Context} form
 * @param {string} kind
 * @param {Words} words
 * @returns {Context}
 */
export function withExamples(form, kind, words) {
  const sets = /** @type {Sets} */ (Object.entries(words.examples[kind]));
  const examplesOf = (/** @type {string} */ field) =>
    sets
      .filter(([, example]) => Object.hasOwn(example, field))
      .map(([name, example]) => ({ whole: name, text: example[field] }));
  return {
    ...form,
    fields: form.fields.map((/** @type {Context} */ field) => ({ ...field, examples: examplesOf(field.name) })),
  };
}

/**
 * Examples that fill a whole form; the address does it where no script runs.
 * @param {string} kind
 * @param {string} url
 * @param {Words} words
 */
export function wholeExamples(kind, url, words) {
  const sets = /** @type {Sets} */ (Object.entries(words.examples[kind]));
  return sets.map(([name, { label }]) => ({ name, label, url: `${url}?example=${name}` }));
}

/**
 * The example that the address names, by field.
 * @param {string} kind
 * @param {Here} here
 * @returns {{[field: string]: string}}
 */
export function chosenExample(kind, { query, words }) {
  const sets = words.examples[kind];
  const { label, ...example } = Object.hasOwn(sets, query.example ?? "") ? sets[query.example] : { label: "" };
  return example;
}

/**
 * A moment to picture, another one each day, and where to find the next.
 * @param {string} url
 * @param {Here} here
 * @returns {Context}
 */
export function prompt(url, { query, now, words }) {
  const said = words.prompts.list;
  const asked = query.prompt ?? "";
  const at = (NUMBER.test(asked) ? Number(asked) : Math.floor(now / DAY_MS)) % said.length;
  return { text: said[at], url: `${url}?prompt=${(at + 1) % said.length}` };
}
