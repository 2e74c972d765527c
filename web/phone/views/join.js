/**
 * The question whether words of no account join a journal. Only a phone asks it: a server has no such words.
 * @import { Context, Here } from "./frame.js"
 */

import { fill } from "../words.js";
import { frame } from "./frame.js";

/**
 * @param {Here} here
 * @param {{held: string, email: string, next: string, isFirst: boolean}} asked how much is here, whose journal it is about,
 *   where to go then, and whether this comes right after signing in
 * @returns {Context}
 */
export function joinPage(here, { held, email, next, isFirst }) {
  const words = here.words.joining;
  return {
    ...frame(here, words.title),
    question: fill(words.question, { held, email }),
    apart_means: fill(words.apart_means, { email }),
    next,
    is_first: isFirst,
  };
}
