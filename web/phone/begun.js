/**
 * In whose journal a form was begun: another tab may have opened somebody else's since.
 * @import { Pairs } from "./forms.js"
 * @import { Host } from "./host.js"
 */

import { last } from "./forms.js";
import { replicaOf } from "./replica.js";
import { fill } from "./words.js";
import { isNobodys } from "./writer.js";

/**
 * What is said of a form that was begun in another journal than the current one, which it must not get into; else "".
 * @param {Pairs} pairs
 * @param {Host} host
 */
export async function begunElsewhere(pairs, { replica, words }) {
  const begun = last(pairs, "journal");
  if (["", replica.account, replica.device].includes(begun)) return ""; // what a script sends names none
  const theirs = await replicaOf(begun);
  if (theirs?.device === replica.device) return "";
  if (!theirs && replica.account === null && isNobodys(begun)) return ""; // the browser threw that one away for room
  return theirs?.email ? fill(words.errors.journal_of, { email: theirs.email }) : words.errors.other_journal;
}
