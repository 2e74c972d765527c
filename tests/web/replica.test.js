import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { replicaDatabase } from "../../web/phone/database.js";
import { Journal } from "../../web/phone/journal.js";
import { newRecord, save } from "../../web/phone/record.js";
import { adopt, choose, chosen, currentReplica, forget, holdsUnsent, markSignedOut } from "../../web/phone/replica.js";
import { inReplica } from "../../web/phone/session.js";
import { newBrowser } from "./browser.js";
import { kinds } from "./kinds.js";

beforeEach(() => newBrowser());

test("the first replica is made once, under a name of its own, for nobody in particular", async () => {
  const [one, other] = await Promise.all([currentReplica(), currentReplica()]);

  assert.match(one.device, /^[a-z0-9]{12}$/);
  assert.deepEqual(one, { device: other.device, account: null, email: null, signed_out: false });
});

test("what Mara wrote before she made an account joins it", async () => {
  const before = await currentReplica();
  await write(before.device, "a", "Pleasing");
  const mara = await adopt("mara", "mara@example.org");

  assert.equal(mara.device, before.device);
  assert.deepEqual(await names(), ["Pleasing"]);
});

test("Ben signs in on Mara's tablet and sees none of her words; hers wait for her", async () => {
  const mara = await adopt("mara", "mara@example.org");
  await write(mara.device, "a", "Pleasing");
  const ben = await adopt("ben", "ben@example.org");

  assert.notEqual(ben.device, mara.device);
  assert.deepEqual(await names(), []);
  assert.equal((await adopt("mara", "mara@example.org")).device, mara.device);
  assert.deepEqual(await names(), ["Pleasing"]);
});

test("words that the server has do not stay behind on a tablet that Ben takes over", async () => {
  const mara = await adopt("mara", "mara@example.org");
  await adopt("ben", "ben@example.org");

  assert.equal(await exists(mara.device), false);
  assert.notEqual((await adopt("mara", "mara@example.org")).device, mara.device);
});

test("a half-typed form is reason enough to keep a replica", async () => {
  const mara = await adopt("mara", "mara@example.org");
  await draft(mara.device, "/traits");
  await adopt("ben", "ben@example.org");

  assert.equal(await exists(mara.device), true);
});

test("what was written while nobody was signed in joins the account that comes back to its own replica", async () => {
  const mara = await adopt("mara", "mara@example.org");
  await write(mara.device, "a", "Pleasing");
  const ben = await adopt("ben", "ben@example.org");
  await forget(ben.device);
  const nobody = await currentReplica();
  await write(nobody.device, "b", "Hurry");
  await draft(nobody.device, "/traits");
  await adopt("mara", "mara@example.org");

  assert.deepEqual(await names(), ["Pleasing", "Hurry"].sort());
  assert.equal((await journal(mara.device).standing()).waiting, 2);
  assert.equal(await exists(nobody.device), false);
  assert.equal(await holdsUnsent(mara.device), true);
});

test("a worker stopped between moving words and the change of replica moves them again, with what was saved since", async () => {
  const mara = await adopt("mara", "mara@example.org");
  await draft(mara.device, "/tools");
  await forget((await adopt("ben", "ben@example.org")).device);
  const nobody = await currentReplica();
  await write(nobody.device, "a", "First");
  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (...given) {
    if (this.name === "here") throw new Error("the worker is stopped");
    return put.apply(this, given);
  };
  await assert.rejects(adopt("mara", "mara@example.org"), /stopped/);
  IDBObjectStore.prototype.put = put;

  assert.equal((await currentReplica()).device, nobody.device);
  await write(nobody.device, "a", "Second");
  await adopt("mara", "mara@example.org");
  assert.deepEqual(await names(), ["Second"]);
});

test("nobody writes into a replica while another becomes the current one", async () => {
  const mara = await adopt("mara", "mara@example.org");
  const order = /** @type {string[]} */ ([]);
  /** @type {(value?: unknown) => void} */
  let saved = () => {};
  const asked = new Promise(resolve => {
    saved = resolve;
  });
  const saving = inReplica(async () => {
    await asked;
    await write(mara.device, "a", "Pleasing");
    order.push("saved");
  });
  const adopting = adopt("ben", "ben@example.org").then(() => order.push("adopted"));
  const { pending = [] } = await navigator.locks.query();
  assert.deepEqual(
    pending.map(({ name }) => name),
    ["unlearn-replicas"],
  );
  saved();
  await Promise.all([saving, adopting]);

  assert.deepEqual(order, ["saved", "adopted"]);
  assert.equal(await exists(mara.device), true); // for what was saved
});

test("a session that ended leaves the replica in place until the same person is back", async () => {
  const mara = await adopt("mara", "mara@example.org");
  await markSignedOut(mara.device);
  assert.deepEqual(await currentReplica(), { ...mara, signed_out: true });

  assert.deepEqual(await adopt("mara", "mara@example.org"), mara);
});

test("a forgotten replica leaves nothing, and the next page begins a new one", async () => {
  const mara = await adopt("mara", "mara@example.org");
  await write(mara.device, "a", "Pleasing");
  await forget(mara.device);

  assert.equal(await exists(mara.device), false);
  const next = await currentReplica();
  assert.notEqual(next.device, mara.device);
  assert.equal(next.account, null);
});

test("the browser's own choices stay whoever signs in", async () => {
  await choose("language", "es");
  await adopt("mara", "mara@example.org");

  assert.equal(await chosen("language"), "es");
  assert.equal(await chosen("never"), undefined);
});

async function names() {
  const { device } = await currentReplica();
  return (await journal(device).newest(10)).map(entry => entry.values.name).sort();
}

/** @param {string} device */
const journal = device => new Journal(replicaDatabase(device), kinds);

/**
 * @param {string} device
 * @param {string} id
 * @param {string} name
 */
function write(device, id, name) {
  return journal(device).change(id, record => {
    const before = record ?? newRecord(id, "trait");
    return save(before, device, { name }, 1000);
  });
}

/**
 * @param {string} device
 * @param {string} path
 */
function draft(device, path) {
  return replicaDatabase(device).write(["drafts"], tx => tx.objectStore("drafts").put({ path, fields: [] }));
}

/** @param {string} device */
async function exists(device) {
  return (await indexedDB.databases()).some(({ name }) => name === `unlearn-${device}`);
}
