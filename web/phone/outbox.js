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
import { renamed, takeNewName, toldOfAnotherLife } from "./writer.js";

/** @typedef {{id: string, saves: number, body: string}} Push one record on its way, and which of its saves that was */
/** @typedef {{epoch: string | null, cursor: number, push: Push[]}} Outbox */
/** @typedef {{id: string, saves: number} & Refusal} Refused a record that is kept here with the reason */
/**
 * @typedef {{v: 1, epoch: string, cursor: number, more: boolean, records: Record[],
 *   refused: ({id: string} & Refusal)[]}} Answer
 */
/** @typedef {{received: number, waiting: number, renamed: boolean}} Applied how many came, how many wait */

const MOST_CHARACTERS = 1_000_000; // in one push; a single record has at most 64 KiB

/**
 * What the next request says: how far this replica is, and at most so many of the records that wait.
 * A row that can't be written as a record is refused here, so that it holds up no other.
 * @param {Database} database
 * @param {number} most
 * @returns {Promise<Outbox>}
 */
export async function take(database, most) {
  const [state, rows] = await database.read(["records", "state"], tx => {
    const waiting = most ? tx.objectStore("records").index("dirty").getAll(null, most) : []; // 0 would mean all
    return Promise.all([tx.objectStore("state").get("exchange"), waiting]);
  });
  const { push, broken } = packed(rows);
  if (broken.length) {
    await refuse(database, broken);
    return take(database, most);
  }
  return { epoch: state?.epoch ?? null, cursor: state?.cursor ?? 0, push };
}

/**
 * Takes an answer in, whole or not at all: the cursor never passes a record that is not here.
 * @param {Database} database
 * @param {Push[]} push
 * @param {Answer} answer
 * @param {Kinds} kinds
 * @param {number} now ms since the epoch
 * @returns {Promise<Applied>}
 */
export function apply(database, push, answer, kinds, now) {
  return database.write(["records", "state"], async tx => {
    const before = await tx.objectStore("state").get("exchange");
    const held = await heldRows(tx, answer.records);
    const forgotten = new Set(answer.records.filter(each => isForgotten(held.get(each.id), each)).map(({ id }) => id));
    const refused = new Map(answer.refused.map(({ id, code, detail }) => [id, { code, detail }]));
    await settle(
      tx,
      push.filter(({ id }) => !forgotten.has(id)),
      refused,
    );
    if (forgotten.size || answer.epoch !== before?.epoch) await renameUnsent(tx);
    const received = await replace(tx, answer.records, held, kinds);
    const waiting = await tx.objectStore("records").index("dirty").count();
    const { epoch, cursor, more } = answer;
    const synced_at = more || waiting ? (before?.synced_at ?? 0) : now; // y-websocket #81: synced is after the last page
    await tx.objectStore("state").put({ key: "exchange", epoch, cursor, synced_at });
    return { received, waiting, renamed: forgotten.size > 0 };
  });
}

/**
 * Keeps records that the server will not take, with the reason, until they are saved again.
 * @param {Database} database
 * @param {Refused[]} refused
 */
export function refuse(database, refused) {
  const reasons = new Map(refused.map(({ id, code, detail }) => [id, { code, detail }]));
  return database.write(["records"], tx => settle(tx, refused, reasons));
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

/** @param {Row[]} rows */
function packed(rows) {
  /** @type {Push[]} */
  const push = [];
  /** @type {Refused[]} */
  const broken = [];
  let characters = 0;
  for (const { id, saves, record } of rows) {
    const { body, error } = written(record);
    if (!body) {
      broken.push({ id, saves, code: "bad_record", detail: String(error) });
      continue;
    }
    characters += body.length;
    if (push.length && characters > MOST_CHARACTERS) break;
    push.push({ id, saves, body });
  }
  return { push, broken };
}

/**
 * @param {Record} record
 * @returns {{body?: string, error?: unknown}}
 */
function written(record) {
  try {
    return { body: encode(record) };
  } catch (error) {
    return { error };
  }
}

/**
 * The rows of returned records that may hold words which the server has not, by id.
 * @param {Transaction} tx
 * @param {Record[]} returned
 * @returns {Promise<Map<string, Row>>}
 */
async function heldRows(tx, returned) {
  if (!returned.length) return new Map();
  const records = tx.objectStore("records");
  const keys = await Promise.all([records.index("dirty").getAllKeys(), records.index("refused").getAllKeys()]);
  const ids = new Set(/** @type {string[]} */ (keys.flat()));
  const rows = await Promise.all(returned.filter(({ id }) => ids.has(id)).map(({ id }) => records.get(id)));
  return new Map(rows.map(row => [row.id, row]));
}

/**
 * Whether the server has had a save of this device's that this copy of it never made.
 * @param {Row | undefined} row
 * @param {Record} record
 */
const isForgotten = (row, record) => Boolean(row?.unsent && toldOfAnotherLife(row.unsent, record.seen));

/**
 * This copy may have been set back, or has a twin: what it has not sent yet goes under a name that nobody had before.
 * @param {Transaction} tx
 */
async function renameUnsent(tx) {
  const name = await takeNewName(tx);
  const records = tx.objectStore("records");
  const rows = await Promise.all([records.index("dirty").getAll(), records.index("refused").getAll()]);
  await Promise.all(rows.flat().map(row => records.put(renamed(row, name))));
}

/**
 * What was pushed is the server's now, or refused by it; a record that was saved again meanwhile still waits.
 * @param {Transaction} tx
 * @param {{id: string, saves: number}[]} push
 * @param {Map<string, Refusal>} refusals
 */
async function settle(tx, push, refusals) {
  const records = tx.objectStore("records");
  const settleOne = async (/** @type {{id: string, saves: number}} */ { id, saves }) => {
    /** @type {Row | undefined} */
    const row = await records.get(id);
    if (row?.saves !== saves) return;
    const { dirty: _, unsent, ...settled } = row;
    const refused = refusals.get(id);
    await records.put(refused ? { ...settled, unsent, refused } : settled);
  };
  await Promise.all(push.map(settleOne));
}

/**
 * @param {Transaction} tx
 * @param {Record[]} returned
 * @param {Map<string, Row>} held
 * @param {Kinds} kinds
 */
async function replace(tx, returned, held, kinds) {
  const records = tx.objectStore("records");
  const replaceOne = async (/** @type {Record} */ record) => {
    /** @type {Row | undefined} */
    const row = held.has(record.id) ? await records.get(record.id) : undefined; // as it was settled
    if (row?.dirty) return 0; // the server's answer to its next push brings the join
    if (row?.refused) {
      const { refused: _, ...again } = row;
      await records.put({ ...again, dirty: 1 }); // joined with what is new there, it may fit
      return 0;
    }
    await records.put(cleanRow(record, row?.saves ?? 0, kinds));
    return 1;
  };
  const replaced = await Promise.all(returned.map(replaceOne));
  return replaced.filter(Boolean).length;
}
