/** Answers that are not the server's, and servers that lead nowhere: nothing is marked sent or refused, nothing advances. */

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Exchange } from "../../web/phone/exchange.js";
import { newRecord, save } from "../../web/phone/record.js";
import { currentReplica } from "../../web/phone/replica.js";
import { kinds } from "./kinds.js";
import { exchange, NOW, phoneOfMara, pushes, took } from "./phone_of_mara.js";
import { scriptedServer } from "./scripted_server.js";

/** @typedef {import("./scripted_server.js").Said} Said */

/** @type {Awaited<ReturnType<typeof phoneOfMara>>["mara"]} */
let mara;
/** @type {Awaited<ReturnType<typeof phoneOfMara>>["write"]} */
let write;
const THEIRS = save(newRecord("b", "trait"), "laptop", { name: "Theirs" }, NOW);

beforeEach(async () => {
  ({ mara, write } = await phoneOfMara());
});

/** @type {[string, Said][]} */
const FOREIGN = [
  ["a page of the wireless network's", { text: "<h1>Accept our terms</h1>" }],
  ["its JSON", { json: { ok: true } }],
  ["an answer cut short", { text: '{"v":1,"epoch":"e1","cursor":9,"more":false,"records":[{"id":' }],
  ["another version", took(9, { v: 2 })],
  ["an epoch that is no text", took(9, { epoch: 7 })],
  ["another epoch than the one asked for", took(9, { epoch: "e9" })],
  ["a cursor that is no number", took(/** @type {any} */ ("9"))],
  ["a cursor that goes backwards", took(4)],
  ["more, and nothing of it", took(9, { more: true })],
  ["more, and no step forward", took(5, { more: true, records: [THEIRS] })],
  ["records that are none", took(9, { records: [{ id: "b", kind: "trait", seen: null, writes: [] }] })],
  ["refusals that are none", took(9, { refused: [{ id: "a" }] })],
  ["a 400 of the network's", { status: 400, json: { error: "Log in first" } }],
  ["a 401 of a proxy's", { status: 401, text: "Unauthorized" }],
  ["a 409 of a proxy's", { status: 409, text: "Conflict" }],
  ["a 403", { status: 403, text: "Forbidden" }],
  ["a 500", { status: 500, text: "Internal Server Error" }],
];

for (const [what, said] of FOREIGN) {
  test(`${what} is no answer: what waits goes on waiting, the cursor stays`, async t => {
    await write("a", { name: "Sent" });
    const server = await scriptedServer(t, () => (foreign ? said : took(5)));
    let foreign = false;
    await exchange(server).run();
    await write("a", { name: "Waits" });
    foreign = true;

    assert.ok(["unreachable", "failed"].includes((await exchange(server).run()).state));
    assert.deepEqual(await mara.standing(), { waiting: 1, refused: {}, synced_at: NOW });
    assert.equal(await mara.get("b"), null);
    assert.equal((await currentReplica()).signed_out, false);
    foreign = false;
    await exchange(server).run();
    assert.deepEqual([server.asked.at(-1)?.body.epoch, server.asked.at(-1)?.body.cursor], ["e1", 5]);
    assert.equal((await mara.standing()).waiting, 0);
  });
}

test("a 400 that comes without any record too is nobody's fault: nothing is refused", async t => {
  for (const id of ["a", "b", "c"]) await write(id, { name: id });
  const server = await scriptedServer(t, () =>
    pushes(server).length ? { status: 400, json: { code: "malformed" } } : took(1),
  );

  assert.equal((await exchange(server).run()).state, "failed");
  assert.deepEqual(await mara.standing(), { waiting: 3, refused: {}, synced_at: 0 });
  assert.deepEqual(server.asked.at(-1)?.body.records, []);
});

