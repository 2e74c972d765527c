/**
 * Words change their replica: from the one of no account into an account's.
 * @import { Transaction } from "./database.js"
 * @import { Vector } from "./record.js"
 * @import { Row } from "./rows.js"
 * @import { Rows } from "./tally.js"
 */

import { replicaDatabase } from "./database.js";
import { changeRows } from "./tally.js";

/**
 * Brings what was written without an account into a replica that the account already had here.
 * Ids made on two replicas differ: a row that is there was moved before, when a worker was stopped in the middle.
 * @param {string} from
 * @param {string} to
 */
export async function moveWords(from, to) {
  const [records, drafts] = await replicaDatabase(from).read(["records", "drafts"], tx =>
    Promise.all([tx.objectStore("records").getAll(), tx.objectStore("drafts").getAll()]),
  );
  await changeRows(replicaDatabase(to), ["drafts"], async (tx, rows) => {
    await Promise.all(records.map(row => move(rows, row)));
    await Promise.all(drafts.map(draft => addMissing(tx, draft)));
  });
}

/**
 * @param {Rows} rows
 * @param {Row} row
 */
async function move(rows, row) {
  const there = (await rows.add({ ...row, dirty: 1 })) ? undefined : await rows.get(row.id);
  if (!there || !knows(row.record.seen, there.record.seen)) return;
  await rows.put({ ...row, dirty: 1, saves: there.saves + 1 }, there); // saved again since
}

/**
 * Whether one vector covers all of the other.
 * @param {Vector} seen
 * @param {Vector} other
 */
function knows(seen, other) {
  return Object.entries(other).every(([by, at]) => (seen[by] ?? 0) >= at);
}

/**
 * @param {Transaction} tx
 * @param {{path: string}} draft
 */
async function addMissing(tx, draft) {
  const drafts = tx.objectStore("drafts");
  if (!(await drafts.getKey(draft.path))) await drafts.put(draft);
}
