/**
 * The bin, and how many entries there are. Twin: server/views/lists.py.
 * @import { Journal } from "../journal.js"
 * @import { Words } from "../words.js"
 * @import { Context, Here } from "./frame.js"
 */

import { count } from "../words.js";
import { frame } from "./frame.js";
import { items } from "./items.js";

/**
 * What was put in the bin.
 * @param {Journal} journal
 * @param {Here} here
 * @returns {Promise<Context>}
 */
export async function binPage(journal, here) {
  return {
    ...frame(here, here.words.titles.bin),
    items: await items(await journal.binned(), journal, here.words),
  };
}

/**
 * How many entries there are, in words.
 * @param {Journal} journal
 * @param {Words} words
 */
export async function entriesText(journal, words) {
  return count(words.counts.entries, await journal.count(), words);
}
