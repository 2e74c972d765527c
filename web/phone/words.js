/** Words: what a person reads, from web/words/<language>.json. Twin: server/words.py. */

/** @typedef {any} Words all words of one language, as nested mappings */

export const LANGUAGES = ["en", "es"];

/**
 * The person's own choice, else the first of the browser's languages that we speak, else English.
 * @param {string} chosen
 * @param {readonly string[]} accepted
 */
export function chooseLanguage(chosen, accepted) {
  const spoken = [chosen, ...accepted].find(
    tag => LANGUAGES.includes(tag.slice(0, 2).toLowerCase()) && ["", "-"].includes(tag.slice(2, 3)),
  );
  return spoken?.slice(0, 2).toLowerCase() ?? LANGUAGES[0];
}

/**
 * The text with each {name} replaced by its value.
 * @param {string} text
 * @param {{[name: string]: string}} values
 */
export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (Object.hasOwn(values, name) ? values[name] : whole));
}

/**
 * The plural form for the number, with {count} written as the language writes numbers.
 * @param {{one: string, other: string}} forms
 * @param {number} number
 * @param {Words} words
 */
export function count(forms, number, words) {
  return fill(forms[number === 1 ? "one" : "other"], { count: digits(number, words) });
}

/**
 * A whole number, grouped by thousands from the length at which the language begins to (CLDR).
 * @param {number} number
 * @param {Words} words
 * @returns {string}
 */
export function digits(number, words) {
  const text = String(number);
  if (text.length < words.dates.group_from) return text;
  const first = text.length % 3 || 3;
  const groups = [text.slice(0, first)];
  for (let at = first; at < text.length; at += 3) groups.push(text.slice(at, at + 3));
  return groups.join(words.dates.group);
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
