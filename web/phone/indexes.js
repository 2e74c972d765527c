/** The indexes of a journal, one for each month of a kind, from the digests that the device keeps. */

/** @import { Journal } from "./journal.js" */

import { digests } from "./digests.js";
import { Index, lineOf } from "./lines.js";

/** @type {Map<string, Index>} those of the last search by what they were made from: a person types letter after letter */
let warm = new Map();

/**
 * Every index of the journal.
 * @param {Journal} journal
 * @returns {Promise<Index[]>}
 */
export async function indexesOf(journal) {
  const kinds = Object.keys(journal.kinds).filter(kind => !journal.kinds[kind].aside);
  const said = (await Promise.all(kinds.map(kind => digests(journal, "texts", kind, makeLines, text => text)))).flat();
  const known = warm;
  warm = new Map(said.map(text => [text, known.get(text) ?? new Index(JSON.parse(text))]));
  return [...warm.values()];
}

/** @param {import("./entries.js").Entry[]} entries */
const makeLines = entries => entries.map(lineOf);
