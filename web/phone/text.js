/** Text on one line of a page, counted and trimmed as Python does, by code points. Twin: server/text.py. */

const BLANKS = " \t\r\n";

/**
 * The first line, at most so many code points.
 * @param {string} text
 * @param {number} most
 */
export function shorten(text, most) {
  const line = strip(strip(text, BLANKS).split("\n", 1)[0], BLANKS);
  if (lengthOf(line) <= most) return line;
  const start = [...line.slice(0, 2 * most)]; // a code point takes at most two units
  return `${start.slice(0, most - 1).join("")}…`;
}

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
