/** What the phone does with answers that no server gives when asked: SYNC.md §2, one story for each. */

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { replicaDatabase } from "../../web/phone/database.js";
import { Exchange } from "../../web/phone/exchange.js";
import { Journal } from "../../web/phone/journal.js";
import { newRecord, save } from "../../web/phone/record.js";
import { adopt, currentReplica } from "../../web/phone/replica.js";
import { newBrowser } from "./browser.js";
import { kinds } from "./kinds.js";
import { scriptedServer } from "./scripted_server.js";

/** @typedef {import("./scripted_server.js").Said} Said */

const NOW = 1_795_350_000_000;

/** @type {string} */
let device;
/** @type {Journal} */
let mara;

beforeEach(async () => {
  newBrowser();
  device = (await adopt("mara", "mara@example.org")).device;
  mara = new Journal(replicaDatabase(device), kinds);
});

test("without an account nothing is ever asked of the server", async t => {
  newBrowser();
  const server = await scriptedServer(t, () => took(1));

  assert.equal((await exchange(server).run()).state, "no_account");
  assert.deepEqual(server.asked, []);
});

test("a save is sent once, with the device, the account and how far it is", async t => {
  await write("a", { name: "Pleasing" });
  const server = await scriptedServer(t, () => took(7));
  await exchange(server).run();
  await exchange(server).run();

  const [first, second] = server.asked;
  const { v, epoch, cursor, records } = first.body;
  assert.deepEqual({ v, device: first.body.device, epoch, cursor }, { v: 1, device, epoch: null, cursor: 0 });
  assert.deepEqual(records[0].writes[0].set, { name: "Pleasing" });
  assert.equal(first.headers["unlearn-account"], "mara");
  assert.deepEqual([second.body.records, second.body.epoch, second.body.cursor], [[], "e1", 7]);
  assert.deepEqual(await mara.standing(), { waiting: 0, refused: {}, synced_at: NOW });
});

test("what is long is sent packed", async t => {
  await write("a", { costs: "evenings ".repeat(400) });
  const server = await scriptedServer(t, () => took(1));
  await exchange(server).run();

  assert.equal(server.asked[0].headers["content-encoding"], "gzip");
  assert.equal(server.asked[0].body.records.length, 1);
});

test("a record that is saved again while it is sent still waits, and goes with the next", async t => {
  await write("a", { name: "Pleasing" });
  const server = await scriptedServer(t, async () => {
    if (server.asked.length === 1) await write("a", { costs: "my evenings" });
    return took(server.asked.length);
  });
  await exchange(server).run();

  assert.deepEqual(
    server.asked.map(({ body }) => body.records.map((/** @type {any} */ record) => record.writes.length)),
    [[1], [2]],
  );
  assert.equal((await mara.standing()).waiting, 0);
});

test("an answer that got lost changes nothing here; the same record goes again", async t => {
  await write("a", { name: "Pleasing" });
  const server = await scriptedServer(t, () => (server.asked.length === 1 ? { lost: true } : took(1)));

  assert.equal((await exchange(server).run()).state, "unreachable");
  assert.equal((await mara.standing()).waiting, 1);
  assert.equal((await exchange(server).run()).state, "done");
  assert.deepEqual(server.asked[0].body.records, server.asked[1].body.records);
  assert.equal((await mara.standing()).waiting, 0);
});

for (const said of [{ text: "<h1>Accept our terms</h1>" }, { json: { ok: true } }]) {
  test(`what a wireless network says for the server is no answer: ${JSON.stringify(said)}`, async t => {
    await write("a", { name: "Pleasing" });
    const server = await scriptedServer(t, () => said);

    assert.equal((await exchange(server).run()).state, "unreachable");
    assert.equal((await mara.standing()).waiting, 1);
  });
}

test("a refused record keeps its words and its reason, and is not sent again until it is saved again", async t => {
  await write("a", { name: "Pleasing" });
  const server = await scriptedServer(t, ({ body }) =>
    took(1, { refused: body.records.length ? [{ id: "a", code: "too_large", detail: "70000 bytes" }] : [] }),
  );
  await exchange(server).run();
  await exchange(server).run();

  assert.deepEqual(server.asked[1].body.records, []);
  assert.deepEqual((await mara.standing()).refused, { a: { code: "too_large", detail: "70000 bytes" } });
  assert.equal((await mara.get("a"))?.values.name, "Pleasing");

  await write("a", { name: "P" });
  assert.deepEqual(await mara.standing(), { waiting: 1, refused: {}, synced_at: NOW });
});

test("a record that another device changed does not replace one that was refused", async t => {
  await write("a", { name: "Pleasing" });
  const theirs = save(newRecord("a", "trait"), "laptop", { name: "Other" }, NOW + 5);
  const server = await scriptedServer(t, () =>
    server.asked.length === 1
      ? took(1, { refused: [{ id: "a", code: "too_large", detail: "" }] })
      : took(2, { records: [theirs] }),
  );
  await exchange(server).run();
  await exchange(server).run();

  assert.equal((await mara.get("a"))?.values.name, "Pleasing");
});

