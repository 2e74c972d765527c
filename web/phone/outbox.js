/**
 * What waits to be sent, and what the server's answer does to it. The phone never joins: a returned record
 * replaces the row here, unless the row holds words that the server has not.
 * @import { Database } from "./database.js"
 * @import { Kinds } from "./entries.js"
 * @import { Record } from "./record.js"
 * @import { Refusal, Row } from "./rows.js"
 * @import { Rows } from "./tally.js"
 */

import { encode } from "./record.js";
import { cleanRow } from "./rows.js";
import { changeRows } from "./tally.js";
import { renamed, takeNewName, toldOfAnotherLife } from "./writer.js";

/** @typedef {{id: string, saves: number, body: string}} Push one record on its way, and which of its saves that was */
/** @typedef {{epoch: string | null, cursor: number, push: Push[]}} Outbox */
/** @typedef {{id: string, saves: number} & Refusal} Refused a record that is kept here with the reason */
/**
 * @typedef {{v: 1, epoch: string, cursor: number, more: boolean, records: Record[],
 *   refused: ({id: string} & Refusal)[]}} Answer
 */
/** @typedef {{received: number, waiting: number, entries: number, renamed: boolean}} Applied how many came, wait, are here */

const MOST_CHARACTERS = 1_000_000; // in one push; a single record has at most 64 KiB
const WRITTEN_AT_ONCE = 200; // records in one transaction: between two, what a page reads or saves has its turn
const FETCHED_AGAIN = /** @type {const} */ ({ durability: "relaxed" }); // what the disk loses of it, the server still has

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
 * Takes an answer in. The cursor comes with the last of it, and so never passes a record that is not here.
 * @param {Database} database
 * @param {Push[]} push
 * @param {Answer} answer
 * @param {Kinds} kinds
 * @param {number} now ms since the epoch
 * @returns {Promise<Applied>}
 */
export async function apply(database, push, answer, kinds, now) {
  const applied = { received: 0, waiting: 0, entries: 0, renamed: false };
  let writing = Promise.resolve(applied);
  for (const { returned, isLast } of inParts(answer.records, push)) {
    const rowsOfIt = returned.map(record => cleanRow(record, 0, kinds)); // made while the part before is written
    await writing;
    const part = isLast ? { push, answer } : { push: [], answer: null };
    writing = changeRows(database, [], (_, rows) => applyPart(rows, rowsOfIt, part, now, applied), FETCHED_AGAIN);
  }
  return writing;
}

/**
 * Keeps records that the server will not take, with the reason, until they are saved again.
 * @param {Database} database
 * @param {Refused[]} refused
 */
export function refuse(database, refused) {
  const reasons = new Map(refused.map(({ id, code, detail }) => [id, { code, detail }]));
  return changeRows(database, [], (_, rows) => settle(rows, refused, reasons));
}

/**
 * Forgets how far this replica was, and sends everything again: the server lost some of what it had.
 * @param {Database} database
 */
