/** Under which path a form's draft is kept: the page and the worker must agree. */

/**
 * The path that the form posts to; of one form among several with that path, its name besides.
 * @param {string} path
 * @param {string} [name]
 */
export function draftPath(path, name) {
  return name ? `${path}?${name}` : path;
}

/** @typedef {{path: string, fields: [string, string][]}} Draft a form's fields under the path that it posts to */

/**
 * The journal that a draft's form was begun in, "" when it names none.
 * @param {Draft} draft
 */
export const journalOf = ({ fields }) => new Map(fields).get("journal") ?? "";