test("a returned record replaces what is here, unless there is a save that the server has not seen", async t => {
  const theirs = save(newRecord("b", "trait"), "laptop", { name: "Hurry" }, NOW);
  const server = await scriptedServer(t, async () => {
    if (server.asked.length === 2) await write("b", { costs: "breath" });
    return took(server.asked.length, { records: server.asked.length < 3 ? [theirs] : [] });
  });
  const one = exchange(server);
  assert.deepEqual(await one.run(), { state: "done", received: 1, sent: 0 });
  assert.equal((await mara.get("b"))?.values.name, "Hurry");

  await one.run();
  const values = (await mara.get("b"))?.values;
  assert.deepEqual([values?.name, values?.costs], ["Hurry", "breath"]);
});

test("a server that was restored from a backup gets everything again, refused records too", async t => {
  await write("a", { name: "Pleasing" });
  await write("b", { name: "Hurry" });
  const script = /** @type {(() => Said)[]} */ ([
    () => took(5, { refused: [{ id: "b", code: "bad_record", detail: "" }] }),
    () => ({ status: 409, json: { code: "epoch_changed" } }),
    () => took(2, { epoch: "e2" }),
  ]);
  const server = await scriptedServer(t, () => script[server.asked.length - 1]());
  await exchange(server).run();
  await exchange(server).run();

  const again = server.asked[2].body;
  assert.deepEqual([again.epoch, again.cursor, again.records.length], [null, 0, 2]);
  assert.deepEqual(await mara.standing(), { waiting: 0, refused: {}, synced_at: NOW });
});

test("a server whose epoch never stays the same is left alone after a few tries", async t => {
  const server = await scriptedServer(t, () => ({ status: 409, json: { code: "epoch_changed" } }));

  assert.equal((await exchange(server).run()).state, "failed");
  assert.equal(server.asked.length, 3);
});

for (const [status, code] of /** @type {const} */ ([
  [413, "too_large"],
  [400, "bad_record"],
])) {
  test(`${status}: a push is halved until it is taken, and a record at fault by itself is refused here`, async t => {
    for (const id of ["a", "b", "c", "d", "e"]) await write(id, { name: id });
    const server = await scriptedServer(t, ({ body }) => {
      const sent = body.records.map((/** @type {any} */ record) => record.id);
      return sent.length > 2 || sent.includes("c") ? { status, json: { code } } : took(1);
    });

    assert.equal((await exchange(server).run()).state, "done");
    const refused = { c: { code, detail: "" } };
    assert.deepEqual(await mara.standing(), { waiting: 0, refused, synced_at: NOW });
  });
}

test("more than one push holds is sent in several", async t => {
  for (let each = 0; each < 501; each++) await write(`entry${each}`, { name: "Pleasing" });
  const server = await scriptedServer(t, () => took(server.asked.length));

  assert.deepEqual(await exchange(server).run(), { state: "done", received: 0, sent: 501 });
  assert.deepEqual(
    server.asked.map(({ body }) => body.records.length),
    [500, 1],
  );
});

test("a server that has more is asked on", async t => {
  const records = ["a", "b"].map(id => save(newRecord(id, "trait"), "laptop", { name: id }, NOW));
  const server = await scriptedServer(t, ({ body }) =>
    took(body.cursor + 1, { records: [records[body.cursor]], more: body.cursor === 0 }),
  );

  assert.deepEqual(await exchange(server).run(), { state: "done", received: 2, sent: 0 });
  assert.equal(await mara.count(), 2);
});

test("an ended session is noted, and nothing more is sent until the next sign-in", async t => {
  await write("a", { name: "Pleasing" });
  const server = await scriptedServer(t, () => ({ status: 401, json: { code: "signed_out" } }));
  await exchange(server).run();
  await exchange(server).run();

  assert.equal(server.asked.length, 1);
  assert.equal((await currentReplica()).signed_out, true);
  assert.equal((await mara.standing()).waiting, 1);
  assert.equal((await adopt("mara", "mara@example.org")).signed_out, false);
});

for (const status of [429, 503]) {
  test(`${status} with Retry-After is heeded`, async t => {
    await write("a", { name: "Pleasing" });
    const server = await scriptedServer(t, () =>
      server.asked.length === 1 ? { status, headers: { "Retry-After": "30" }, json: { code: "slow_down" } } : took(1),
    );
    let now = NOW;
    const patient = new Exchange({ kinds, send: server.send, now: () => now });

    assert.equal((await patient.run()).state, "later");
    now += 29_000;
    assert.equal((await patient.run()).state, "later");
    assert.equal(server.asked.length, 1);
    now += 2_000;
    assert.equal((await patient.run()).state, "done");
  });
}

test("whoever asks while an exchange runs gets the same one, which looks once more", async t => {
  const server = await scriptedServer(t, () => {
    if (server.asked.length === 1) asked.push(one.run());
    return took(server.asked.length);
  });
  const one = exchange(server);
  /** @type {Promise<unknown>[]} */
  const asked = [];
  const first = one.run();
  await first;

  assert.equal(server.asked.length, 2);
  assert.equal(asked[0], first);
});

/** @param {{send: import("../../web/phone/host.js").Send}} server */
function exchange({ send }) {
  return new Exchange({ kinds, send, now: () => NOW });
}

/**
 * @param {number} cursor
 * @param {object} [rest]
 * @returns {Said}
 */
function took(cursor, rest = {}) {
  return { json: { v: 1, epoch: "e1", cursor, more: false, records: [], refused: [], ...rest } };
}

/**
 * @param {string} id
 * @param {import("../../web/phone/record.js").Fields} fields
 */
function write(id, fields) {
  return mara.change(id, record => save(record ?? newRecord(id, "trait"), device, fields, NOW));
}
