/**
 * A journal on its way to this device: how much of it is here, in words. Only the pages of one browser hear of it.
 * @import { Arrival } from "./exchange.js"
 * @import { Shell } from "./shell.js"
 */

import { tellPages } from "./changes.js";
import { languageOf } from "./choices.js";
import { count, fill } from "./words.js";

/** What pages are told while a journal comes that takes more than one answer. */
export class Arrivals {
  #isTold = false;
  newest = 0; // the journal's newest number, as far as it is known

  /**
   * @param {ServiceWorkerGlobalScope} scope
   * @param {Shell} shell
   */
  constructor(scope, shell) {
    this.scope = scope;
    this.shell = shell;
  }

  /** @param {Arrival | null} arrival */
  async tell(arrival) {
    if (!arrival && !this.#isTold) return;
    this.#isTold = arrival !== null;
    const text = arrival ? arrivalText(arrival, this.newest, this.shell.words[await languageOf(this.shell)]) : "";
    await tellPages(this.scope, { type: "arriving", text });
  }
}

/**
 * How much is here. A number counts changes rather than entries, so its share is an estimate.
 * @param {Arrival} arrival
 * @param {number} newest
 * @param {import("./words.js").Words} words
 */
export function arrivalText({ entries, cursor }, newest, words) {
  const values = { entries: count(words.counts.entries, entries, words) };
  if (cursor >= newest) return fill(words.arriving.some, values);
  return fill(words.arriving.part, { ...values, percent: String(Math.floor((100 * cursor) / newest)) });
}
