/**
 * How traits set each other off: a picture with whole numbers alone, and the same as a list. Twin: server/views/trait_map.py.
 * @import { Entry } from "../entries.js"
 * @import { Journal } from "../journal.js"
 * @import { Words } from "../words.js"
 * @import { Context } from "./frame.js"
 */

import { shorten } from "../text.js";
import { digits } from "../words.js";
import { othersSetOff } from "./chain.js";
import { titleOf, urlOf } from "./items.js";
import { isRested } from "./notice.js";

const MOST_DRAWN = 12;
const MOST_NAMED = 6; // more names than these would run into each other
const MOST_LESSONS = 200;
const SHORT = 12; // code points of a name in the picture
const [CENTRE, RADIUS, NODE, GAP] = [180, 118, 19, 5]; // of the circle, of a trait on it, and before an arrow's tip; in its units
const ROUND = 60; // steps round the circle, of 6° each
const SINES = [0, 105, 208, 309, 407, 500, 588, 669, 743, 809, 866, 914, 951, 978, 995, 1000]; // thousandths, to a quarter

/** @typedef {Map<string, Entry[]>} Edges */
/** @typedef {[number, number]} Place */

/**
 * The traits round a circle, those with links first, and an arrow from each to what it sets off.
 * @param {Entry[]} traits
 * @param {Journal} journal
 * @param {Words} words
 * @returns {Promise<Context>}
 */
export async function traitMap(traits, journal, words) {
  const edges = await edgesOf(traits, journal);
  const tied = new Set([...edges.values()].flat().map(other => other.id));
  for (const [id, others] of edges) if (others.length) tied.add(id);
  const ordered = [...traits.filter(({ id }) => tied.has(id)), ...traits.filter(({ id }) => !tied.has(id))];
  const drawn = ordered.slice(0, MOST_DRAWN);
  const places = new Map(drawn.map(({ id }, at) => [id, placeOf(at, drawn.length)]));
  const lines = ordered.map((trait, at) => lineOf(at + 1, trait, edges, words));
  return {
    nodes: drawn.map((trait, at) => nodeOf(at + 1, trait, places, words)),
    arrows: drawn.flatMap(({ id }) =>
      othersOf(edges, id)
        .filter(other => places.has(other.id))
        .map(other => arrow(placeIn(places, id), placeIn(places, other.id))),
    ),
    lines: lines.slice(0, MOST_DRAWN),
    rest: lines.slice(MOST_DRAWN),
    is_tied: tied.size > 0,
  };
}

/**
 * What each trait sets off, as the newest lessons say.
 * @param {Entry[]} traits
 * @param {Journal} journal
 * @returns {Promise<Edges>}
 */
async function edgesOf(traits, journal) {
  /** @type {Edges} */
  const edges = new Map(traits.map(({ id }) => [id, []]));
  for (const lesson of await journal.ofKind("lesson", MOST_LESSONS)) {
    const found = edges.get(lesson.values.trait_id ?? "");
    if (!found) continue;
    const seen = new Set(found.map(({ id }) => id));
    const others = await othersSetOff(lesson, journal);
    found.push(...others.filter(({ id }) => edges.has(id) && !seen.has(id)));
  }
  return edges;
}

/**
 * @param {number} number
 * @param {Entry} trait
 * @param {Map<string, Place>} places
 * @param {Words} words
 */
function nodeOf(number, trait, places, words) {
  const [x, y] = placeIn(places, trait.id);
  return {
    number: digits(number, words),
    x,
    y,
    number_y: y + 6,
    name_y: y > CENTRE ? y + NODE + 18 : y - NODE - 9, // outside, where no arrow comes from
    short: places.size <= MOST_NAMED ? shorten(titleOf(trait, words), SHORT) : "",
    rested: isRested(trait),
  };
}

/**
 * @param {number} number
 * @param {Entry} trait
 * @param {Edges} edges
 * @param {Words} words
 */
function lineOf(number, trait, edges, words) {
  return {
    number: digits(number, words),
    url: urlOf(trait),
    name: titleOf(trait, words),
    sets_off: othersOf(edges, trait.id).map(other => ({ url: urlOf(other), name: titleOf(other, words) })),
  };
}

/**
 * Evenly round the circle from the top; two face each other, and one stands alone in the middle.
 * @param {number} at
 * @param {number} all
 * @returns {Place}
 */
function placeOf(at, all) {
  if (all === 1) return [CENTRE, CENTRE];
  const step = Math.floor((at * ROUND) / all) + (all === 2 ? (ROUND * 3) / 4 : 0);
  const [x, y] = [sine(step), sine(step + ROUND / 4)];
  return [CENTRE + Math.floor((RADIUS * x) / 1000), CENTRE - Math.floor((RADIUS * y) / 1000)];
}

/** @param {number} step */
function sine(step) {
  const [quarter, within] = [Math.floor((step % ROUND) / (ROUND / 4)), step % (ROUND / 4)];
  const number = SINES[quarter % 2 ? ROUND / 4 - within : within];
  return quarter > 1 ? -number : number;
}

/**
 * A curve that bends to its own right, so that the way back is another curve; it stops short of both circles.
 * @param {Place} start
 * @param {Place} end
 */
function arrow(start, end) {
  const [[x, y], [toX, toY]] = [start, end];
  const bendX = Math.floor((x + toX) / 2) + Math.floor((y - toY) / 6);
  const bendY = Math.floor((y + toY) / 2) + Math.floor((toX - x) / 6);
  const [fromX, fromY] = towards(start, [bendX, bendY], NODE);
  const [tipX, tipY] = towards(end, [bendX, bendY], NODE + GAP);
  return `M${fromX} ${fromY}Q${bendX} ${bendY} ${tipX} ${tipY}`;
}

/**
 * @param {Place} start
 * @param {Place} end
 * @param {number} distance
 * @returns {Place}
 */
function towards(start, end, distance) {
  const [x, y] = [end[0] - start[0], end[1] - start[1]];
  const length = Math.max(1, Math.floor(Math.sqrt(x * x + y * y))); // exact: IEEE 754 rounds a root as it rounds a sum
  return [start[0] + Math.floor((x * distance) / length), start[1] + Math.floor((y * distance) / length)];
}

/**
 * @param {Edges} edges
 * @param {string} id
 */
const othersOf = (edges, id) => edges.get(id) ?? [];

/**
 * @param {Map<string, Place>} places
 * @param {string} id
 */
const placeIn = (places, id) => places.get(id) ?? [CENTRE, CENTRE];
