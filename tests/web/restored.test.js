/**
 * A phone that is set back to an older copy of itself, before the real server (SYNC.md §1: its new saves are not taken
 * for old ones). It asks before it tells, once in each life; what it forgot and what it wrote since both stand.
 */

import assert from "node:assert/strict";
import { before, beforeEach, test } from "node:test";
import { adopt, currentReplica, forget } from "../../web/phone/replica.js";
import { openBrowser } from "./browser.js";
import { Device } from "./device.js";
import { realServer } from "./real_server.js";

const ENTRY = "0190f6a0-0000-7000-8000-000000000001";
const NOW = 1_795_350_000_000;
/** @type {string} */
let origin;
let people = 0;
/** @type {Device} */
let phone;
/** @type {Device} */
let laptop;

before(async t => {
  origin = (await realServer(/** @type {import("node:test").TestContext} */ (t))).origin;
});

beforeEach(async () => {
  [phone, laptop] = [new Device(origin), new Device(origin)];
  await phone.enter("/accounts", `mara${++people}@example.org`);
  await laptop.enter("/sign-in", `mara${people}@example.org`);
});

for (const [clock, then, now] of /** @type {const} */ ([
  ["runs on", NOW + 5000, NOW + 9000],
  ["was set back", NOW + 5000, 1000],
  ["always stood behind", 1000, 1000], // one more than the latest would be the same number twice
])) {
  test(`what it forgot and what it wrote before it asked both stand; its clock ${clock}`, async () => {
    await phone.write(ENTRY, { name: "I go quiet", costs: "friends" }, NOW);
    await phone.exchange();
    const copy = await phone.copy();
    await phone.write(ENTRY, { name: "Forgotten", costs: "sleep" }, then);
    await phone.exchange();

    phone.setBackTo(copy);
    await phone.write(ENTRY, { name: "Written since" }, now);
    await everywhere();

    for (const device of [phone, laptop]) {
      const { value, rivals } = await device.read(ENTRY, "name");
      assert.deepEqual([value, ...rivals].sort(), ["Forgotten", "Written since"]);
      assert.deepEqual(await device.read(ENTRY, "costs"), { value: "sleep", rivals: [] });
    }
  });
}

test("what it puts in the bin without knowing of a forgotten edit stays out of the bin", async () => {
  await phone.write(ENTRY, { name: "I go quiet" }, NOW);
  await phone.exchange();
  const copy = await phone.copy();
  await phone.write(ENTRY, { costs: "Forgotten" }, NOW + 5000);
  await phone.exchange();

  phone.setBackTo(copy);
  await phone.write(ENTRY, { name: "I hide" }, NOW + 8000);
  await phone.remove(ENTRY, NOW + 9000);
  await everywhere();

  for (const device of [phone, laptop]) {
    assert.equal(await device.isBinned(ENTRY), false);
    assert.deepEqual(await device.read(ENTRY, "costs"), { value: "Forgotten", rivals: [] });
  }
  await phone.remove(ENTRY, NOW + 20_000);
  await everywhere();
  assert.equal(await laptop.isBinned(ENTRY), true);
});

test("one record tells for all that wait: each is renamed, and those that were never forgotten get no rivals", async () => {
  const [other, binned] = [ENTRY.replace(/1$/, "2"), ENTRY.replace(/1$/, "3")];
  for (const id of [ENTRY, other, binned]) await phone.write(id, { name: "I hurry" }, NOW);
  await phone.exchange();
  const copy = await phone.copy();
  await phone.write(ENTRY, { name: "Forgotten" }, NOW + 5000);
  await phone.exchange();

  phone.setBackTo(copy);
  await phone.write(ENTRY, { name: "Since" }, NOW + 8000);
  await phone.write(other, { name: "Since, too" }, NOW + 8000);
  await phone.write(binned, { name: "Not needed any more" }, NOW + 8000);
  await phone.remove(binned, NOW + 9000);
  await everywhere();

  assert.deepEqual(await laptop.read(other, "name"), { value: "Since, too", rivals: [] });
  assert.deepEqual(await laptop.read(ENTRY, "name"), { value: "Since", rivals: ["Forgotten"] });
  assert.equal(await laptop.isBinned(binned), true);
});

test("a twin that goes on beside it loses nothing to the one that tells first", async () => {
  await phone.write(ENTRY, { name: "I go quiet" }, NOW);
  await phone.exchange();
  const twin = new Device(origin);
  twin.line.cookie = phone.line.cookie;
  twin.setBackTo(await phone.copy());
  await twin.exchange(); // both are alive, and have asked
  await phone.write(ENTRY, { name: "On the phone" }, NOW + 9000);
  await twin.write(ENTRY, { name: "On the twin" }, NOW + 5000);
  await phone.exchange();
  await twin.exchange();
  await everywhere();

  assert.deepEqual(await laptop.read(ENTRY, "name"), { value: "On the phone", rivals: ["On the twin"] });
});

test("a save whose answer got lost is its own: nothing is renamed, and nothing is a rival of itself", async () => {
  await phone.write(ENTRY, { name: "I go quiet" }, NOW);
  await phone.exchange();
  await phone.write(ENTRY, { name: "I hide" }, NOW + 1000);
  phone.line.deaf = true;
  assert.equal((await phone.exchange()).state, "unreachable");
  phone.line.deaf = false;

  phone.startsAgain();
  await phone.write(ENTRY, { name: "I hide away" }, NOW + 2000);
  await everywhere();

  assert.deepEqual(await laptop.read(ENTRY, "name"), { value: "I hide away", rivals: [] });
  assert.equal((await laptop.record(ENTRY)).writes.length, 1);
});

test("words written before signing in, moved into the account's replica, stand beside what they forgot", async () => {
  const mara = `mara${people}@example.org`;
  await phone.write(ENTRY, { name: "Kept here" }, NOW);
  phone.line.cut = true;
  openBrowser(phone.browser);
  const { account } = await currentReplica();
  await forget((await adopt("teo", "teo@example.org")).device); // Mara's replica waits, nobody is signed in
  const other = ENTRY.replace(/1$/, "2");
  await phone.write(other, { name: "Nobody's yet" }, NOW);
  const copy = await phone.copy();
  await phone.write(other, { name: "Forgotten" }, NOW + 5000);
  phone.line.cut = false;
  await phone.enter("/sign-in", mara);
  await phone.putIn();

  phone.setBackTo(copy);
  await phone.write(other, { name: "Written since" }, NOW + 1000);
  await phone.enter("/sign-in", mara);
  await phone.putIn();
  await everywhere();

  assert.ok(account);
  assert.deepEqual(await laptop.read(other, "name"), { value: "Forgotten", rivals: ["Written since"] });
  assert.deepEqual(await laptop.read(ENTRY, "name"), { value: "Kept here", rivals: [] });
});

/** Both devices exchange until both know everything. */
async function everywhere() {
  for (const device of [phone, laptop, phone]) assert.equal((await device.exchange()).state, "done");
}
