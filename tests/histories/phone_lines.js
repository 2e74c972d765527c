/**
 * Phones for tests/histories/phone.py: their own modules over what stands for IndexedDB under Node. Commands come a
 * line each, and each is answered with a line. An exchange says first what it sends, and waits for the answer's line.
 * @import { Database } from "../../web/phone/database.js"
 * @import { Fields, Record, Vector } from "../../web/phone/record.js"
 * @import { Writer } from "../../web/phone/writer.js"
 */

import { createInterface } from "node:readline";
import { gunzipSync } from "node:zlib";
import { registry, replicaDatabase } from "../../web/phone/database.js";
import { Exchange } from "../../web/phone/exchange.js";
import { Journal } from "../../web/phone/journal.js";
import { encode, isDeleted, newRecord, putBack, read, remove, save, shred } from "../../web/phone/record.js";
import { adopt, currentReplica } from "../../web/phone/replica.js";
import { inTodaysNames, momentAfter, randomStep, writerOf } from "../../web/phone/writer.js";
import { newBrowser, openBrowser } from "../web/browser.js";

/** @typedef {{do: string, id: string, kind: string, fields: Fields, now: number, base: Vector | null, box: string}} Task */
/** @typedef {{[store: string]: any[]}} Stores */

const REGISTRY = ["replicas", "here"];
const REPLICA = ["records", "state", "drafts"];

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const { kinds } = JSON.parse((await lines.next()).value ?? "");
/** @type {Phone[]} */
let phones = [];
/** @type {Phone | undefined} */
let inFront;
/** @type {(answer: {status: number, body: string}) => void} */
let answered = () => {};

class Phone {
  browser = newBrowser();
  exchange = this.#start();

  /** The worker is stopped and started: what it knew by heart is gone. */
  restart() {
    inFront = undefined;
    this.exchange = this.#start();
  }

  /** @param {string} account */
  adopt(account) {
    return adopt(account, "mara@example.org");
  }

  /** @param {Task} task */
  async perform(task) {
    const { device } = await currentReplica();
    const journal = new Journal(replicaDatabase(device), kinds);
    await journal.change(task.id, (record, name, writer) => {
      if (!record && task.do !== "save" && task.do !== "seal") return newRecord(task.id, task.kind);
      return performed(record ?? newRecord(task.id, task.kind), name, writer, task);
    });
  }

  /** Everything that the browser keeps. */
  async copy() {
    const kept = await all(registry(), REGISTRY);
    const devices = kept.replicas?.map(({ device }) => /** @type {string} */ (device)) ?? [];
    const replicas = devices.map(
      async device => /** @type {const} */ ([device, await all(replicaDatabase(device), REPLICA)]),
    );
    return { kept, replicas: await Promise.all(replicas) };
  }

  /** @param {Awaited<ReturnType<Phone["copy"]>>} copy */
  async restore({ kept, replicas }) {
    this.browser = newBrowser();
    this.restart();
    bringToFront(this);
    await fill(registry(), kept);
    for (const [device, stores] of replicas) await fill(replicaDatabase(device), stores);
  }

  /** What a history has to know: every row, and who writes. */
  async state() {
    const { device } = await currentReplica();
    const [rows, writer] = await replicaDatabase(device).read(["records", "state"], tx =>
      Promise.all([tx.objectStore("records").getAll(), writerOf(tx)]),
    );
    const held = rows.map(row => [row.id, encode(row.record), row.saves, Boolean(row.dirty), Boolean(row.refused)]);
    return { held, writer: writer.name };
  }

  #start() {
    return new Exchange({ kinds, send: (_, init) => send(this, init), now: Date.now });
  }
}

/** @type {{[name: string]: (told: any) => Promise<any>}} */
const commands = {
  async open({ count, account }) {
    phones = Array.from({ length: count }, () => new Phone());
    for (const n of phones.keys()) await phoneOf(n).adopt(account);
  },
  perform: ({ device, task }) => phoneOf(device).perform(task),
  exchange: ({ device }) => phoneOf(device).exchange.run(),
  restart: async ({ device }) => phoneOf(device).restart(),
  adopt: ({ device, account }) => phoneOf(device).adopt(account),
  copy: async ({ device }) => ({ copy: await phoneOf(device).copy() }),
  restore: ({ device, copy }) => phoneOf(device).restore(copy),
};