test("an epoch that is no text is no epoch, also at first", async t => {
  const server = await scriptedServer(t, () => took(5, { epoch: server.asked.length === 1 ? 7 : "e1" }));

  assert.equal((await exchange(server).run()).state, "unreachable");
  await exchange(server).run();
  assert.equal(server.asked[1]?.body.epoch, null);
});

test("a network that answers for the server only while there is much to send makes no record refused", async t => {
  await write("a", { name: "Waits" });
  const server = await scriptedServer(t, ({ body }) =>
    body.records.length ? { status: 400, json: { code: "log_in" } } : took(1),
  );

  assert.equal((await exchange(server).run()).state, "failed");
  assert.deepEqual(await mara.standing(), { waiting: 1, refused: {}, synced_at: 0 });
});

test("pushes that were made small for nothing grow again", async t => {
  for (let at = 0; at < 8; at++) await write(`a${at}`, { name: "Pleasing" });
  const server = await scriptedServer(t, () =>
    [1, 2, 3].includes(pushes(server).length) ? { status: 400, json: { code: "malformed" } } : took(1),
  );
  await exchange(server).run();

  assert.deepEqual(
    pushes(server).map(body => body.records.length),
    [8, 4, 2, 1, 2, 4, 1],
  );
});

test("after a record at fault by itself, pushes are as large as before", async t => {
  const ids = Array.from({ length: 12 }, (_, at) => `a${String(at).padStart(2, "0")}`);
  for (const id of ids) await write(id, { name: id });
  const server = await scriptedServer(t, ({ body }) =>
    body.records.some((/** @type {any} */ { id }) => id === "a00")
      ? { status: 400, json: { code: "malformed" } }
      : took(1),
  );

  assert.equal((await exchange(server).run()).state, "done");
  assert.deepEqual(
    pushes(server).map(body => body.records.length),
    [12, 6, 3, 2, 1, 11],
  );
  assert.deepEqual(Object.keys((await mara.standing()).refused), ["a00"]);
});

test("a page cut behind the cursor, where a stale push came back, is gone through again and ends", async t => {
  await write("a", { name: "Old" });
  const records = Array.from({ length: 3 }, (_, at) =>
    save(newRecord(`b${at}`, "trait"), "laptop", { name: "b" }, NOW),
  );
  const server = await scriptedServer(t, ({ body }) => {
    if (server.asked.length === 1) return took(3, { records });
    if (body.records.length) return took(1, { records: records.slice(0, 1), more: true });
    return took(body.cursor + 1, { records: records.slice(body.cursor, body.cursor + 1), more: body.cursor < 2 });
  });

  assert.equal((await exchange(server).run()).state, "done");
  assert.deepEqual(
    server.asked.map(({ body }) => body.cursor),
    [0, 3, 1, 2],
  );
});

test("a pause is heeded from one run to the next, up to half as long again; a date is understood too", async t => {
  let now = NOW;
  const retry = new Date(NOW + 60_000).toUTCString();
  const server = await scriptedServer(t, () =>
    server.asked.length === 1 ? { status: 503, headers: { "Retry-After": retry }, text: "" } : took(1),
  );
  const patient = new Exchange({ kinds, send: server.send, now: () => now });
  await patient.run();

  now += 59_000;
  assert.equal((await patient.run()).state, "later");
  now += 32_000;
  assert.equal((await patient.run()).state, "done");
});

test("no pause silences a phone for good: neither a wrong one, nor a clock that was set back meanwhile", async t => {
  let now = NOW;
  const server = await scriptedServer(t, () =>
    server.asked.length % 2 ? { status: 429, headers: { "Retry-After": "99999999" }, text: "" } : took(1),
  );
  const patient = new Exchange({ kinds, send: server.send, now: () => now });
  await patient.run();

  assert.equal((await patient.run()).state, "later");
  now += 5_500_000;
  assert.equal((await patient.run()).state, "done");
  assert.equal((await patient.run()).state, "later");
  now -= 86_400_000;
  assert.equal((await patient.run()).state, "done");
});
