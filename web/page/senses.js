/**
 * 5-4-3-2-1 grounding, as it looks and sounds: one sense at a time, and a stone for each thing to be noticed.
 * @import { Guide } from "./guide.js"
 * @import { Frame } from "./pace.js"
 */

import { senseAt, startOf } from "./pace.js";

const [MIDDLE, APART] = [160, 56]; // in units of the picture
const TONE = { from: 196, to: 196, seconds: 1.5 };

/** @type {Guide} */
export const grounding = { at: senseAt, show, toneOf: () => TONE, startOf };

/**
 * @param {HTMLElement} root
 * @param {Frame} frame
 * @returns {string} what to read out
 */
function show(root, { sense, things, noticed }) {
  const lines = [...root.querySelectorAll("[data-sense]")];
  for (const [at, line] of lines.entries()) line.toggleAttribute("hidden", at !== sense);
  for (const [at, stone] of [...root.querySelectorAll("[data-stone]")].entries()) {
    stone.setAttribute("cx", String(MIDDLE + APART * (at - (things - 1) / 2)));
    stone.setAttribute("class", at < noticed ? "stone noticed" : "stone");
    stone.setAttribute("visibility", at < things ? "visible" : "hidden");
  }
  return lines[sense]?.textContent ?? "";
}
