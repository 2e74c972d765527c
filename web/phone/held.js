/**
 * How much a replica holds, in words.
 * @import { Kinds } from "./entries.js"
 * @import { Host } from "./host.js"
 * @import { Replica } from "./replica.js"
 * @import { Words } from "./words.js"
 */

import { replicaDatabase } from "./database.js";
import { journalOf } from "./draft_path.js";
import { Journal } from "./journal.js";
import { nobodysReplica } from "./replica.js";
import { count, fill } from "./words.js";
import { isNobodys } from "./writer.js";

/**
 * What lies in a replica of no account: how many records, how many half-typed forms that were begun without one, and
 * how many that a page of the server's began in an account's journal which is not `account`'s.
 * @param {string} device
 * @param {string} account
 */
export function holdings(device, account) {
  return replicaDatabase(device).read(["records", "drafts"], async tx => {
    const [records, drafts] = await Promise.all([tx.objectStore("records").count(), tx.objectStore("drafts").getAll()]);
    const begunIn = drafts.map(journalOf);
    const forms = begunIn.filter(journal => !journal || isNobodys(journal)).length;
    const theirs = begunIn.filter(journal => journal === account).length;
    return { records, forms, others: drafts.length - forms - theirs };
  });
}

/**
 * What is kept apart from an account's journal, to be told on /you; "" when nothing is.
 * @param {Host} host
 */
export async function apartText({ replica, words, shell }) {
  const own = replica.account === null ? undefined : await nobodysReplica();
  return own ? heldText(own, words, shell.kinds) : "";
}

/**
 * What a replica without an account holds: entries, those in the bin when there are no others, and half-typed forms.
 * @param {Replica} replica
 * @param {Words} words
 * @param {Kinds} kinds
 */
export async function heldText({ device }, words, kinds) {
  const journal = new Journal(replicaDatabase(device), kinds);
  const [entries, { records, forms }] = await Promise.all([journal.count(), holdings(device, "")]);
  return amountText(entries || records, forms, words);
}

/**
 * Entries and half-typed forms; "" when there are none of either.
 * @param {number} entries
 * @param {number} drafts
 * @param {Words} words
 */
export function amountText(entries, drafts, words) {
  const entriesText = count(words.counts.entries, entries, words);
  const forms = count(words.counts.drafts, drafts, words);
  if (entries && drafts) return fill(words.counts.both, { entries: entriesText, drafts: forms });
  return (entries && entriesText) || (drafts && forms) || "";
}
