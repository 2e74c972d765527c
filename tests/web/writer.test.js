/** Whose saves are whose: what a phone notes of them, and what a new name does to them. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { putInBin, write } from "../../web/phone/actions.js";
import { newRecord, save } from "../../web/phone/record.js";
import { inTodaysNames, momentAfter, newName, noteSaves, renamed, toldOfAnotherLife } from "../../web/phone/writer.js";
import { shell } from "./built_shell.js";
import { kinds } from "./kinds.js";
import { exchange, NOW, phoneOfMara, pushes, took } from "./phone_of_mara.js";
import { scriptedServer } from "./scripted_server.js";

test("a name is one that the server takes, and nobody's yet", () => {
  const names = new Set(Array.from({ length: 100 }, newName));

  assert.equal(names.size, 100);
  for (const name of names) assert.match(name, /^[a-z0-9]{12}$/);
});

test("a save is made by the clock, or a step after all that is known when the clock stands behind", () => {
  const record = save(newRecord("a", "trait"), "laptop", { name: "x" }, 5000);

  assert.equal(momentAfter(record, { now: 5001, step: 7 }), 5001);
  for (const now of [5000, 1000]) assert.equal(momentAfter(record, { now, step: 7 }), 5008);
});

test("what is noted begins with the latest that was sent; only another number than these tells of another life", () => {
  let unsent = noteSaves({}, { phone: 100, laptop: 90 }, { phone: 120, laptop: 90 });
  unsent = noteSaves(unsent, { phone: 120, laptop: 90 }, { phone: 140, laptop: 90 });

  assert.deepEqual(unsent, { phone: [100, 120, 140] });
  for (const phone of [90, 100, 120, 140]) assert.equal(toldOfAnotherLife(unsent, { phone, laptop: 500 }), false);
  for (const phone of [110, 130, 150]) assert.equal(toldOfAnotherLife(unsent, { phone }), true);
});

test("a new name is for what was not sent, in dots, in what was seen and in what a deletion saw", () => {
  const sent = save(newRecord("a", "trait"), "phone", { name: "Sent" }, 100);
  const edited = save(sent, "phone", { costs: "friends" }, 120);
  const binned = putInBin({ now: 140, step: 0, zone: "" })(edited, "phone", { name: "phone", former: [] });
  const row = { record: binned, unsent: { phone: [100, 120, 140] } };

  assert.deepEqual(renamed(row, "other"), {
    record: {
      id: "a",
      kind: "trait",
      seen: { phone: 100, other: 140 },
      writes: [
        { by: "phone", at: 100, set: { name: "Sent" } },
        { by: "other", at: 120, set: { costs: "friends" } },
        { by: "other", at: 140, set: { deleted: { phone: 100, other: 120 } } },
      ],
    },
    unsent: { other: [0, 120, 140] },
  });
});

test("what was sent before the row waited again has nothing to rename", () => {
  const row = { record: save(newRecord("a", "trait"), "phone", { name: "Sent" }, 100) };

  assert.equal(renamed(row, "other"), row);
});

test("a page that was made before the new name has seen the same saves", () => {
  const former = [
    { from: "first", to: "phone", known: 0 },
    { from: "phone", to: "other", known: 100 },
  ];
  const writer = { name: "other", former };

  assert.deepEqual(inTodaysNames({ first: 90, laptop: 500 }, writer), { phone: 90, laptop: 500 });
  assert.deepEqual(inTodaysNames({ first: 120 }, writer), { phone: 100, other: 120 });
  assert.deepEqual(inTodaysNames({ phone: 100, laptop: 500 }, writer), { phone: 100, laptop: 500 });
  assert.deepEqual(inTodaysNames({ laptop: 500 }, writer), { laptop: 500 });
});

test("a page that was open on a copy that was set back had not seen what this copy forgot", () => {
  const sent = save(newRecord("a", "trait"), "phone", { name: "Sent" }, 100);
  const forgotten = save(sent, "phone", { costs: "friends" }, 120);
  const former = [{ from: "phone", to: "other", known: 100 }];
  const base = inTodaysNames({ phone: 140 }, { name: "other", former });
  const saved = save(forgotten, "other", { costs: "evenings" }, 200, base);

  assert.deepEqual(
    saved.writes.map(({ set }) => set?.costs),
    [undefined, "friends", "evenings"],
  );
});

test("a form that was open while its entry's saves got another name replaces what it showed, without a rival", async t => {
  const { mara, write: log } = await phoneOfMara();
  await log("a", { name: "Before" });
  const page = JSON.stringify((await mara.get("a"))?.seen);
  const server = await scriptedServer(t, () => (pushes(server).length ? { lost: true } : took(0)));
  await exchange(server).run();
  const typed = /** @type {[string, string][]} */ ([
    ["name", "After"],
    ["seen", page],
    ["was", '{"name":"Before"}'],
  ]);
  const hand = { now: NOW + 1, step: 0, zone: "Europe/Madrid" };
  await mara.change("a", write(kinds.trait, "a", typed, hand, shell.words.en));

  const entry = await mara.get("a");
  assert.deepEqual([entry?.values.name, entry?.rivals.name], ["After", []]);
});

test("in a new life of the journal what was not sent goes under a new name: another device may bring back the old", async t => {
  const { device, write: log } = await phoneOfMara();
  const script = /** @type {(() => import("./scripted_server.js").Said)[]} */ ([
    () => took(0),
    () => took(1),
    () => ({ status: 409, json: { code: "epoch_changed" } }),
    () => took(0, { epoch: "e2" }),
  ]);
  const server = await scriptedServer(t, () => script[server.asked.length - 1]?.() ?? took(1, { epoch: "e2" }));
  await log("a", { name: "In the first life" });
  await exchange(server).run();
  await log("a", { costs: "In the second" });
  await exchange(server).run();

  const [first, second] = pushes(server).map(body => body.records[0].writes.map((/** @type {any} */ { by }) => by));
  assert.notEqual(first[0], device);
  assert.deepEqual([second.length, second[0]], [2, first[0]]);
  assert.notEqual(second[1], first[0]);
});
