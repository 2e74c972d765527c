/** What the phone does with answers that no server gives when asked: SYNC.md §2, one story for each. */

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Exchange } from "../../web/phone/exchange.js";
import { newRecord, save } from "../../web/phone/record.js";
import { adopt, currentReplica } from "../../web/phone/replica.js";
import { newBrowser } from "./browser.js";
import { kinds } from "./kinds.js";
import { exchange, NOW, phoneOfMara, pushes, took } from "./phone_of_mara.js";
import { scriptedServer } from "./scripted_server.js";

/** @type {Awaited<ReturnType<typeof phoneOfMara>>["device"]} */
let device;
/** @type {Awaited<ReturnType<typeof phoneOfMara>>["mara"]} */
let mara;
/** @type {Awaited<ReturnType<typeof phoneOfMara>>["write"]} */
let write;

beforeEach(async () => {
  ({ device, mara, write } = await phoneOfMara());
});

test("without an account nothing is ever asked of the server", async t => {
  newBrowser();
  const server = await scriptedServer(t, () => took(1));

  assert.equal((await exchange(server).run()).state, "no_account");
  assert.deepEqual(server.asked, []);
});

test("a save is sent once, with the device, the account and how far it is", async t => {
  await write("a", { name: "Pleasing" });
  const server = await scriptedServer(t, () => took(6 + server.asked.length));
  await exchange(server).run();
  await exchange(server).run();

  const [first, second, third] = server.asked;
  const { v, epoch, cursor, records } = first.body;
  assert.deepEqual({ v, device: first.body.device, epoch, cursor }, { v: 1, device, epoch: null, cursor: 0 });
  assert.deepEqual(records, []);
  assert.equal(first.headers["unlearn-account"], "mara");
  assert.deepEqual(second.body.records[0].writes[0].set, { name: "Pleasing" });
  assert.deepEqual([third.body.records, third.body.epoch, third.body.cursor], [[], "e1", 8]);
  assert.deepEqual(await mara.standing(), { waiting: 0, refused: {}, synced_at: NOW });
});

test("what is long is sent packed", async t => {
  await write("a", { costs: "evenings ".repeat(400) });
  const server = await scriptedServer(t, () => took(1));
  await exchange(server).run();

  assert.equal(server.asked[1].headers["content-encoding"], "gzip");
  assert.equal(server.asked[1].body.records.length, 1);
});

test("a record that is saved again while it is sent still waits, and goes with the next", async t => {
  await write("a", { name: "Pleasing" });
  const server = await scriptedServer(t, async () => {
    if (server.asked.length === 2) await write("a", { costs: "my evenings" });
    return took(server.asked.length);
  });
  await exchange(server).run();

  assert.deepEqual(
    pushes(server).map(body => body.records.map((/** @type {any} */ record) => record.writes.length)),
    [[1], [2]],
  );
  assert.equal((await mara.standing()).waiting, 0);
});

test("an answer that got lost changes nothing here; the same record goes again", async t => {
  await write("a", { name: "Pleasing" });
  const server = await scriptedServer(t, () => (server.asked.length === 2 ? { lost: true } : took(1)));

  assert.equal((await exchange(server).run()).state, "unreachable");
  assert.equal((await mara.standing()).waiting, 1);
  assert.equal((await exchange(server).run()).state, "done");
  const [first, second] = pushes(server);
  assert.deepEqual(first.records, second.records);
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

  assert.equal(pushes(server).length, 1);
  assert.deepEqual((await mara.standing()).refused, { a: { code: "too_large", detail: "70000 bytes" } });
  assert.equal((await mara.get("a"))?.values.name, "Pleasing");

  await write("a", { name: "P" });
  assert.deepEqual(await mara.standing(), { waiting: 1, refused: {}, synced_at: NOW });
});

test("what another device changes in a refused record does not replace it, and lets it be tried once more", async t => {
  await write("a", { name: "Pleasing" });
  const theirs = save(newRecord("a", "trait"), "laptop", { name: "Other" }, NOW + 5);
  const refused = [{ id: "a", code: "too_large", detail: "" }];
  const server = await scriptedServer(t, ({ body }) =>
    body.records.length ? took(body.cursor, { refused }) : took(1, { records: pushes(server).length ? [theirs] : [] }),
  );
  await exchange(server).run();
  await exchange(server).run();

  assert.equal(pushes(server).length, 2);
  assert.equal((await mara.get("a"))?.values.name, "Pleasing");
  assert.deepEqual(Object.keys((await mara.standing()).refused), ["a"]);
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
  const script = /** @type {(() => import("./scripted_server.js").Said)[]} */ ([
    () => took(3),
    () => took(5, { refused: [{ id: "b", code: "bad_record", detail: "" }] }),
    () => ({ status: 409, json: { code: "epoch_changed" } }),
    () => took(0, { epoch: "e2" }),
    () => took(2, { epoch: "e2" }),
  ]);
  const server = await scriptedServer(t, () => script[server.asked.length - 1]());
  await exchange(server).run();
  await exchange(server).run();

  const [asked, told] = server.asked.slice(3).map(({ body }) => body);
  assert.deepEqual([asked.epoch, asked.cursor, asked.records.length], [null, 0, 0]);
  assert.deepEqual([told.epoch, told.cursor, told.records.length], ["e2", 0, 2]);
  assert.deepEqual(await mara.standing(), { waiting: 0, refused: {}, synced_at: NOW });
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
    let now = NOW; // a pause is up to half as long again, so that not all phones come back at once
    const patient = new Exchange({ kinds, send: server.send, now: () => now });

    assert.equal((await patient.run()).state, "later");
    now += 29_000;
    assert.equal((await patient.run()).state, "later");
    assert.equal(server.asked.length, 1);
    now += 17_000;
    assert.equal((await patient.run()).state, "done");
  });
}

test("whoever asks while an exchange fails is not forgotten: the network may be back by now", async t => {
  await write("a", { name: "Pleasing" });
  const server = await scriptedServer(t, () => {
    if (server.asked.length > 1) return took(1);
    one.run();
    return { lost: true };
  });
  const one = exchange(server);

  assert.deepEqual(await one.run(), { state: "done", received: 0, sent: 1 });
});

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
