import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { replicaDatabase } from "../../web/phone/database.js";
import { Journal } from "../../web/phone/journal.js";
import { newRecord, remove, save } from "../../web/phone/record.js";
import { cleanRow } from "../../web/phone/rows.js";
import { termsOf } from "../../web/phone/search.js";
import { changeRows } from "../../web/phone/tally.js";
import { fillDisk, newBrowser } from "./browser.js";
import { kinds } from "./kinds.js";

/** @type {Journal} */
let mara;

beforeEach(() => {
  newBrowser();
  mara = new Journal(replicaDatabase("marasphone01"), kinds);
});

test("two saves of one entry are both there, and wait as one record", async () => {
  await write(mara, "a", { name: "Pleasing" }, 1000);
  await write(mara, "a", { costs: "my evenings" }, 2000);

  assert.deepEqual(pick(await mara.get("a"), "name", "costs"), { name: "Pleasing", costs: "my evenings" });
  assert.equal((await mara.standing()).waiting, 1);
});

test("saves that come at the same moment from two tabs both stand", async () => {
  await Promise.all([write(mara, "a", { name: "Pleasing" }, 1000), write(mara, "a", { costs: "my evenings" }, 1000)]);

  assert.deepEqual(pick(await mara.get("a"), "name", "costs"), { name: "Pleasing", costs: "my evenings" });
});

test("a save that changes nothing leaves nothing to send", async () => {
  await mara.change("a", () => newRecord("a", "trait"));

  assert.equal((await mara.standing()).waiting, 0);
  assert.equal(await mara.get("a"), null);
});

test("entries come newest first, by kind, by trait, and in pages", async () => {
  await write(mara, "trait", { name: "Pleasing", happened_at: day(1) }, 1000);
  await write(mara, "second", { situation: "dinner", trait_id: "trait", happened_at: day(3) }, 1000, "practice");
  await write(mara, "first", { situation: "meeting", trait_id: "trait", happened_at: day(2) }, 1000, "practice");

  assert.deepEqual(ids(await mara.newest(10)), ["second", "first", "trait"]);
  assert.deepEqual(ids(await mara.newest(1)), ["second"]);
  const [newest] = await mara.newest(1);
  assert.deepEqual(ids(await mara.newest(10, [-newest.when, newest.id])), ["first", "trait"]);
  assert.deepEqual(ids(await mara.ofKind("practice")), ["second", "first"]);
  assert.deepEqual(ids(await mara.ofKind("practice", 1)), ["second"]);
  assert.deepEqual(ids(await mara.ofTrait("trait", "practice")), ["second", "first"]);
  assert.equal(await mara.count(), 3);
});

test("what is in the bin is in no list but the bin's", async () => {
  await write(mara, "a", { name: "Pleasing" }, 1000);
  await mara.change("a", record => remove(found(record), "marasphone01", 2000));

  assert.deepEqual(ids(await mara.newest(10)), []);
  assert.deepEqual(ids(await mara.binned()), ["a"]);
  assert.equal((await mara.get("a"))?.binned, true);
});

test("search finds every word without case and accents, in the order of the journal", async () => {
  await write(mara, "a", { name: "Decir que sí", costs: "Cansancio" }, 1000);
  await write(mara, "b", { name: "Callar" }, 1000);

  assert.deepEqual(await search("SI cansan"), ["a"]);
  assert.deepEqual(await search("si callar"), []);
  assert.deepEqual(await search(""), ["a", "b"]);
});

test("search is as new as the journal: what was written, changed and put in the bin since", async () => {
  await write(mara, "a", { name: "Pleasing", happened_at: day(1) }, 1000);
  assert.deepEqual(await search("pleasing"), ["a"]);
  await write(mara, "b", { name: "Pleasing everybody", happened_at: day(1) }, 1000);
  assert.deepEqual(await search("pleasing"), ["a", "b"]);
  await write(mara, "a", { name: "Hurry" }, 2000);
  assert.deepEqual(await search("pleasing"), ["b"]);
  await mara.change("b", record => remove(found(record), "marasphone01", 3000));
  assert.deepEqual(await search("pleasing"), []);
});