for await (const line of { [Symbol.asyncIterator]: () => lines }) {
  const told = JSON.parse(line);
  if ("status" in told) answered(told);
  else void obey(told); // an exchange goes on while others are told
}

/** @param {any} told */
async function obey(told) {
  try {
    const done = await commands[told.command]?.(told);
    const state = "device" in told ? await phoneOf(told.device).state() : {};
    say({ ...done, ...state });
  } catch (error) {
    say({ error: error instanceof Error ? error.stack : String(error) });
  }
}

/**
 * @param {Phone} phone
 * @param {RequestInit} init
 */
async function send(phone, { headers, body }) {
  const isPacked = /** @type {Headers} */ (headers).get("Content-Encoding") === "gzip";
  const asks = isPacked ? gunzipSync(/** @type {ArrayBuffer} */ (body)).toString() : body;
  say({ asks, ...(await phone.state()) });
  /** @type {{status: number, body: string}} */
  const answer = await new Promise(resolve => {
    answered = resolve;
  });
  if (!answer.status) throw new TypeError("no network");
  return new Response(answer.body, { status: answer.status });
}

/** @param {number} device */
function phoneOf(device) {
  const phone = /** @type {Phone} */ (phones[device]);
  bringToFront(phone);
  return phone;
}

/** @param {Phone} phone */
function bringToFront(phone) {
  if (inFront !== phone) openBrowser(phone.browser);
  inFront = phone;
}

/** @param {object} told */
function say(told) {
  console.log(JSON.stringify(told));
}

/**
 * @param {Record} record
 * @param {string} name
 * @param {Writer} writer
 * @param {Task} task
 */
function performed(record, name, writer, { do: what, fields, now, base, box }) {
  const at = momentAfter(record, { now, step: randomStep() });
  const seen = base ? inTodaysNames(base, writer) : undefined;
  switch (what) {
    case "save":
      return save(record, name, fields, at, seen);
    case "seal":
      return sealed(save(record, name, fields, at, seen), name, box);
    case "delete":
      return remove(record, name, at);
    case "put back":
      return putBack(record, name, at);
    case "shred":
      return isDeleted(record) ? shred(record) : record;
    default:
      return kept(record, name, /** @type {string} */ (Object.keys(fields)[0]), at);
  }
}

/**
 * Keeps the last of a field's rivals.
 * @param {Record} record
 * @param {string} name
 * @param {string} field
 * @param {number} at
 */
function kept(record, name, field, at) {
  const rival = read(record)[field]?.rivals.at(-1);
  return rival ? save(record, name, { [field]: rival.value }, at) : record;
}

/**
 * Puts the latest save into a box; the phone itself seals nothing yet.
 * @param {Record} record
 * @param {string} name
 * @param {string} box
 * @returns {Record}
 */
function sealed(record, name, box) {
  const writes = record.writes.map(({ by, at, set, ...rest }) =>
    by === name && at === record.seen[name]
      ? { by, at, keys: Object.keys(set ?? {}), box }
      : { by, at, ...(set && { set }), ...rest },
  );
  return { ...record, writes };
}

/**
 * @param {Database} database
 * @param {string[]} stores
 * @returns {Promise<Stores>}
 */
async function all(database, stores) {
  const rows = await database.read(stores, tx => Promise.all(stores.map(store => tx.objectStore(store).getAll())));
  return Object.fromEntries(stores.map((store, n) => [store, rows[n] ?? []]));
}

/**
 * @param {Database} database
 * @param {Stores} stores
 */
function fill(database, stores) {
  return database.write(Object.keys(stores), tx =>
    Promise.all(Object.entries(stores).flatMap(([store, rows]) => rows.map(row => tx.objectStore(store).put(row)))),
  );
}
