/**
 * What each button on an entry's page does to its record. Twin: server/buttons.py.
 * @import { Action, Hand } from "./actions.js"
 * @import { Kind } from "./entries.js"
 * @import { Pairs } from "./forms.js"
 */

import { destroy, existing, keep, putInBin, rehearse, takeBack } from "./actions.js";
import { readEntry } from "./entries.js";
import { save } from "./record.js";
import { momentAfter } from "./writer.js";

/** @type {{[route: string]: (pairs: Pairs, hand: Hand, kind: Kind) => Action}} */
export const BUTTONS = {
  keep,
  rehearse,
  rest: (_, hand, kind) => putState("rested", hand, kind),
  wake: (_, hand, kind) => putState("", hand, kind),
  put_in_bin: (_, hand) => putInBin(hand),
  put_back: (_, hand) => takeBack(hand),
  shred: (_, hand) => destroy(hand),
};

/**
 * Let a trait rest ("rested"), or take it up again ("").
 * @param {string} state
 * @param {Hand} hand
 * @param {Kind} kind
 * @returns {Action}
 */
function putState(state, hand, kind) {
  return (record, name) => {
    const trait = existing(record);
    const entry = readEntry(trait, { [kind.kind]: kind });
    if (entry && (entry.values.state ?? "") === state) return trait;
    return save(trait, name, { state }, momentAfter(trait, hand));
  };
}
