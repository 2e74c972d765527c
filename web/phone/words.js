/** Words: what a person reads, from web/words/<language>.json. Twin: server/words.py. */

// Hebrew, Arabic and what is written like them, by Unicode's blocks.
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** @typedef {any} Words all words of one language, as nested mappings */

/**
 * The text with each {name} replaced by its value.
 * @param {string} text
 * @param {{[name: string]: string}} values
 */
export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (Object.hasOwn(values, name) ? values[name] : whole));
}

/**
 * A person's own words as they stand in a sentence of ours, marked off where the two may run in different directions.
 * @param {string} text
 * @param {Words} words
 */
export function setApart(text, { app }) {
  const isAlike = app.dir === "ltr" && !RIGHT_TO_LEFT.test(text);
  return isAlike || !text ? text : `\u2068${text}\u2069`; // Unicode's first strong isolate
}

/**
 * The form for the number, with {count} written as the language writes numbers, and the other values filled in.
 * @param {{other: string, [form: string]: string}} forms
 * @param {number} number
 * @param {Words} words
 * @param {{[name: string]: string}} [values]
 */
export function count(forms, number, words, values = {}) {
  const form = forms[pluralForm(number, words.numbers.plurals)] ?? forms.other;
  return fill(form, { ...values, count: digits(number, words) });
}

/**
 * Which of CLDR's plural forms a language has for a whole number of things: zero, one, two, few, many or other.
 *
 * `plurals` are rules [form, modulus, first, last], of which the first holds whose range has the number's rest by the
 * modulus (0: the number itself).
 * @param {number} number
 * @param {[string, number, number, number][]} plurals
 */
export function pluralForm(number, plurals) {
  const rule = plurals.find(([, modulus, first, last]) => {
    const rest = modulus ? number % modulus : number;
    return first <= rest && rest <= last;
  });
  return rule?.[0] ?? "other";
}

/**
 * A whole number, grouped by thousands from the length at which the language begins to (CLDR).
 * @param {number} number
 * @param {Words} words
 * @returns {string}
 */
export function digits(number, words) {
  const text = String(number);
  if (text.length < words.numbers.group_from) return text;
  const first = text.length % 3 || 3;
  const groups = [text.slice(0, first)];
  for (let at = first; at < text.length; at += 3) groups.push(text.slice(at, at + 3));
  return groups.join(words.numbers.group);
}

/**
 * What a choice of a field is called; one that these words do not know is called by its name.
 * @param {string} field
 * @param {string} choice
 * @param {Words} words
 * @returns {string}
 */
export function choiceLabel(field, choice, words) {
  const said = words.choices[field];
  return Object.hasOwn(said, choice) ? said[choice] : choice;
}