export function startOver(database) {
  return changeRows(database, [], async (tx, rows) => {
    await tx.objectStore("state").delete("exchange");
    const all = await rows.records.getAll();
    await Promise.all(all.map(({ refused: _, ...row }) => rows.put({ ...row, dirty: 1 }, row)));
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
 * An answer's records in parts that are each written at once. What answers a push is settled with it, in one.
 * @param {Record[]} records
 * @param {Push[]} push
 */
function* inParts(records, push) {
  let at = 0;
  for (; !push.length && records.length - at > WRITTEN_AT_ONCE; at += WRITTEN_AT_ONCE) {
    yield { returned: records.slice(at, at + WRITTEN_AT_ONCE), isLast: false };
  }
  yield { returned: records.slice(at), isLast: true };
}

/**
 * @param {Rows} rows
 * @param {Row[]} returned
 * @param {{push: Push[], answer: Answer | null}} part the last part has the answer, with what it says of the push
 * @param {number} now
 * @param {Applied} applied so far
 * @returns {Promise<Applied>}
 */
async function applyPart(rows, returned, { push, answer }, now, applied) {
  const state = rows.tx.objectStore("state");
  const before = await state.get("exchange");
  const held = await addNew(rows, returned);
  const forgotten = new Set(returned.filter(({ id, record }) => isForgotten(held.get(id), record)).map(({ id }) => id));
  const refused = new Map(answer?.refused.map(({ id, code, detail }) => [id, { code, detail }]));
  const known = push.filter(({ id }) => !forgotten.has(id));
  await settle(rows, known, refused);
  if (forgotten.size || (answer && answer.epoch !== before?.epoch)) await renameUnsent(rows);
  applied.received += returned.length - held.size + (await replace(rows, returned, held));
  applied.renamed ||= forgotten.size > 0;
  Object.assign(applied, await rows.tally());
  if (!answer) return applied;
  const { epoch, cursor, more } = answer;
  const synced_at = more || applied.waiting ? (before?.synced_at ?? 0) : now; // y-websocket #81: synced is after the last page
  await state.put({ key: "exchange", epoch, cursor, synced_at });
  return applied;
}

/**
 * Adds the rows of records that are new here, and gives the present rows of the others, by id.
 * @param {Rows} rows
 * @param {Row[]} returned
 * @returns {Promise<Map<string, Row>>}
 */
async function addNew(rows, returned) {
  const isNew = await Promise.all(returned.map(row => rows.add(row)));
  const held = await Promise.all(returned.filter((_, at) => !isNew[at]).map(({ id }) => rows.get(id)));
  return new Map(held.filter(row => row !== undefined).map(row => [row.id, row]));
}

/**
 * Whether the server has had a save of this device's that this copy of it never made.
 * @param {Row | undefined} row
 * @param {Record} record
 */
const isForgotten = (row, record) => Boolean(row?.unsent && toldOfAnotherLife(row.unsent, record.seen));

/**
 * This copy may have been set back, or has a twin: what it has not sent yet goes under a name that nobody had before.
 * @param {Rows} rows
 */
async function renameUnsent({ tx, records }) {
  const held = (await Promise.all([records.index("dirty").getAll(), records.index("refused").getAll()])).flat();
  const name = await takeNewName(tx, held);
  await Promise.all(held.map(row => records.put(renamed(row, name))));
}

/**
 * What was pushed is the server's now, or refused by it; a record that was saved again meanwhile still waits.
 * @param {Rows} rows
 * @param {{id: string, saves: number}[]} push
 * @param {Map<string, Refusal>} refusals
 */
async function settle(rows, push, refusals) {
  const settleOne = async (/** @type {{id: string, saves: number}} */ { id, saves }) => {
    const row = await rows.get(id);
    if (row?.saves !== saves) return;
    const { dirty: _, unsent, ...settled } = row;
    const refused = refusals.get(id);
    await rows.put(refused ? { ...settled, unsent, refused } : settled, row);
  };
  await Promise.all(push.map(settleOne));
}

/**
 * @param {Rows} rows
 * @param {Row[]} returned
 * @param {Map<string, Row>} held
 */
async function replace(rows, returned, held) {
  const replaceOne = async (/** @type {Row} */ row) => {
    const found = held.get(row.id);
    const before = found?.dirty || found?.refused ? await rows.get(row.id) : found; // as it was settled
    if (!before || before.dirty) return 0; // added; or the server's answer to its next push brings the join
    if (before.refused) {
      const { refused: _, ...again } = before;
      await rows.put({ ...again, dirty: 1 }, before); // joined with what is new there, it may fit
      return 0;
    }
    await rows.put({ ...row, saves: before.saves }, before);
    return 1;
  };
  const replaced = await Promise.all(returned.map(replaceOne));
  return replaced.filter(Boolean).length;
}
