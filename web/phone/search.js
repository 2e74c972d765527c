/** Search: a text as terms, and which terms somebody means who types a word. Twin: server/search.py. */

// Which letters these are is written down: the two hosts' Unicode tables are of different years.
// Accents of Latin and Greek, points of Hebrew, vowels of Arabic, emoji's variations, and apostrophes (don't, dont).
const MARKS =
  /['\u2019]|[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u065f\u0670]|[\ufe00-\ufe0f]/g;
// Blanks and the punctuation of Latin, Hebrew, Arabic and Chinese.
const BETWEEN =
  /[\0-/:-@[-`{-\xa9\xab-\xb4\xb6-\xb9\xbb-\xbf\xd7\xf7\u05be\u05c0\u05c3\u060c\u061b\u061f\u06d4\u1680\u2000-\u206f\u2e00-\u2e7f\u3000-\u303f\ufeff]+/g;
const UNSPACED = "\u2e80"; // from here on come the scripts that leave no blanks between words
const INSIDE = 3; // letters that are worth looking for inside a word too

/**
 * The text without case, accents and apostrophes: niñas, NINAS and Niñas' are one.
 * @param {string} text
 */
export function fold(text) {
  const plain = text.normalize("NFKD").toLowerCase().replaceAll("ς", "σ").replace(MARKS, "");
  return plain.normalize("NFC"); // a letter is one again: 한, not its three parts
}

/**
 * The folded words of a text in their order.
 * @param {string} text
 */
export function termsOf(text) {
  return fold(text).split(BETWEEN).filter(Boolean);
}

/**
 * Where the words of a text begin and end in it as it was written.
 * @param {string} text
 * @returns {[number, number][]}
 */
export function piecesOf(text) {
  const ends = [...text.matchAll(BETWEEN)].map(found => [found.index, found.index + found[0].length]);
  const starts = [0, ...ends.map(([, end]) => end)];
  const stops = [...ends.map(([start]) => start), text.length];
  return starts
    .map((start, at) => /** @type {[number, number]} */ ([start, stops[at]]))
    .filter(([start, stop]) => start < stop);
}

/**
 * Whether somebody who typed `wanted` typed this term, or as much of it as is typed so far.
 * @param {string} wanted
 * @param {string} term
 */
export function isBegun(wanted, term) {
  return term.startsWith(wanted);
}

/**
 * Whether they may have meant this term: `wanted` is inside it, or is it (or its beginning) with a slip or two.
 *
 * A slip is a letter wrong, too many, missing, or swapped with the next: the optimal string alignment distance
 * (Damerau 1964; Levenshtein 1966), by code points. One is allowed from 4 letters on, two from 8.
 * @param {string} wanted
 * @param {string} term
 */
export function isSimilar(wanted, term) {
  const [letters, others] = [[...wanted], [...term]];
  if (term.includes(wanted)) return letters.length >= INSIDE || wanted >= UNSPACED || term.startsWith(wanted);
  const [whole, begun] = [slips(Math.max(letters.length, others.length)), slips(letters.length)];
  const columns = others.slice(0, letters.length + whole);
  if (!whole || columns.length < letters.length - whole) return false;
  /** @type {number[]} */
  let before = [];
  let row = Array.from({ length: columns.length + 1 }, (_, at) => at);
  for (const [i, letter] of letters.entries()) {
    const below = [i + 1];
    for (const [j, other] of columns.entries()) {
      let cost = Math.min(row[j + 1] + 1, below[j] + 1, row[j] + (letter === other ? 0 : 1));
      if (i && j && letter === columns[j - 1] && letters[i - 1] === other) cost = Math.min(cost, before[j - 1] + 1);
      below.push(cost);
    }
    if (Math.min(...below) > whole) return false;
    [before, row] = [row, below];
  }
  const isWhole = columns.length === others.length && row[row.length - 1] <= whole;
  return isWhole || (begun > 0 && Math.min(...row) <= begun);
}

/**
 * How many slips are allowed in a word of so many letters.
 * @param {number} letters
 */
function slips(letters) {
  if (letters < 4) return 0;
  return letters < 8 ? 1 : 2;
}
