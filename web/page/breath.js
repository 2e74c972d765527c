/**
 * Paced breathing, as it looks and sounds. A breath out that is longer than the one in slows the heart
 * (Balban and others 2023).
 * @import { Guide } from "./guide.js"
 * @import { Frame, Pace } from "./pace.js"
 */

import { fill } from "../phone/words.js";
import { breathAt } from "./pace.js";

const [EMPTY, FULL, STILL] = [44, 104, 92]; // radii in units of the picture; still, there is room for the words
const [LOW, HIGH] = [147, 196]; // Hz

/** @type {Guide} */
export const breathing = { at: breathAt, show, toneOf, startOf: () => null };

/**
 * @param {HTMLElement} root
 * @param {Frame} breath
 * @param {boolean} isStill
 * @returns {string} what to read out
 */
function show(root, { part, fullness, second, round, rounds }, isStill) {
  const word = root.dataset[part] ?? "";
  root.querySelector("[data-air]")?.setAttribute("r", String(isStill ? STILL : EMPTY + (FULL - EMPTY) * fullness));
  const counted = fill(root.dataset.round ?? "", { round: String(round), rounds: String(rounds) });
  for (const [name, text] of Object.entries({ part: word, second: String(second), round: counted })) {
    const place = root.querySelector(`[data-shows="${name}"]`);
    if (place && place.textContent !== text) place.textContent = text;
  }
  return word;
}

/**
 * @param {Frame} breath
 * @param {Pace} pace
 */
function toneOf({ part }, { in: inhale, out: exhale }) {
  return part === "in" ? { from: LOW, to: HIGH, seconds: inhale } : { from: HIGH, to: LOW, seconds: exhale };
}
