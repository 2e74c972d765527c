/**
 * How long ago something was, in the largest unit that is over. Twin: server/ago.py; a page keeps it up to date with this.
 * @import { Words } from "./words.js"
 */

import { count } from "./words.js";

const MINUTE_MS = 60_000;

/**
 * So many minutes, hours or days ago; a clock that is ahead of ours says just now.
 * @param {number} ms
 * @param {Words} words
 * @returns {string}
 */
export function agoText(ms, words) {
  const [said, minutes] = [words.ago, Math.floor(ms / MINUTE_MS)];
  if (minutes < 1) return said.now;
  if (minutes < 60) return count(said.minutes, minutes, words);
  if (minutes < 24 * 60) return count(said.hours, Math.floor(minutes / 60), words);
  return count(said.days, Math.floor(minutes / (24 * 60)), words);
}

/**
 * The words that it takes, for a page's script.
 * @param {Words} words
 */
export function agoWords({ ago, numbers }) {
  return JSON.stringify({ ago, numbers });
}
