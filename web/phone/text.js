/** Text as Python counts and trims it, by code points and by a named set of blanks. */

/**
 * The text without these characters at its edges.
 * @param {string} text
 * @param {string} blanks
 */
export function strip(text, blanks) {
  let [start, end] = [0, text.length]; // a regular expression would look at each inner blank again and again
  while (start < end && blanks.includes(text[start])) start++;
  while (start < end && blanks.includes(text[end - 1])) end--;
  return text.slice(start, end);
}

/**
 * How many code points the text has.
 * @param {string} text
 */
export function lengthOf(text) {
  let length = 0;
  for (const _ of text) length++;
  return length;
}
