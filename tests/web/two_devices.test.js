/** Mara's phone and laptop before the real server. Node stands for both browsers, one after the other. */

import assert from "node:assert/strict";
import { before, beforeEach, test } from "node:test";
import { shell } from "./built_shell.js";
import { Device } from "./device.js";
import { realServer } from "./real_server.js";

const OTHER_KEY = "a-stone-in-the-rain".padEnd(43, "A");

/** @type {string} */
let origin;
let people = 0;
const ENTRY = "0190f6a0-0000-7000-8000-000000000001";
/** @type {string} */
let mara;
/** @type {Device} */
let phone;
/** @type {Device} */
let laptop;

before(async t => {
  origin = (await realServer(/** @type {import("node:test").TestContext} */ (t))).origin;
});

beforeEach(() => {
  mara = `mara${++people}@example.org`;
  phone = new Device(origin);
  laptop = new Device(origin);
});

test("what Mara wrote before she made an account is on her laptop when she signs in there", async () => {
  await phone.write(ENTRY, { name: "I go quiet" }, 1000);
  assert.equal((await phone.enter("/accounts", mara)).status, 303);
  assert.equal((await laptop.enter("/sign-in", mara)).status, 303);

  assert.deepEqual(await laptop.read(ENTRY, "name"), { value: "I go quiet", rivals: [] });
});

test("different fields of one entry, written on both devices without a network, both stand on both", async () => {
  await shared(ENTRY, { name: "I go quiet" });
  await phone.write(ENTRY, { costs: "friends" }, 2000);
  await laptop.write(ENTRY, { protected: "me" }, 3000);
  await everywhere();

  for (const device of [phone, laptop]) {
    assert.equal((await device.read(ENTRY, "costs")).value, "friends");
    assert.equal((await device.read(ENTRY, "protected")).value, "me");
  }
});

test("the same field, written on both, shows the later wording and keeps the other", async () => {
  await shared(ENTRY, { name: "I go quiet" });
  await phone.write(ENTRY, { name: "I fall silent" }, Date.now() + 2000);
  await laptop.write(ENTRY, { name: "I hide" }, Date.now() + 3000);
  await everywhere();

  for (const device of [phone, laptop]) {
    assert.deepEqual(await device.read(ENTRY, "name"), { value: "I hide", rivals: ["I fall silent"] });
  }
});

test("nothing of Mara's goes to the journal of somebody whose session took the place of hers", async () => {
  await phone.enter("/accounts", mara);
  await laptop.enter("/accounts", `ben${people}@example.org`);
  await phone.write(ENTRY, { name: "I go quiet" }, 1000);
  phone.line.cookie = laptop.line.cookie;

  assert.equal((await phone.exchange()).state, "signed_out");
  await laptop.exchange();
  assert.equal((await laptop.read(ENTRY, "name")).value, undefined);
});

test("after signing out, the session is over on the server too", async () => {
  await phone.enter("/accounts", mara);
  const { cookie } = phone.line;
  assert.equal((await phone.leave()).status, 303);
  phone.line.cookie = cookie;

  assert.equal((await phone.line.send("/session", {})).status, 401);
});

test("a wrong passphrase comes back with the email and without its key", async () => {
  await phone.enter("/accounts", mara);
  const answer = await laptop.enter("/sign-in", mara, OTHER_KEY);

  assert.equal(answer.status, 401);
  const page = await answer.text();
  assert.ok(page.includes(shell.words.en.errors.wrong_passphrase));
  assert.ok(page.includes(mara));
  assert.ok(!page.includes(OTHER_KEY));
});

/**
 * An entry that both of Mara's devices have.
 * @param {string} id
 * @param {import("../../web/phone/record.js").Fields} fields
 */
async function shared(id, fields) {
  await phone.write(id, fields, 1000);
  await phone.enter("/accounts", mara);
  await laptop.enter("/sign-in", mara);
}

/** Both devices exchange until both know everything. */
async function everywhere() {
  for (const device of [phone, laptop, phone]) assert.equal((await device.exchange()).state, "done");
}
