/** A digest says what a fresh look at every entry would, whatever was done to them; and is made once. */

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Database, replicaDatabase } from "../../web/phone/database.js";
import { digests } from "../../web/phone/digests.js";
import { Journal } from "../../web/phone/journal.js";
import { monthOf } from "../../web/phone/months.js";
import { newRecord, save } from "../../web/phone/record.js";
import { readMonths } from "../../web/phone/tally.js";
import { REPLICA, replicaName } from "../../web/phone/versions.js";
import { fillDisk, newBrowser } from "./browser.js";
import { kinds } from "./kinds.js";
import { RandomPhone } from "./random_phone.js";

const SEEDS = 60;
const STEPS = 40;
const PHONE = "marasphone01";

/** @typedef {import("../../web/phone/entries.js").Entry} Entry */

beforeEach(() => {
  newBrowser();
});

test(`after any sequence of changes digests equal a fresh look: ${SEEDS} sequences of ${STEPS}`, async () => {
  for (let seed = 1; seed <= SEEDS; seed++) {
    newBrowser();
    const phone = new RandomPhone(seed);
    for (let step = 0; step < STEPS; step++) {
      const done = await phone.step();
      const fresh = await freshLook(phone.journal);
      assert.deepEqual(await digests(phone.journal, "texts", "trait", say), fresh, `seed ${seed}: ${done}`);
    }
  }
});

test("what a month said is asked for once, until one of its entries changes", async () => {
  const journal = new Journal(replicaDatabase(PHONE), kinds);
  await write(journal, "a", "2026-01-05");
  await write(journal, "b", "2026-03-05");
  /** @type {string[][]} */
  const asked = [];
  const heard = (/** @type {Entry[]} */ entries) => {
    asked.push(entries.map(({ id }) => id));
    return say(entries);
  };
  await digests(journal, "texts", "trait", heard);
  await digests(journal, "texts", "trait", heard);
  await write(journal, "c", "2026-03-09");
  await digests(journal, "texts", "trait", heard);

  assert.deepEqual(asked.sort(), [["a"], ["b"], ["c", "b"]]);
});

test("a save between the look and the making is in what is made", async () => {
  const journal = new Journal(replicaDatabase(PHONE), kinds);
  await write(journal, "a", "2026-01-05");
  const [first] = await Promise.all([digests(journal, "texts", "trait", say), write(journal, "b", "2026-01-06")]);

  assert.ok(first.length);
  assert.deepEqual(await digests(journal, "texts", "trait", say), await freshLook(journal));
});

test("on a full disk pages say the same, and nothing is kept", async () => {
  const journal = new Journal(replicaDatabase(PHONE), kinds);
  await write(journal, "a", "2026-01-05");
  const makeRoom = fillDisk();
  const said = await digests(journal, "texts", "trait", say);
  makeRoom();

  assert.deepEqual(said, await freshLook(journal));
  assert.equal(await journal.database.read(["digests"], tx => tx.objectStore("digests").count()), 0);
});

test("a database of before there were digests is counted by month once", async () => {
  const before = new Database(replicaName(PHONE), REPLICA.slice(0, 3));
  const days = ["1900-01-01", "2025-12-31", "2026-01-01", "2026-01-31", "2199-12-31"];
  await before.write(["records", "state"], async tx => {
    for (const [at, day] of days.entries()) {
      const when = Date.parse(`${day}T12:00:00Z`);
      const record = save(newRecord(`${at}`, "trait"), PHONE, { name: day, happened_at: `${day}T12:00:00Z` }, 1);
      await tx.objectStore("records").put({ id: `${at}`, kind: "trait", record, saves: 1, order: [-when, `${at}`] });
    }
    await tx.objectStore("records").put({ id: "bin", kind: "trait", saves: 1, binned: [0, "bin"] });
    await tx.objectStore("state").put({ key: "tally", entries: days.length, waiting: 0 });
  });
  before.close();

  const journal = new Journal(replicaDatabase(PHONE), kinds);
  const said = await digests(journal, "texts", "trait", say);
  assert.deepEqual(said, [["2199-12-31"], ["2026-01-31", "2026-01-01"], ["2025-12-31"], ["1900-01-01"]]);
  const counts = await journal.database.read(["state"], readMonths);
  assert.equal(counts.trait?.[monthOf(Date.UTC(2026, 0))], 2);
});

/** @param {Entry[]} entries */
const say = entries => entries.map(({ values }) => values.name ?? "");

/** @param {Journal} journal */
async function freshLook(journal) {
  /** @type {Map<number, Entry[]>} */
  const months = new Map();
  for (const entry of await journal.ofKind("trait")) {
    const month = monthOf(entry.when);
    months.set(month, [...(months.get(month) ?? []), entry]);
  }
  return [...months.values()].map(say);
}

/**
 * @param {Journal} journal
 * @param {string} id
 * @param {string} day
 */
function write(journal, id, day) {
  return journal.change(id, () =>
    save(newRecord(id, "trait"), PHONE, { name: id, happened_at: `${day}T09:00:00Z` }, 1),
  );
}
