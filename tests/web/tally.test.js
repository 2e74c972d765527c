/** The tally of a replica's rows says what a recount would, whatever was done to them; and a page never counts. */

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Database, replicaDatabase } from "../../web/phone/database.js";
import { Journal } from "../../web/phone/journal.js";
import { apply } from "../../web/phone/outbox.js";
import { newRecord, save } from "../../web/phone/record.js";
import { adopt, currentReplica, forget } from "../../web/phone/replica.js";
import { readTally } from "../../web/phone/tally.js";
import { REPLICA, replicaName } from "../../web/phone/versions.js";
import { newBrowser } from "./browser.js";
import { kinds } from "./kinds.js";
import { IDS, RandomPhone } from "./random_phone.js";

const SEEDS = 60;
const STEPS = 40;

beforeEach(() => {
  newBrowser();
});

test(`after any sequence of changes the tally equals a recount: ${SEEDS} sequences of ${STEPS}`, async () => {
  for (let seed = 1; seed <= SEEDS; seed++) {
    newBrowser();
    const phone = new RandomPhone(seed);
    for (let step = 0; step < STEPS; step++) {
      const done = await phone.step();
      assert.deepEqual(await tallied(phone.database), await recount(phone.database), `seed ${seed}: ${done}`);
    }
  }
});

test("the same answer again changes no count", async () => {
  const phone = new RandomPhone(1);
  const records = IDS.map((id, at) => save(newRecord(id, "trait"), "laptop", { name: id }, at + 1));
  for (let time = 0; time < 2; time++) {
    await apply(phone.database, [], phone.answer(records), kinds, 1);
    assert.deepEqual(await tallied(phone.database), { entries: IDS.length, waiting: 0 });
  }
});

test("words that move into an account's replica are counted there once", async () => {
  const mara = await adopt("mara", "mara@example.org");
  await journalOf(mara.device).change("a", () => save(newRecord("a", "trait"), mara.device, { name: "Hurry" }, 1));
  await forget((await adopt("teo", "teo@example.org")).device); // Mara's replica waits, nobody is signed in
  const { device } = await currentReplica();
  await journalOf(device).change("b", () => save(newRecord("b", "trait"), device, { name: "Worry" }, 1));
  await adopt("mara", "mara@example.org");

  assert.deepEqual(await tallied(replicaDatabase(mara.device)), { entries: 2, waiting: 2 });
});

test("a database of before there was a tally is counted once, and keeps what it holds", async () => {
  const before = new Database(replicaName("marasphone01"), REPLICA.slice(0, 2));
  await before.write(["records"], async tx => {
    const record = save(newRecord("a", "trait"), "marasphone01", { name: "Hurry" }, 1);
    const rows = tx.objectStore("records");
    await rows.put({ id: "a", kind: "trait", record, saves: 1, dirty: 1, unsent: {}, order: [0, "a"] });
    await rows.put({ id: "b", kind: "trait", record: { ...record, id: "b" }, saves: 0, order: [0, "b"] });
    await rows.put({ id: "c", kind: "trait", record: { ...record, id: "c" }, saves: 0, binned: [0, "c"] });
  });
  before.close();

  const journal = journalOf("marasphone01");
  assert.deepEqual(await tallied(journal.database), { entries: 2, waiting: 1 });
  assert.deepEqual(
    (await journal.newest(10)).map(({ id }) => id),
    ["a", "b"],
  );
});

test("a page that counts nothing asks the browser to count nothing", async t => {
  const journal = journalOf("marasphone01");
  await journal.change("a", () => save(newRecord("a", "trait"), "marasphone01", { name: "Hurry" }, 1));
  const counting = [t.mock.method(IDBIndex.prototype, "count"), t.mock.method(IDBObjectStore.prototype, "count")];

  assert.equal(await journal.count(), 1);
  assert.equal((await journal.standing()).waiting, 1);
  assert.deepEqual(
    counting.map(each => each.mock.callCount()),
    [0, 0],
  );
});

/** @param {string} device */
const journalOf = device => new Journal(replicaDatabase(device), kinds);

/** @param {Database} database */
const tallied = database => database.read(["state"], readTally);

/** @param {Database} database */
async function recount(database) {
  const rows = await database.read(["records"], tx => tx.objectStore("records").getAll());
  return { entries: rows.filter(row => row.order).length, waiting: rows.filter(row => row.dirty).length };
}
