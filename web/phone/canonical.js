/** JSON in the one way that Python and JavaScript both write it, and nothing that either would write otherwise. */

/** @typedef {null | boolean | number | string | Value[] | {[key: string]: Value}} Value */

const MAX_LEVELS = 16; // of lists and objects within each other, in a whole message
// An exchange wraps each value in six: the message, its records, a record, its writes, a write, its set.
const MAX_VALUE_LEVELS = MAX_LEVELS - 6;

// A letter first keeps out __proto__; device names, keys of a deletion's vector, may begin with a digit.
const WORD = /^[A-Za-z0-9][A-Za-z0-9_]{0,63}$/;

/** A value that two languages would not write alike. */
export class BadValue extends Error {}

/**
 * Writes a value: no spaces, keys in code-point order; BadValue for what is no value.
 * @param {unknown} value
 * @param {number} [levels] how many lists and objects may still be within each other
 * @returns {string}
 */
export function canonical(value, levels = MAX_VALUE_LEVELS) {
  if (value === null || typeof value === "boolean") return JSON.stringify(value);
  if (typeof value === "number") return canonicalNumber(value);
  if (typeof value === "string") return canonicalText(value);
  if (typeof value !== "object") throw new BadValue(`a ${typeof value}, which is no value`);
  if (levels === 0) throw new BadValue("lists and objects within each other too deep");
  if (Array.isArray(value)) return `[${value.map(each => canonical(each, levels - 1)).join()}]`;
  return canonicalObject(value, each => canonical(each, levels - 1));
}

/**
 * Writes an object whose values are written by `write`, its keys held to be plain words.
 * @template T
 * @param {{[key: string]: T}} object
 * @param {(value: T) => string} write
 */
export function canonicalObject(object, write) {
  // Plain words are ASCII, where JavaScript's order is that of code points.
  const pairs = Object.keys(object)
    .sort()
    .map(key => `${canonicalWord(key)}:${write(/** @type {T} */ (object[key]))}`);
  return `{${pairs.join()}}`;
}

/** @param {string} word */
export function canonicalWord(word) {
  if (!WORD.test(word)) throw new BadValue("a name that is not a plain word");
  return JSON.stringify(word);
}

/** @param {number} number */
function canonicalNumber(number) {
  if (!Number.isSafeInteger(number)) throw new BadValue("a number beyond 2^53 - 1, or a fraction");
  return JSON.stringify(number);
}

/** @param {string} text */
function canonicalText(text) {
  if (/\p{Surrogate}/u.test(text)) throw new BadValue("half of a surrogate pair");
  return JSON.stringify(text);
}
