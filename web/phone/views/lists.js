/**
 * The bin, a page at a time, and how many entries there are. Twin: server/views/lists.py.
 * @import { Entry } from "../entries.js"
 * @import { Journal } from "../journal.js"
 * @import { Order } from "../rows.js"
 * @import { Words } from "../words.js"
 * @import { Where } from "./devices.js"
 * @import { Context, Here } from "./frame.js"
 */

import { orderOf } from "../rows.js";
import { count } from "../words.js";
import { whereOf } from "./devices.js";
import { frame } from "./frame.js";
import { binnedText } from "./history.js";
import { item } from "./items.js";

const PAGE = 30; // entries that the bin shows at a time
const PLACE = /^(-?[0-9]{1,15})~([0-9A-Za-z-]{1,64})$/;

/**
 * What was put in the bin, and when; after the place `before` in the order.
 * @param {Journal} journal
 * @param {Here} here
 * @returns {Promise<Context>}
 */
export async function binPage(journal, here) {
  const before = placeIn(here.query.before ?? "");
  const found = await journal.binned(PAGE + 1, before);
  const shown = found.slice(0, PAGE);
  const where = await whereOf(journal, here);
  return {
    ...frame(here, here.words.titles.bin),
    items: await Promise.all(shown.map(entry => binned(entry, where, journal, here))),
    is_further: before !== undefined,
    more_url: found.length > PAGE ? moreUrl(orderOf(shown[PAGE - 1])) : "",
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
 * @param {Entry} entry
 * @param {Where} where
 * @param {Journal} journal
 * @param {Here} here
 */
async function binned(entry, where, journal, here) {
  return { ...(await item(entry, journal, here)), put: binnedText(entry, where, here) };
}

/** @param {Order} last */
const moreUrl = ([when, id]) => `/bin?before=${when}~${id}`;

/**
 * @param {string} text
 * @returns {Order | undefined}
 */
function placeIn(text) {
  const found = PLACE.exec(text);
  return found ? [Number(found[1]), found[2]] : undefined;
}
