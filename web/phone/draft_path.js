/** Under which path a form's draft is kept: the page and the worker must agree. */

/**
 * The path that the form posts to; of one form among several with that path, its name besides.
 * @param {string} path
 * @param {string} [name]
 */
export function draftPath(path, name) {
  return name ? `${path}?${name}` : path;
}
