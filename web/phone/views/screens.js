/**
 * A form's fields as screens, a question each. Twin: server/views/screens.py.
 * @import { Words } from "../words.js"
 * @import { Context } from "./frame.js"
 */

import { digits, fill } from "../words.js";

/** @typedef {[string, string[]][]} Layout */

/**
 * The form's fields, as the layout puts them on screens by name, each with its place among them in words.
 * @param {Context} form
 * @param {Layout} layout
 * @param {Words} titles
 * @param {Words} words
 * @returns {Context[]}
 */
export function screens(form, layout, titles, words) {
  const fields = Object.fromEntries(form.fields.map((/** @type {Context} */ field) => [field.name, field]));
  const all = digits(layout.length, words);
  return layout.map(([name, asked], at) => ({
    name,
    id: `screen-${at + 1}`,
    title: titles[name],
    progress: fill(words.screens.progress, { at: digits(at + 1, words), all }),
    fields: asked.map(field => fields[field]),
  }));
}
