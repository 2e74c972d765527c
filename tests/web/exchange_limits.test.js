/** How the phone goes on when one exchange is not enough, or never will be. */

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { newRecord, save } from "../../web/phone/record.js";
import { exchange, NOW, phoneOfMara, pushes, took } from "./phone_of_mara.js";
import { scriptedServer } from "./scripted_server.js";

/** @type {Awaited<ReturnType<typeof phoneOfMara>>["mara"]} */
let mara;
/** @type {Awaited<ReturnType<typeof phoneOfMara>>["write"]} */
let write;

beforeEach(async () => {
  ({ mara, write } = await phoneOfMara());
});

test("a server whose epoch never stays the same is left alone after a few tries", async t => {
  const server = await scriptedServer(t, () => ({ status: 409, json: { code: "epoch_changed" } }));

  assert.equal((await exchange(server).run()).state, "failed");
  assert.equal(server.asked.length, 3);
});

for (const [status, said, code] of /** @type {const} */ ([
  [413, "too_large", "too_large"],
  [400, "malformed", "bad_record"],
])) {
  test(`${status}: a push is halved until it is taken, and a record at fault by itself is refused here`, async t => {
    for (const id of ["a", "b", "c", "d", "e"]) await write(id, { name: id });
    const server = await scriptedServer(t, ({ body }) => {
      const sent = body.records.map((/** @type {any} */ record) => record.id);
      return sent.length > 2 || sent.includes("c") ? { status, json: { code: said } } : took(1);
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
    pushes(server).map(body => body.records.length),
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
