/**
 * The journal and the bin. Twin: server/views/lists.py.
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
  const { found, further } = isSearched
    ? await journal.search(query, PAGE + 1, before)
    : { found: await journal.newest(PAGE + 1, before) };
  const shown = found.slice(0, PAGE);
  const last = found.length > PAGE ? orderOf(shown[PAGE - 1]) : further;
  const { words } = here;
  return {
    ...frame(here, words.titles.journal),
    query,
    items: await items(shown, journal, words),
    none_text: words.journal[noneOf(query, before, further)],
    more_url: last ? moreUrl(last, query) : "",
    more_text: words.journal[further ? "further" : "more"],
    count_text: before || isSearched ? "" : await entriesText(journal, words),
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
 * What is said where nothing is listed.
 * @param {string} query
 * @param {Order} [before]
 * @param {Order} [further]
 */
function noneOf(query, before, further) {
  if (further) return "none_yet";
  if (query) return before ? "none_more" : "none_found";
  return "empty";
}

/**
 * @param {Order} last
 * @param {string} query
 */
function moreUrl([when, id], query) {
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
