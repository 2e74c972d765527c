/** Where a timed guide is after so many milliseconds. */

/** @typedef {{[slider: string]: number}} Pace what the guide's sliders say */
/** @typedef {{part: string, isDone: boolean} & {[more: string]: any}} Frame `part` is what is to be done now */

const THINGS = [5, 4, 3, 2, 1]; // to see, to feel, to hear, to smell, to taste

/**
 * Where a breath is. Whole breaths only: the last one is let out.
 * @param {number} elapsed
 * @param {Pace} pace `in` and `out` in seconds
 */
export function breathAt(elapsed, { in: inhale, out: exhale, minutes }) {
  const length = 1000 * (inhale + exhale);
  const rounds = Math.ceil((60_000 * minutes) / length);
  const isDone = elapsed >= rounds * length;
  const at = isDone ? length : elapsed % length;
  const isIn = at < 1000 * inhale;
  const [into, seconds] = isIn ? [at, inhale] : [at - 1000 * inhale, exhale];
  const way = (1 - Math.cos((Math.PI * into) / (1000 * seconds))) / 2; // a breath has no corners
  return {
    part: isIn ? "in" : "out",
    isDone,
    second: Math.min(1 + Math.floor(into / 1000), seconds),
    fullness: isIn ? way : 1 - way,
    round: Math.min(1 + Math.floor(elapsed / length), rounds),
    rounds,
  };
}

/**
 * Which sense it is the turn of, and how many of its things there was time for.
 * @param {number} elapsed
 * @param {Pace} pace `each` is seconds for one thing
 */
export function senseAt(elapsed, { each }) {
  let noticed = Math.floor(elapsed / (1000 * each));
  for (const [sense, things] of THINGS.entries()) {
    if (noticed < things) return { part: String(sense), isDone: false, sense, things, noticed };
    noticed -= things;
  }
  const last = THINGS.length - 1;
  return { part: String(last), isDone: true, sense: last, things: THINGS[last], noticed: THINGS[last] };
}

/**
 * When the sense before or after begins, in ms.
 * @param {Frame} frame
 * @param {Pace} pace
 * @param {number} by 1 for the next one, -1 for the one before
 */
export function startOf({ sense }, { each }, by) {
  const before = THINGS.slice(0, Math.max(sense + by, 0));
  return before.reduce((seconds, things) => seconds + each * things, 0) * 1000;
}
