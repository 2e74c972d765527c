/**
 * The neutral page that hiding leads to; nothing on it names the app. Twin: server/views/measures.py.
 * @import { Here } from "./frame.js"
 */

import { frame } from "./frame.js";

/**
 * A cook's table of measures, all of it in web/words.
 * @param {Here} here
 */
export function measuresPage(here) {
  return frame(here, here.words.measures.title);
}
