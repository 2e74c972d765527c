/** A big journal comes to a phone: in parts, told of as it comes, and nobody who uses the phone meanwhile waits for all of it. */

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { arrivalText } from "../../web/phone/arrivals.js";
import { Exchange } from "../../web/phone/exchange.js";
import { apply, take } from "../../web/phone/outbox.js";
import { newRecord, save } from "../../web/phone/record.js";
import { fillDisk } from "./browser.js";
import { shell } from "./built_shell.js";
import { kinds } from "./kinds.js";
import { exchange, NOW, phoneOfMara, took } from "./phone_of_mara.js";
import { scriptedServer } from "./scripted_server.js";

/** @type {Awaited<ReturnType<typeof phoneOfMara>>["mara"]} */
let mara;
/** @type {Awaited<ReturnType<typeof phoneOfMara>>["write"]} */
let write;

beforeEach(async () => {
  ({ mara, write } = await phoneOfMara());
});

test("a journal that takes several answers is told of after each but the last, and then that no more comes", async t => {
  const server = await scriptedServer(t, () => {
    const asked = server.asked.length;
    return took(asked * 10, { more: asked < 3, records: traits(2, asked) });
  });
  /** @type {unknown[]} */
  const told = [];
  const arriving = async (/** @type {unknown} */ arrival) => void told.push(arrival);
  await new Exchange({ kinds, send: server.send, now: () => NOW, arriving }).run();

  assert.deepEqual(told, [{ entries: 2, cursor: 10 }, { entries: 4, cursor: 20 }, null]);
});

test("the next answer is on its way while one is taken in, and is asked for once", async t => {
  let here = -1;
  const server = await scriptedServer(t, async () => {
    if (server.asked.length === 1) return took(10, { more: true, records: traits(1000) });
    here = await mara.count();
    return took(20, { records: traits(1, 2) });
  });
  const outcome = await exchange(server).run();

  assert.deepEqual([outcome.state, outcome.received, server.asked.length], ["done", 1001, 2]);
  assert.ok(here < 1000);
});

test("an answer that was asked for ahead and did not come is asked for again", async t => {
  const server = await scriptedServer(t, () => {
    if (server.asked.length === 1) return took(10, { more: true, records: traits(1000) });
    return server.asked.length === 2 ? { status: 503, json: {} } : took(20, { records: traits(1, 2) });
  });

  assert.equal((await exchange(server).run()).received, 1001);
  assert.deepEqual(
    server.asked.map(({ body }) => body.cursor),
    [0, 10, 10],
  );
});

test("what a person saves while a thousand entries are taken in is kept before the last of them", async () => {
  const taking = apply(mara.database, [], answer(traits(1000)), kinds, NOW);
  while ((await mara.count()) === 0);
  await write("mine", { name: "Mine" });

  assert.ok((await mara.count()) < 1001);
  await taking;
  assert.equal(await mara.count(), 1001);
});

test("an answer that the disk had no room for to its end is asked for again: the cursor came with its last record", async t => {
  const refused = assert.rejects(apply(mara.database, [], answer(traits(1000)), kinds, NOW), {
    name: "QuotaExceededError",
  });
  while ((await mara.count()) === 0);
  const makeRoom = fillDisk();
  t.after(makeRoom);
  await refused;
  makeRoom();
  assert.ok((await mara.count()) < 1000);
  assert.equal((await take(mara.database, 0)).cursor, 0);

  assert.equal((await apply(mara.database, [], answer(traits(1000)), kinds, NOW)).entries, 1000);
  assert.equal((await take(mara.database, 0)).cursor, 7);
});

test("how much is here is said in the person's language, with a share once the whole is known", () => {
  const { en, es } = shell.words;
  const arrival = { entries: 3000, cursor: 3300 };

  assert.equal(arrivalText(arrival, 0, en), "Bringing your journal here: 3,000 entries so far");
  assert.equal(arrivalText(arrival, 10_000, en), "Bringing your journal here: 3,000 entries so far, about 33%");
  assert.equal(arrivalText(arrival, 10_000, es), "Trayendo tu diario: 3000 entradas por ahora, cerca del 33 %");
});

/**
 * @param {number} count
 * @param {number} [series]
 */
function traits(count, series = 0) {
  const ids = Array.from({ length: count }, (_, at) => `${series}-${at}`);
  return ids.map(id => save(newRecord(id, "trait"), "laptop", { name: id }, NOW));
}

/**
 * @param {import("../../web/phone/record.js").Record[]} records
 * @returns {import("../../web/phone/outbox.js").Answer}
 */
function answer(records) {
  return { v: 1, epoch: "e1", cursor: 7, more: false, records, refused: [] };
}
