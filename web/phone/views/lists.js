/**
 * The journal and the bin. Twin: server/views/lists.py.
 * @import { Entry } from "../entries.js"
 * @import { Journal } from "../journal.js"
 * @import { Order } from "../rows.js"
 * @import { Words } from "../words.js"
 * @import { Context, Here } from "./frame.js"
 */

import { orderOf } from "../rows.js";
import { strip } from "../text.js";
import { count } from "../words.js";
import { frame } from "./frame.js";
import { items } from "./items.js";

const PAGE = 30; // entries that the journal shows at a time
const PLACE = /^(-?[0-9]{1,15})~([0-9A-Za-z-]{1,64})$/;

/**
 * The newest entries of every kind, a page at a time, or those in which the query is found.
 * @param {Journal} journal
 * @param {Here} here
 * @returns {Promise<Context>}
 */
export async function journalPage(journal, here) {
  const query = here.query.q ?? "";
  const before = placeOf(here.query.before ?? "");
  const isSearched = strip(query, " \t\r\n") !== "";
  const [found, count_text] = await Promise.all([
    isSearched ? journal.search(query, PAGE + 1, before) : journal.newest(PAGE + 1, before),
    before || isSearched ? "" : entriesText(journal, here.words), // the database counts while we read
  ]);
  const shown = found.slice(0, PAGE);
  return {
    ...frame(here, here.words.titles.journal),
    query,
    items: await items(shown, journal, here.words),
    more_url: found.length > PAGE ? moreUrl(shown[PAGE - 1], query) : "",
    count_text,
  };
}

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

/**
 * @param {Entry} last
 * @param {string} query
 */
function moreUrl(last, query) {
  const [when, id] = orderOf(last);
  const searched = query ? `&q=${encodeURIComponent(query)}` : "";
  return `/journal?before=${when}~${id}${searched}`;
}

/**
 * @param {string} text
 * @returns {Order | undefined}
 */
function placeOf(text) {
  const found = PLACE.exec(text);
  return found ? [Number(found[1]), found[2]] : undefined;
}
