/**
 * What waits to be sent, and what the server's answer does to it. The phone never joins: a returned record
 * replaces the row here, unless the row holds words that the server has not.
 * @import { Database, Transaction } from "./database.js"
 * @import { Kinds } from "./entries.js"
 * @import { Record } from "./record.js"
 * @import { Refusal, Row } from "./rows.js"
 */

import { encode } from "./record.js";
import { cleanRow } from "./rows.js";

/** @typedef {{id: string, saves: number, body: string}} Push one record on its way, and which of its saves that was */
/** @typedef {{epoch: string | null, cursor: number, push: Push[]}} Outbox */
/**
 * @typedef {{v: 1, epoch: string, cursor: number, more: boolean, records: Record[],
 *   refused: ({id: string} & Refusal)[]}} Answer
 */

const MOST_CHARACTERS = 1_000_000; // in one push; a single record has at most 64 KiB

/**
 * What the next request says: how far this replica is, and at most so many of the records that wait.
 * @param {Database} database
 * @param {number} most
 * @returns {Promise<Outbox>}
 */
export async function take(database, most) {
  const [state, rows] = await database.read(["records", "state"], tx =>
    Promise.all([tx.objectStore("state").get("exchange"), tx.objectStore("records").index("dirty").getAll(null, most)]),
  );
  return { epoch: state?.epoch ?? null, cursor: state?.cursor ?? 0, push: packed(rows) };
}

/**
 * Takes an answer in, whole or not at all: the cursor never passes a record that is not here.
 * @param {Database} database
 * @param {Push[]} push
 * @param {Answer} answer
 * @param {Kinds} kinds
 * @param {number} now ms since the epoch
 * @returns {Promise<{received: number, waiting: number}>}
 */
export function apply(database, push, answer, kinds, now) {
  return database.write(["records", "state"], async tx => {
    await settle(tx, push, answer.refused);
    const received = await replace(tx, answer.records, kinds);
    const { epoch, cursor } = answer;
    await tx.objectStore("state").put({ key: "exchange", epoch, cursor, synced_at: now });
    return { received, waiting: await tx.objectStore("records").index("dirty").count() };
  });
}

/**
 * Keeps a record that the server will not take, with the reason.
 * @param {Database} database
 * @param {Push} push
 * @param {Refusal} refusal
 */
export function refuse(database, push, refusal) {
  return database.write(["records"], tx => settle(tx, [push], [{ id: push.id, ...refusal }]));
}

/**
 * Forgets how far this replica was, and sends everything again: the server lost some of what it had.
 * @param {Database} database
 */
export function startOver(database) {
  return database.write(["records", "state"], async tx => {
    const records = tx.objectStore("records");
    await tx.objectStore("state").delete("exchange");
    const rows = await records.getAll();
    await Promise.all(rows.map(({ refused: _, ...row }) => records.put({ ...row, dirty: 1 })));
  });
}

/**
 * @param {Row[]} rows
 * @returns {Push[]}
 */
function packed(rows) {
  const push = [];
  let characters = 0;
  for (const { id, saves, record } of rows) {
    const body = encode(record);
    characters += body.length;
    if (push.length && characters > MOST_CHARACTERS) break;
    push.push({ id, saves, body });
  }
  return push;
}

/**
 * What was pushed is the server's now, or refused by it; a record that was saved again meanwhile still waits.
 * @param {Transaction} tx
 * @param {Push[]} push
 * @param {({id: string} & Refusal)[]} refusals
 */
async function settle(tx, push, refusals) {
  const records = tx.objectStore("records");
  const refused = new Map(refusals.map(({ id, code, detail }) => [id, { code, detail }]));
  const settleOne = async (/** @type {Push} */ { id, saves }) => {
    /** @type {Row | undefined} */
    const row = await records.get(id);
    if (row?.saves !== saves) return;
    const { dirty: _, ...settled } = row;
    const refusal = refused.get(id);
    await records.put(refusal ? { ...settled, refused: refusal } : settled);
  };
  await Promise.all(push.map(settleOne));
}

/**
 * @param {Transaction} tx
 * @param {Record[]} returned
 * @param {Kinds} kinds
 */
async function replace(tx, returned, kinds) {
  const records = tx.objectStore("records");
  const replaceOne = async (/** @type {Record} */ record) => {
    /** @type {Row | undefined} */
    const row = await records.get(record.id);
    if (row?.dirty || row?.refused) return 0; // the server's answer to its next push brings the join
    await records.put(cleanRow(record, row?.saves ?? 0, kinds));
    return 1;
  };
  const replaced = await Promise.all(returned.map(replaceOne));
  return replaced.filter(Boolean).length;
}
