/** Text on one line of a page, counted and trimmed as Python does, by code points. Twin: server/text.py. */

const BLANKS = " \t\r\n";
const JOINER = 0x200d;
/** A flag is two of these. */
const FLAGS = [0x1f1e6, 0x1f1ff];
/**
 * What belongs to the character before it: accents and vowel marks, looks and skins of emoji. From Unicode's blocks, since
 * the hosts' own tables are of different ages.
 */
const MARKS = [
  [0x300, 0x36f],
  [0x591, 0x5bd], // Hebrew
  [0x64b, 0x65f], // Arabic
  [0x93a, 0x94f], // Devanagari
  [0xe31, 0xe3a], // Thai
  [0x1ab0, 0x1aff],
  [0x1dc0, 0x1dff],
  [JOINER, JOINER],
  [0x20d0, 0x20ff],
  [0xfe00, 0xfe0f],
  [0x1f3fb, 0x1f3ff],
  [0xe0020, 0xe007f], // flags of England, Scotland and Wales
];

/**
 * The first line, at most so many code points, the last of which is … where something is missing.
 *
 * No letter loses its accent, and no picture of several code points a part, but for one that fills the line alone.
 * @param {string} text
 * @param {number} most
 */
export function shorten(text, most) {
  const line = strip(strip(text, BLANKS).split("\n", 1)[0], BLANKS);
  if (lengthOf(line) <= most) return line;
  const start = [...line.slice(0, 2 * most)]; // a code point takes at most two units
  const points = start.map(each => each.codePointAt(0) ?? 0);
  let end = most - 1;
  while (end && isWithin(points, end)) end--;
  return `${start.slice(0, end || most - 1).join("")}…`;
}

/**
 * Whether a cut there would part what is drawn as one.
 * @param {number[]} points
 * @param {number} at
 */
function isWithin(points, at) {
  const [before, after] = [points[at - 1], points[at]];
  if (isIn(before, FLAGS) && isIn(after, FLAGS)) return flagsBefore(points, at) % 2 === 1;
  return before === JOINER || MARKS.some(marks => isIn(after, marks));
}

/**
 * @param {number[]} points
 * @param {number} at
 */
function flagsBefore(points, at) {
  let first = at;
  while (first && isIn(points[first - 1], FLAGS)) first--;
  return at - first;
}

/**
 * @param {number} point
 * @param {number[]} range
 */
function isIn(point, [first, last]) {
  return point >= first && point <= last;
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
