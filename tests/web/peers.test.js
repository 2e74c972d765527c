/** The failures of other sync layers that SYNC-PEERS.md names, where they could happen on a phone: none of them does. */

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { replicaDatabase } from "../../web/phone/database.js";
import { newRecord, save } from "../../web/phone/record.js";
import { fillDisk } from "./browser.js";
import { exchange, NOW, phoneOfMara, pushes, took } from "./phone_of_mara.js";
import { scriptedServer } from "./scripted_server.js";

/** @typedef {import("./scripted_server.js").Said} Said */

/** @type {Awaited<ReturnType<typeof phoneOfMara>>["device"]} */
let device;
/** @type {Awaited<ReturnType<typeof phoneOfMara>>["mara"]} */
let mara;
/** @type {Awaited<ReturnType<typeof phoneOfMara>>["write"]} */
let write;

beforeEach(async () => {
  ({ device, mara, write } = await phoneOfMara());
});

test("Actual, 14,000 queued records meet the request limit on every try: here a push gets smaller until it fits", async t => {
  await Promise.all(Array.from({ length: 1200 }, (_, each) => write(`entry${each}`, { name: "Pleasing" })));
  const server = await scriptedServer(t, ({ body }) =>
    body.records.length > 150 ? { status: 413, text: "<h1>413 Request Entity Too Large</h1>" } : took(1),
  );

  assert.deepEqual(await exchange(server).run(), { state: "done", received: 0, sent: 1200 });
  const sizes = pushes(server).map(body => body.records.length);
  assert.deepEqual(sizes, [500, 250, ...Array(9).fill(125), 75]); // and does not try the same again and again
});

test("PowerSync #1058, a queue head that blocks: what can't be written as a record is refused alone, the others go", async t => {
  await write("a", { name: "Half a \u{1f600}" });
  await write("b", { name: "Pleasing" });
  await damage("a");
  const server = await scriptedServer(t, () => took(1));

  assert.equal((await exchange(server).run()).state, "done");
  assert.deepEqual(
    pushes(server).map(body => body.records.map((/** @type {any} */ { id }) => id)),
    [["b"]],
  );
  const { waiting, refused } = await mara.standing();
  assert.deepEqual([waiting, Object.keys(refused), refused.a?.code], [0, ["a"], "bad_record"]);
  assert.match(refused.a?.detail ?? "", /surrogate/);
});

test("PowerSync, a record that is refused for ever: saved again, it is sent again, with all that it held", async t => {
  await write("a", { name: "Too long" });
  const refused = [{ id: "a", code: "too_large", detail: "" }];
  const server = await scriptedServer(t, () => took(1, { refused: pushes(server).length === 1 ? refused : [] }));
  await exchange(server).run();
  await write("a", { costs: "friends" });
  await exchange(server).run();

  assert.deepEqual((await mara.standing()).refused, {});
  assert.equal(pushes(server)[1].records[0].writes.length, 2);
});

test("thunderbolt #944, a 200 that drops records in silence: what the answer refuses is not called sent", async t => {
  for (const id of ["a", "b"]) await write(id, { name: id });
  const refused = [{ id: "b", code: "bad_record", detail: "why" }];
  const server = await scriptedServer(t, ({ body }) => took(1, { refused: body.records.length ? refused : [] }));
  await exchange(server).run();

  assert.deepEqual(await mara.standing(), {
    waiting: 0,
    refused: { b: { code: "bad_record", detail: "why" } },
    synced_at: NOW,
  });
});

test("RxDB #5843, a checkpoint that passes an unapplied document: one that an edit kept out comes with the edit's push", async t => {
  await write("a", { costs: "evenings" });
  const theirs = save(newRecord("a", "trait"), "laptop", { name: "Theirs" }, NOW);
  const server = await scriptedServer(t, ({ body }) => {
    if (!body.records.length) return took(5, { records: [theirs] });
    const [ours] = body.records;
    const writes = [...theirs.writes, ...ours.writes];
    return took(6, { records: [{ ...ours, seen: { ...theirs.seen, ...ours.seen }, writes }] });
  });
  await exchange(server).run();

  const values = (await mara.get("a"))?.values;
  assert.deepEqual([values?.name, values?.costs], ["Theirs", "evenings"]);
});

