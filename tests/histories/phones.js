/**
 * Phones for tests/histories/phone.py: the phone's own modules, each phone over a browser of its own. Node runs them
 * (phone_lines.js) and Chromium. They are told one thing at a time and say one thing back; an exchange says first what
 * it asks of the server, and goes on when it is told the answer.
 * @import { Database } from "../../web/phone/database.js"
 * @import { Kinds } from "../../web/phone/entries.js"
 * @import { Performed } from "./performed.js"
 * @typedef {typeof import("../../web/phone/database.js") & typeof import("../../web/phone/exchange.js")
 *   & typeof import("../../web/phone/journal.js") & typeof import("../../web/phone/record.js")
 *   & typeof import("../../web/phone/replica.js") & typeof import("../../web/phone/writer.js")} Modules
 * @typedef {{fresh: () => Promise<any>, open: (browser: any) => void}} Browsers makes one that holds nothing; puts one in front
 * @typedef {{[store: string]: any[]}} Stores
 */

const REGISTRY = ["replicas", "here"];
const REPLICA = ["records", "state", "drafts"];

/**
 * @param {Kinds} kinds
 * @param {Modules} modules
 * @param {Browsers} browsers
 * @param {Performed} performed what a person does to a record
 */
export function phonesOf(kinds, modules, browsers, performed) {
  const { Exchange, Journal, adopt, currentReplica, encode, registry, replicaDatabase, writerOf } = modules;
  /** @type {{browser: any, exchange: InstanceType<typeof Exchange>}[]} */
  let phones = [];
  let inFront = -1;
  /** @type {object[]} */
  const said = [];
  /** @type {(() => void) | null} */
  let hear = null;
  let line = Promise.resolve(); // one request after another, though a phone may ask while it takes an answer in
  /** @type {(answer: {status: number, body: string}) => void} */
  let answered = () => {};
  /** @type {{[name: string]: (told: any) => Promise<any>}} */
  const commands = {
    open,
    copy,
    restore,
    perform,
    exchange: ({ device }) => phones[device].exchange.run(),
    /** The worker is stopped and started: what it knew by heart is gone. */
    restart: async ({ device }) => {
      phones[device].exchange = start();
    },
    adopt: ({ account }) => adopt(account, "mara@example.org"),
  };

  return tell;

  /**
   * @param {any} told
   * @returns {Promise<any>} what is said next
   */
  async function tell(told) {
    if ("status" in told) answered(told);
    else void obey(told); // an exchange goes on while other things are told
    while (!said.length) {
      await new Promise(resolve => {
        hear = () => resolve(null);
      });
    }
    return said.shift();
  }

  /** @param {object} what */
  function say(what) {
    said.push(what);
    hear?.();
  }

  /** @param {any} told */
  async function obey({ command, device, ...told }) {
    try {
      if (device !== undefined) bringToFront(device);
      const done = await commands[command]?.({ device, ...told });
      say({ ...done, ...(device !== undefined && (await state())) });
    } catch (error) {
      say({ error: error instanceof Error ? error.stack : String(error) });
    }
  }

  /** @param {{count: number, account: string}} told */
  async function open({ count, account }) {
    phones = [];
    for (let n = 0; n < count; n++) {
      phones.push({ browser: await browsers.fresh(), exchange: start() });
      inFront = n;
      await adopt(account, "mara@example.org");
    }
  }

  /** @param {{task: import("./performed.js").Task}} told */
  async function perform({ task }) {
    const { device } = await currentReplica();
    const journal = new Journal(replicaDatabase(device), kinds);
    await journal.change(task.id, (record, name, writer) => performed(modules, record, name, writer, task));
  }

  /** Everything that the browser keeps. */
  async function copy() {
    const kept = await all(registry(), REGISTRY);
    const devices = kept.replicas?.map(({ device }) => /** @type {string} */ (device)) ?? [];
    const replicas = devices.map(
      async each => /** @type {const} */ ([each, await all(replicaDatabase(each), REPLICA)]),
    );
    return { copy: { kept, replicas: await Promise.all(replicas) } };
  }

  /** @param {{device: number, copy: {kept: Stores, replicas: [string, Stores][]}}} told */
  async function restore({ device, copy: { kept, replicas } }) {
    phones[device] = { browser: await browsers.fresh(), exchange: start() };
    await fill(registry(), kept);
    for (const [each, stores] of replicas) await fill(replicaDatabase(each), stores);
  }

  /** What a history has to know: every row, and who writes. */
  async function state() {
    const { device } = await currentReplica();
    const [rows, writer] = await replicaDatabase(device).read(["records", "state"], tx =>
      Promise.all([tx.objectStore("records").getAll(), writerOf(tx)]),
    );
    const held = rows.map(row => [row.id, encode(row.record), row.saves, Boolean(row.dirty), Boolean(row.refused)]);
    return { held, writer: writer.name };
  }

  function start() {
    return new Exchange({ kinds, send: (_, init) => inTurn(init), now: Date.now });
  }

  /**
   * @param {RequestInit} init
   * @returns {Promise<Response>}
   */
  function inTurn(init) {
    const sent = line.then(() => send(init));
    line = sent.then(
      () => {},
      () => {},
    );
    return sent;
  }

  /** @param {RequestInit} init */
  async function send({ headers, body }) {
    const isPacked = /** @type {Headers} */ (headers).get("Content-Encoding") === "gzip";
    const asks = isPacked ? await unpacked(/** @type {ArrayBuffer} */ (body)) : body;
    const answer = new Promise(resolve => {
      answered = resolve;
    });
    say({ asks, ...(await state()) });
    const { status, body: text } = /** @type {{status: number, body: string}} */ (await answer);
    if (!status) throw new TypeError("no network");
    return new Response(text, { status });
  }

  /** @param {number} device */
  function bringToFront(device) {
    if (inFront !== device) browsers.open(phones[device].browser);
    inFront = device;
  }
}

/** @param {ArrayBuffer} packed */
function unpacked(packed) {
  return new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
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