test("search finds the one among 10,000", async () => {
  await changeRows(mara.database, [], async (_, rows) => {
    const hay = Array.from({ length: 10_000 }, (_, at) =>
      saved({ name: "Hurry", happened_at: day(2) }, 1000, `hay${at}`),
    );
    await Promise.all(hay.map(each => rows.add(cleanRow(each(null), 0, kinds))));
  });
  await write(mara, "needle", { name: "Pleasing", happened_at: day(1) }, 1000);

  assert.deepEqual(await search("plaesing"), ["needle"]);
});

test("a record of a kind that a newer version made is kept and counted for sending, and shown nowhere", async () => {
  await write(mara, "a", { name: "?" }, 1000, "dream");

  assert.deepEqual(await mara.newest(10), []);
  assert.equal((await mara.records()).length, 1);
});

test("the draft goes in the transaction that saves it", async () => {
  await draft("/traits", "Pleas");
  await mara.change("a", saved({ name: "Pleasing" }, 1000), { draft: "/traits" });

  assert.equal(await drafted("/traits"), undefined);
});

test("a save that fails keeps the draft and nothing else, and says so", async () => {
  await draft("/traits", "Pleas");
  const refused = mara.change(
    "a",
    () => {
      throw new RangeError("too long");
    },
    { draft: "/traits" },
  );

  await assert.rejects(refused, RangeError);
  assert.equal(await mara.get("a"), null);
  assert.notEqual(await drafted("/traits"), undefined);
});

test("a save on a full disk is not called saved, and its draft stays", async () => {
  await draft("/traits", "Pleas");
  const makeRoom = fillDisk();
  const save = mara.change("a", saved({ name: "Pleasing" }, 1000), { draft: "/traits" });

  await assert.rejects(save, { name: "QuotaExceededError" });
  makeRoom();
  assert.equal(await mara.get("a"), null);
  assert.notEqual(await drafted("/traits"), undefined);
});

test("a disk that is full only when the save is committed is noticed as well", async () => {
  const makeRoom = fillDisk();
  const save = mara.change("a", saved({ name: "Pleasing" }, 1000));

  await assert.rejects(save, { name: "QuotaExceededError" });
  makeRoom();
  assert.equal(await mara.get("a"), null);
});

test("a database that was closed meanwhile opens again", async () => {
  await write(mara, "a", { name: "Pleasing" }, 1000);
  mara.database.close();

  assert.equal((await mara.get("a"))?.values.name, "Pleasing");
});

/**
 * @param {Journal} journal
 * @param {string} id
 * @param {import("../../web/phone/record.js").Fields} fields
 * @param {number} now
 * @param {string} [kind]
 */
function write(journal, id, fields, now, kind) {
  return journal.change(id, record => saved(fields, now, id, kind)(record));
}

/**
 * @param {import("../../web/phone/record.js").Fields} fields
 * @param {number} now
 * @param {string} [id]
 * @param {string} [kind]
 * @returns {(record: import("../../web/phone/record.js").Record | null) => import("../../web/phone/record.js").Record}
 */
function saved(fields, now, id = "a", kind = "trait") {
  return record => save(record ?? newRecord(id, kind), "marasphone01", fields, now);
}

/**
 * @param {string} path
 * @param {string} typed
 */
function draft(path, typed) {
  return mara.database.write(["drafts"], tx => tx.objectStore("drafts").put({ path, fields: [["name", typed]] }));
}

/** @param {string} path */
function drafted(path) {
  return mara.database.read(["drafts"], tx => tx.objectStore("drafts").get(path));
}

/** @param {string} query */
async function search(query) {
  const anything = { kind: "", trait: "", tool: "", reaction: "", since: "", until: "" };
  return (await mara.find({ ...anything, words: termsOf(query) }, new Map())).map(([, [, id]]) => id);
}

/** @param {number} day */
const day = day => `2026-11-0${day}T08:00:00+01:00[Europe/Madrid]`;

/** @param {{id: string}[]} entries */
const ids = entries => entries.map(entry => entry.id);

/**
 * @param {{values: {[field: string]: any}} | null} entry
 * @param {string[]} fields
 */
const pick = (entry, ...fields) => Object.fromEntries(fields.map(field => [field, entry?.values[field]]));

/**
 * @template T
 * @param {T | null} value
 * @returns {T}
 */
function found(value) {
  assert.ok(value);
  return value;
}
