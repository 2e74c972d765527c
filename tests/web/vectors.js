/** Cases that both hosts pass, from tests/vectors. */

import { readFileSync } from "node:fs";

/**
 * @param {string} name
 * @returns {any}
 */
export function vectors(name) {
  return expanded(json(`../vectors/${name}.json`));
}

/** @param {string} path */
export function json(path) {
  return JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8"));
}

/**
 * The value with each {"repeat", "times"} written out.
 * @param {any} value
 * @returns {any}
 */
function expanded(value) {
  if (Array.isArray(value)) return value.map(expanded);
  if (typeof value !== "object" || value === null) return value;
  if ("repeat" in value) return value.repeat.repeat(value.times);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, expanded(each)]));
}
