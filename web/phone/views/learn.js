/**
 * Short pages on why this works, in the order of the words. Twin: server/views/learn.py.
 * @import { Context, Here } from "./frame.js"
 */

import { Gone } from "../actions.js";
import { fill } from "../words.js";
import { frame } from "./frame.js";

/**
 * What there is to read.
 * @param {Here} here
 * @returns {Context}
 */
export function learnPage(here) {
  return {
    ...frame(here, here.words.titles.learn),
    readings: Object.keys(here.words.learn).map(slug => linkTo(slug, here)),
  };
}

/**
 * One page, the one before it and the one after it.
 * @param {string} slug
 * @param {Here} here
 * @returns {Context}
 */
export function readingPage(slug, here) {
  const slugs = Object.keys(here.words.learn);
  const at = slugs.indexOf(slug);
  if (at < 0) throw new Gone();
  const page = here.words.learn[slug];
  return {
    ...frame(here, page.title),
    slug,
    place: fill(here.words.reading.place, { number: String(at + 1), count: String(slugs.length) }),
    short: page.short,
    drawn: page.picture ?? "",
    marks: page.marks ?? [],
    parts: page.parts,
    sources: page.sources.map((/** @type {{text: string, url?: string}} */ { text, url = "" }) => ({ text, url })),
    before: at ? linkTo(slugs[at - 1], here) : null,
    after: at + 1 < slugs.length ? linkTo(slugs[at + 1], here) : null,
  };
}

/**
 * @param {string} slug
 * @param {Here} here
 */
function linkTo(slug, here) {
  const { title, short } = here.words.learn[slug];
  return { slug, url: `/learn/${slug}`, title, short };
}
