/** Words that are of no account, when somebody signs in to one on the same device. */

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { findSession } from "../../web/phone/accounts.js";
import { replicaDatabase } from "../../web/phone/database.js";
import { choose, currentReplica, nobodysReplica } from "../../web/phone/replica.js";
import { MARA, openPhone, SERVER } from "./account_phone.js";
import { newBrowser } from "./browser.js";

const SIGN_IN = { key: "a-stone-in-the-river", next: "/journal" };

/** @type {[string, (phone: Awaited<ReturnType<typeof openPhone>>) => Promise<unknown>][]} */
const WAYS_IN = [
  ["with the passphrase", phone => phone.signIn(SIGN_IN)],
  ["in a way that only the server knows", phone => phone.signedIn()],
  ["before the worker was there", phone => findSession(phone.send)],
];

beforeEach(() => newBrowser());

for (const [way, goIn] of WAYS_IN) {
  test(`signing in ${way} asks before words of no account join, and until then nothing is adopted or sent`, async t => {
    const phone = await openPhone(t, SERVER);
    await phone.write("a", "Of no account");
    await goIn(phone);

    assert.equal(await phone.ledTo("/practise?trait=a"), "/you/join?next=%2Fpractise%3Ftrait%3Da");
    const page = await (await phone.asked()).text();
    assert.match(page, /This device has 1 entry of its own\. Put these words into the journal of mara@example\.org/);
    assert.equal((await currentReplica()).account, null);
    assert.deepEqual(phone.sent("/sync"), []);
  });
}

test("the question does not stand before help, and comes again however often it is left", async t => {
  const phone = await askedPhone(t);

  for (const path of ["/support", "/learn", "/learn/not", "/you/export", "/you/devices"])
    assert.equal(await phone.ledTo(path), undefined, path);
  for (const path of ["/", "/journal", "/you"]) assert.match((await phone.ledTo(path)) ?? "", /^\/you\/join/);
  assert.deepEqual(await phone.names(), ["Of no account"]);
});

test("put in, both are one journal: nothing is lost and nothing doubled", async t => {
  const phone = await askedPhone(t);
  const answer = await phone.answer("join");

  assert.deepEqual([answer.status, answer.headers.get("Location")], [303, "/journal"]);
  assert.equal((await currentReplica()).account, MARA.account);
  assert.deepEqual(await phone.names(), ["Of no account"]);
  const sent = phone.sent("/sync").flatMap(({ body }) => body.records);
  assert.deepEqual(
    sent.map(({ id }) => id),
    ["a"],
  );
  assert.equal(await nobodysReplica(), undefined);
  assert.equal(await phone.ledTo("/"), undefined);
});

test("left on the device, they stay aside, unsent, and come back at sign-out", async t => {
  const phone = await askedPhone(t);
  await phone.answer("apart");

  assert.equal((await currentReplica()).account, MARA.account);
  assert.deepEqual(await phone.names(), []);
  assert.deepEqual(
    phone.sent("/sync").flatMap(({ body }) => body.records),
    [],
  );
  await phone.signOut();
  assert.deepEqual(await phone.names(), ["Of no account"]);
  await phone.signIn(SIGN_IN);
  assert.match((await phone.ledTo("/")) ?? "", /^\/you\/join/);
});

test("words that were left on the device can be put in later", async t => {
  const phone = await askedPhone(t);
  await phone.answer("apart");
  await phone.write("b", "Of Mara's");

  assert.match(await (await phone.asked()).text(), /1 entry of its own/);
  await phone.answer("join");
  assert.deepEqual(await phone.names(), ["Of Mara's", "Of no account"]);
  assert.equal((await phone.asked()).headers.get("Location"), "/journal"); // nothing is asked any more
});

test("whoever signed in by mistake signs out again, and the words are as they were", async t => {
  const phone = await askedPhone(t);

  assert.equal((await phone.signOut()).status, 303);
  assert.equal(phone.sent("/sign-out").length, 1);
  assert.equal(await phone.ledTo("/"), undefined);
  assert.deepEqual(await phone.names(), ["Of no account"]);
});

test("an answer that a stopped worker left half done is finished when the question is next asked for", async t => {
  const phone = await askedPhone(t);
  await choose("joining", { ...MARA, device: null, joins: true });
  const answer = await phone.asked();

  assert.equal(answer.headers.get("Location"), "/journal");
  assert.deepEqual([(await currentReplica()).account, await phone.names()], [MARA.account, ["Of no account"]]);
});

test("a device that holds nothing of its own asks nothing", async t => {
  const phone = await openPhone(t, SERVER);
  await phone.signIn(SIGN_IN);

  assert.equal(await phone.ledTo("/"), undefined);
  assert.equal((await currentReplica()).account, MARA.account);
});

test("a form that a page of the server's began in Mara's journal asks nothing and waits for Mara", async t => {
  const phone = await openPhone(t, {
    ...SERVER,
    "/session": () => ({ json: { account: "teo", email: "teo@example.org" } }),
  });
  const draft = { path: "/practices", fields: [["journal", MARA.account]] };
  await drafts((await currentReplica()).device, store => store.put(draft));
  await phone.signedIn();
  assert.equal(await phone.ledTo("/"), undefined);
  assert.deepEqual(await drafts((await currentReplica()).device, store => store.getAll()), []);

  await phone.signOut();
  await phone.signIn(SIGN_IN);
  assert.equal(await phone.ledTo("/"), undefined);
  assert.deepEqual(await drafts((await currentReplica()).device, store => store.getAll()), [draft]);
});

/**
 * @param {string} device
 * @param {(store: any) => Promise<unknown>} work
 */
const drafts = (device, work) => replicaDatabase(device).write(["drafts"], tx => work(tx.objectStore("drafts")));

/** @param {import("node:test").TestContext} t */
async function askedPhone(t) {
  const phone = await openPhone(t, SERVER);
  await phone.write("a", "Of no account");
  await phone.signIn(SIGN_IN);
  return phone;
}