test("Joplin #16208, Kinto.js #788, an edit made during a download is overwritten or never resolves: here it survives", async t => {
  const theirs = ["a", "b"].map(id => save(newRecord(id, "trait"), "laptop", { name: id }, NOW - 9));
  const server = await scriptedServer(t, async ({ body }) => {
    if (body.records.length) return took(3);
    if (body.cursor === 1) for (const id of ["a", "b"]) await write(id, { costs: "evenings" });
    return took(body.cursor + 1, { records: theirs.slice(body.cursor, body.cursor + 1), more: body.cursor === 0 });
  });

  assert.equal((await exchange(server).run()).state, "done");
  for (const id of ["a", "b"]) assert.equal((await mara.get(id))?.values.costs, "evenings");
  assert.deepEqual(
    pushes(server)[0].records.map((/** @type {any} */ { id }) => id),
    ["a", "b"],
  );
});

test("PouchDB #1240, a checkpoint before its documents: a transaction that is cut off moves no cursor, and all comes again", async t => {
  const theirs = save(newRecord("a", "trait"), "laptop", { name: "Theirs" }, NOW);
  const server = await scriptedServer(t, ({ body }) => took(1, { records: body.cursor ? [] : [theirs] }));
  const makeRoom = fillDisk();
  t.after(makeRoom);
  const quiet = t.mock.method(console, "error", () => {});
  const one = exchange(server);

  assert.equal((await one.run()).state, "failed");
  makeRoom();
  assert.equal(quiet.mock.callCount(), 1);
  assert.equal(await mara.count(), 0);
  assert.deepEqual(await one.run(), { state: "done", received: 1, sent: 0 });
  assert.deepEqual(
    server.asked.map(({ body }) => body.cursor),
    [0, 0],
  );
  assert.equal((await mara.get("a"))?.values.name, "Theirs");
});

test("Anki-Android #4366, counted as sent though the sync timed out: a worker that dies with the answer sends it again", async t => {
  await write("a", { name: "Pleasing" });
  const server = await scriptedServer(t, () => (server.asked.length === 2 ? { lost: true } : took(1)));
  await exchange(server).run();

  assert.equal((await mara.standing()).waiting, 1);
  assert.equal((await exchange(server).run()).state, "done"); // another worker's
  assert.deepEqual(pushes(server)[0].records, pushes(server)[1].records);
});

test("y-websocket #81, synced before the document is loaded: called so only after the last page", async t => {
  const server = await scriptedServer(t, async ({ body }) => {
    synced.push((await mara.standing()).synced_at);
    const record = save(newRecord(`a${body.cursor}`, "trait"), "laptop", { name: "a" }, NOW);
    return took(body.cursor + 1, { records: [record], more: body.cursor < 2 });
  });
  /** @type {number[]} */
  const synced = [];
  await exchange(server).run();

  assert.deepEqual(synced, [0, 0, 0]);
  assert.equal((await mara.standing()).synced_at, NOW);
});

test("Joplin #16177, an incomplete listing read as deletions: what an answer leaves out stays", async t => {
  await write("a", { name: "Pleasing" });
  const server = await scriptedServer(t, () => took(server.asked.length));
  await exchange(server).run();
  await exchange(server).run();

  assert.equal((await mara.get("a"))?.values.name, "Pleasing");
});

test("Actual #8904, one bad message leaves half of a batch: an answer with one is none, and changes nothing", async t => {
  const good = save(newRecord("a", "trait"), "laptop", { name: "Good" }, NOW);
  const server = await scriptedServer(t, () =>
    took(2, { records: server.asked.length === 1 ? [good, { id: "b" }] : [good] }),
  );

  assert.equal((await exchange(server).run()).state, "unreachable");
  assert.equal(await mara.count(), 0);
  await exchange(server).run();
  assert.equal(server.asked[1]?.body.cursor, 0);
  assert.equal((await mara.get("a"))?.values.name, "Good");
});

test("Actual #3786, a clock that is off by five minutes stops sync: one that is off by ten years does not", async t => {
  const theirs = save(newRecord("a", "trait"), "laptop", { name: "From 2036" }, NOW + 315_360_000_000);
  const server = await scriptedServer(t, ({ body }) => took(1, { records: body.cursor ? [] : [theirs] }));
  await exchange(server).run();
  await write("a", { name: "Now" });

  assert.equal((await exchange(server).run()).state, "done");
  assert.equal((await mara.get("a"))?.values.name, "Now");
});

/**
 * Leaves half a surrogate pair in a row, as a version with a mistake might have.
 * @param {string} id
 */
async function damage(id) {
  await replicaDatabase(device).write(["records"], async tx => {
    const row = await tx.objectStore("records").get(id);
    row.record.writes[0].set.name = "Half a \ud83d";
    await tx.objectStore("records").put(row);
  });
}
