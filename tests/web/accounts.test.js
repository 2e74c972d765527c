/** Signing in, out and in as somebody else, as far as the phone has a part in it. */

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { findSession, settleSignOut } from "../../web/phone/accounts.js";
import { replicaDatabase } from "../../web/phone/database.js";
import { adopt, currentReplica, markSignedOut } from "../../web/phone/replica.js";
import { MARA, NO_NETWORK, openPhone as open, SERVER } from "./account_phone.js";
import { newBrowser } from "./browser.js";
import { shell } from "./built_shell.js";

beforeEach(() => newBrowser());

test("Mara makes an account: her words join it and she comes to where she was going", async t => {
  const phone = await open(t, { ...SERVER, "/accounts": () => ({ status: 201, json: MARA }) });
  await phone.write("a", "Pleasing");
  const answer = await phone.signIn({ key: "a-stone-in-the-river", next: "/journal" }, "/accounts");

  assert.deepEqual([answer.status, answer.headers.get("Location")], [303, "/journal"]);
  assert.match(answer.headers.get("Content-Security-Policy") ?? "", /script-src 'self' 'nonce-[^{]+'/);
  assert.equal((await currentReplica()).account, "mara");
  assert.deepEqual(phone.sent("/sync")[1].body.records[0].writes[0].set, { name: "Pleasing" });
});

for (const next of ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", ""]) {
  test(`signing in leads to no other site: ${next}`, async t => {
    const phone = await open(t, SERVER);
    const answer = await phone.signIn({ key: "a-stone-in-the-river", next });

    assert.equal(answer.headers.get("Location"), "/you");
  });
}

test("an account that can't be made is said to be so beside its field", async t => {
  const phone = await open(t, SERVER);
  const answer = await phone.signIn({ key: "a-stone-in-the-river" }, "/accounts");

  assert.equal(answer.status, 422);
  assert.ok((await answer.text()).includes(shell.words.en.errors.email));
});

test("without a network signing in says so, and nothing is lost", async t => {
  const phone = await open(t, { ...SERVER, "/sign-in": NO_NETWORK });
  await phone.write("a", "Pleasing");
  const answer = await phone.signIn({ key: "a-stone-in-the-river" });

  assert.equal(answer.status, 503);
  assert.match(await answer.text(), /mara@example\.org/);
  assert.equal((await phone.standing()).waiting, 1);
});

test("signing out with words that are nowhere else asks first", async t => {
  const phone = await open(t, { ...SERVER, "/sync": () => ({ status: 503 }) });
  await adopt(MARA.account, MARA.email);
  await phone.write("a", "Pleasing");
  const answer = await phone.signOut();

  assert.equal(answer.status, 409);
  assert.match(await answer.text(), /1 entry/);
  assert.equal((await phone.standing()).waiting, 1);
  assert.deepEqual(phone.sent("/sign-out"), []);
});

test("signing out asks for a form that is half written, too", async t => {
  const phone = await open(t, SERVER);
  const { device } = await adopt(MARA.account, MARA.email);
  await replicaDatabase(device).write(["drafts"], tx => tx.objectStore("drafts").put({ path: "/traits", fields: [] }));

  assert.match(await (await phone.signOut()).text(), /Only on this device: 1 half-written form\./);
  await phone.write("a", "Pleasing");
  await markSignedOut(device);
  assert.match(await (await phone.signOut()).text(), /Only on this device: 1 entry and 1 half-written form\./);
  assert.equal((await currentReplica()).account, MARA.account);
});

test("signing out sends what waits, ends the session and leaves nothing behind", async t => {
  const phone = await open(t, SERVER);
  const { device } = await adopt(MARA.account, MARA.email);
  await phone.write("a", "Pleasing");
  const answer = await phone.signOut();

  assert.deepEqual([answer.status, answer.headers.get("Location")], [303, "/"]);
  assert.equal(phone.sent("/sync").length, 2);
  assert.equal(phone.sent("/sign-out").length, 1);
  const kept = (await indexedDB.databases()).map(({ name }) => name);
  assert.ok(!kept.includes(`unlearn-${device}`));
  assert.equal((await currentReplica()).account, null);
});

for (const [said, next] of [
  ["/signed-out?from=clinic", "/signed-out?from=clinic"],
  ["https://evil.example/", "/"],
]) {
  test(`signing out leads to where the server says, and to no other site: ${said}`, async t => {
    const phone = await open(t, { ...SERVER, "/sign-out": () => ({ json: { next: said } }) });
    await adopt(MARA.account, MARA.email);

    assert.equal((await phone.signOut()).headers.get("Location"), next);
  });
}

test("whoever says so signs out with words that are nowhere else", async t => {
  const phone = await open(t, { ...SERVER, "/sync": NO_NETWORK });
  await adopt(MARA.account, MARA.email);
  await phone.write("a", "Pleasing");

  assert.equal((await phone.signOut({ unsent: "discard" })).status, 303);
  assert.equal((await currentReplica()).account, null);
});

test("what nobody has but this device can be kept out of sight until the same account is back", async t => {
  const phone = await open(t, { ...SERVER, "/sync": NO_NETWORK });
  await adopt(MARA.account, MARA.email);
  await phone.write("a", "Pleasing");

  assert.equal((await phone.signOut({ unsent: "keep" })).status, 303);
  assert.deepEqual([(await currentReplica()).account, await phone.names()], [null, []]);
  await adopt("ben", "ben@example.org");
  assert.deepEqual(await phone.names(), []);
  await phone.signOut();
  await adopt(MARA.account, MARA.email);
  assert.deepEqual(await phone.names(), ["Pleasing"]);
});

test("a sign-out without a network ends the server's session as soon as there is one", async t => {
  const answers = { ...SERVER, "/sign-out": NO_NETWORK };
  const phone = await open(t, answers);
  await adopt(MARA.account, MARA.email);
  await phone.signOut();

  await findSession(phone.send);
  assert.equal((await currentReplica()).account, null);

  answers["/sign-out"] = SERVER["/sign-out"];
  await settleSignOut(phone.send);
  await settleSignOut(phone.send);
  assert.equal(phone.sent("/sign-out").length, 3);
});

test("somebody who signed in before there was a worker is known to it", async t => {
  const phone = await open(t, SERVER);
  await findSession(phone.send);

  const { account, email } = await currentReplica();
  assert.deepEqual({ account, email }, MARA);
});

test("who is known already is not asked for", async t => {
  const phone = await open(t, SERVER);
  await adopt("ben", "ben@example.org");
  await findSession(phone.send);

  assert.deepEqual(phone.sent("/session"), []);
  assert.equal((await currentReplica()).account, "ben");
});
