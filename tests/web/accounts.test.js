/** Signing in, out and in as somebody else, as far as the phone has a part in it. */

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { findSession, settleSignOut, signIn, signOut } from "../../web/phone/accounts.js";
import { replicaDatabase } from "../../web/phone/database.js";
import { Exchange } from "../../web/phone/exchange.js";
import { hostOf } from "../../web/phone/host.js";
import { newRecord, save } from "../../web/phone/record.js";
import { adopt, currentReplica, markSignedOut } from "../../web/phone/replica.js";
import { newBrowser } from "./browser.js";
import { shell } from "./built_shell.js";
import { scriptedServer } from "./scripted_server.js";

/** @typedef {import("./scripted_server.js").Said} Said */
/** @typedef {{[path: string]: (asked: import("./scripted_server.js").Asked) => Said}} Answers */

const MARA = { account: "mara", email: "mara@example.org" };
/** @type {Answers[string]} */
const NO_NETWORK = () => ({ lost: true });
const SERVER = /** @type {Answers} */ ({
  "/sign-in": () => ({ json: MARA }),
  "/accounts": () => ({ status: 422, json: { code: "malformed", errors: { email: "email" } } }),
  "/sign-out": () => ({ status: 204 }),
  "/session": () => ({ json: MARA }),
  "/sync": () => ({ json: { v: 1, epoch: "e1", cursor: 1, more: false, records: [], refused: [] } }),
});

beforeEach(() => newBrowser());

test("Mara signs in: her words join her account and she comes to where she was going", async t => {
  const phone = await open(t, SERVER);
  await phone.write("a", "Pleasing");
  const answer = await phone.signIn({ key: "a-stone-in-the-river", next: "/journal" });

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

test("whoever says so signs out with words that are nowhere else", async t => {
  const phone = await open(t, { ...SERVER, "/sync": NO_NETWORK });
  await adopt(MARA.account, MARA.email);
  await phone.write("a", "Pleasing");

  assert.equal((await phone.signOut({ discard: "yes" })).status, 303);
  assert.equal((await currentReplica()).account, null);
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
  await phone.write("a", "Pleasing");
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

/**
 * A phone before a server that answers so.
 * @param {import("node:test").TestContext} t
 * @param {Answers} answers
 */
async function open(t, answers) {
  const server = await scriptedServer(t, asked => answers[asked.path](asked));
  const exchange = new Exchange({ kinds: shell.kinds, send: server.send, now: Date.now });
  const host = async () => ({ ...(await hostOf(shell)), send: server.send });
  const form = (/** @type {string} */ path, /** @type {{[name: string]: string}} */ fields) =>
    new Request(`https://unlearn.example${path}`, { method: "POST", body: new URLSearchParams(fields) });
  return {
    send: server.send,
    sent: (/** @type {string} */ path) => server.asked.filter(asked => asked.path === path),
    standing: async () => (await host()).journal.standing(),
    /** @type {(id: string, name: string) => Promise<unknown>} */
    write: async (id, name) => {
      const { journal, replica } = await host();
      return journal.change(id, record => save(record ?? newRecord(id, "trait"), replica.device, { name }, 1000));
    },
    /** @type {(fields: {[name: string]: string}, path?: string) => Promise<Response>} */
    signIn: async (fields, path = "/sign-in") =>
      signIn(form(path, { email: MARA.email, ...fields }), await host(), exchange),
    /** @type {(fields?: {[name: string]: string}) => Promise<Response>} */
    signOut: async (fields = {}) => signOut(form("/sign-out", fields), await host(), exchange),
  };
}
