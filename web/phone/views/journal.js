/**
 * The journal: its entries by day, newest first, a page at a time, or those that filters and a search leave. Twin: server/views/journal.py.
 * @import { Entry } from "../entries.js"
 * @import { Journal } from "../journal.js"
 * @import { Filters, Place } from "../lines.js"
 * @import { Context, Here } from "./frame.js"
 */

import { dayOf, headingOf } from "../days.js";
import { comesAfter } from "../lines.js";
import * as moments from "../moments.js";
import { orderOf } from "../rows.js";
import { count } from "../words.js";
import { excerptOf, NOWHERE } from "./excerpt.js";
import { addressOf, filterForm, filtersOf, isNarrowed, namesOf } from "./filters.js";
import { frame } from "./frame.js";
import { item } from "./items.js";

/** @typedef {[number, Entry]} Listed by its rank */

const PAGE = 30; // entries that the journal shows at a time
const MOST = 600; // that it shows at once to somebody who comes back to where they were
const PLACE = /^(?:([01])~)?(-?[0-9]{1,15})~([0-9A-Za-z-]{1,64})$/;

/**
 * The entries after the place `before`, or all `through` a place and a page more; `further` goes on with a list on the screen.
 * @param {Journal} journal
 * @param {Here} here
 * @returns {Promise<Context>}
 */
export async function journalPage(journal, here) {
  const { query, words } = here;
  const said = words.journal;
  const asked = await filtersOf(journal, here);
  const narrowed = isNarrowed(asked);
  const [before, through] = [query.before, query.through].map(text => placeIn(text ?? ""));
  const { found, total } = await find(journal, asked, here, before, (through ? MOST : PAGE) + 1);
  const within = found.filter(each => through && !comesAfter(placeOf(each), through)).length;
  const shown = found.slice(0, Math.min(within + PAGE, MOST));
  const last = found.length > shown.length ? told(placeOf(shown[shown.length - 1])) : "";
  return {
    ...frame(here, words.titles.journal),
    query: query.q ?? "",
    filters: await filterForm(asked, journal, here),
    days: await days(shown, asked, journal, here, query.further ? before : null),
    none_text: said[before || narrowed ? (before ? "none_more" : "none_found") : "empty"],
    none_hint: narrowed && !before ? said.none_hint : "",
    newest_url: before && !query.further ? addressOf(asked, here) : "",
    more_url: last && addressOf(asked, here, { before: last }),
    further_url: last && addressOf(asked, here, { before: last, further: "yes" }),
    through_url: last && addressOf(asked, here, { through: last }),
    count_text: before ? "" : count(words.counts[narrowed ? "found" : "entries"], total, words),
  };
}

/**
 * The first entries after the place, and how many there are in all.
 * @param {Journal} journal
 * @param {Filters} asked
 * @param {Here} here
 * @param {Place | null} before
 * @param {number} limit
 * @returns {Promise<{found: Listed[], total: number}>}
 */
async function find(journal, asked, here, before, limit) {
  if (!isNarrowed(asked)) {
    const [newest, total] = await Promise.all([journal.newest(limit, before?.[1]), journal.count()]);
    return { found: newest.map(entry => [0, entry]), total };
  }
  const places = await journal.find(asked, await namesOf(journal, here.words));
  const after = places.filter(place => !before || comesAfter(place, before)).slice(0, limit);
  const found = await Promise.all(after.map(async ([rank, [, id]]) => ({ rank, entry: await journal.get(id) })));
  return { found: found.flatMap(({ rank, entry }) => (entry ? [[rank, entry]] : [])), total: places.length };
}

/**
 * The entries by the day on their own clocks; a day that the list on the screen ends with is not named again.
 * @param {Listed[]} shown
 * @param {Filters} asked
 * @param {Journal} journal
 * @param {Here} here
 * @param {Place | null} before
 */
async function days(shown, asked, journal, here, before) {
  const { today, words } = here;
  let above = before ? { rank: before[0], day: day(await journal.get(before[1][1])) } : { rank: 0, day: null };
  /** @type {Context[]} */
  const days = [];
  for (const [rank, entry] of shown) {
    const now = { rank, day: day(entry) };
    const isAnother = now.rank !== above.rank || now.day !== above.day;
    if (isAnother || !days.length) {
      days.push({
        similar: rank > above.rank ? words.journal.similar : "",
        heading: isAnother ? headingOf(now.day, today, words) : "",
        items: [],
      });
    }
    days[days.length - 1].items.push(await line(entry, asked, journal, here));
    above = now;
  }
  return days;
}

/**
 * @param {Entry} entry
 * @param {Filters} asked
 * @param {Journal} journal
 * @param {Here} here
 */
async function line(entry, { words: [word] }, journal, here) {
  const { values } = entry;
  const { words } = here;
  const happened = moments.parse(values.happened_at);
  const said = await item(entry, journal, here);
  const found = word ? await excerptOf(entry, word, journal, words) : NOWHERE;
  const inTitle = found.before + found.match + found.after === said.title; // which need not be said twice
  return {
    ...said,
    marked: inTitle ? found : NOWHERE,
    excerpt: inTitle ? NOWHERE : found,
    time: happened ? moments.timeText(happened, words) : "",
    old: bar(values.old_reaction),
    new: bar(values.new_reaction),
  };
}

/**
 * How long a reaction's bar is, "" for none.
 * @param {number | null | undefined} number
 */
const bar = number => String(number ?? "");

/** @param {Entry | null} entry */
const day = entry => dayOf(entry?.values.happened_at);

/**
 * @param {Listed} listed
 * @returns {Place}
 */
const placeOf = ([rank, entry]) => [rank, orderOf(entry)];

/** @param {Place} place */
const told = ([rank, [when, id]]) => `${rank}~${when}~${id}`;

/**
 * @param {string} text
 * @returns {Place | null}
 */
function placeIn(text) {
  const found = PLACE.exec(text);
  return found && [Number(found[1] ?? 0), [Number(found[2]), found[3]]];
}
