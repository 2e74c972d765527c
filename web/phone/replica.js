/**
 * Replicas: a person's copy of their journal in this browser, under a device name of its own. One of them is current.
 * Two people may share a browser; each has a replica, and neither sees the other's.
 * @import { Transaction } from "./database.js"
 * @import { Vector } from "./record.js"
 * @import { Row } from "./rows.js"
 * @import { Rows } from "./tally.js"
 * @import { IDBPTransaction } from "./vendor/idb.js"
 */

import { registry, removeReplicaDatabase, replicaDatabase } from "./database.js";
import { amongReplicas } from "./session.js";
import { changeRows } from "./tally.js";
import { newName, takeNewName } from "./writer.js";

/**
 * `joined` names the replicas without an account whose words came into this one.
 * @typedef {{device: string, account: string | null, email: string | null, signed_out: boolean, joined?: string[]}} Replica
 */

/**
 * The replica that pages are answered from; the first one is made when there is none.
 * @returns {Promise<Replica>}
 */
export async function currentReplica() {
  const found = await registry().read(["replicas", "here"], current); // a transaction that may write takes three times as long
  return found ?? registry().write(["replicas", "here"], async tx => (await current(tx)) ?? makeCurrent(tx, blank()));
}

/**
 * The replica that a page was made for: `journal` is its account, its own name, or that of one which joined it.
 * @param {string} journal
 * @returns {Promise<Replica | undefined>}
 */
export function replicaOf(journal) {
  return registry().read(["replicas"], async tx =>
    (await replicas(tx)).find(({ account, device, joined = [] }) => [account, device, ...joined].includes(journal)),
  );
}

/**
 * Makes the account's replica current. Words written here before anybody signed in join the account;
 * another account's replica goes unless it holds words that no server has.
 * @param {string} account
 * @param {string} email
 * @param {string | null} [device] the one that the session speaks for
 * @returns {Promise<Replica>}
 */
export function adopt(account, email, device = null) {
  return amongReplicas(() => change(account, email, device));
}

/**
 * @param {string} account
 * @param {string} email
 * @param {string | null} device
 */
async function change(account, email, device) {
  const left = await currentReplica();
  const theirs = await registry().read(["replicas"], async tx =>
    (await replicas(tx)).find(each => each.account === account),
  );
  const found = theirs ?? (await begin(left, device));
  const moves = left.account === null && left.device !== found.device;
  if (moves) await moveWords(left.device, found.device); // first: a worker that is stopped in between moves them again
  const joined = moves ? { joined: [...(found.joined ?? []), left.device] } : {};
  const adopted = await registry().write(["replicas", "here"], tx =>
    makeCurrent(tx, { ...found, ...joined, account, email, signed_out: false }),
  );
  if (left.device !== found.device) await leave(left);
  return adopted;
}

/**
 * Notes that the server wants a new sign-in; what is written meanwhile waits.
 * @param {string} device
 */
export function markSignedOut(device) {
  return registry().write(["replicas"], async tx => {
    const replica = await tx.objectStore("replicas").get(device);
    if (replica) await tx.objectStore("replicas").put({ ...replica, signed_out: true });
  });
}

/**
 * Makes a replica one of this device alone: its account is gone, its words stay. Pages begun with the account go on.
 * @param {string} device
 */
export function letGo(device) {
  return registry().write(["replicas"], async tx => {
    const replica = await tx.objectStore("replicas").get(device);
    const joined = [...(replica.joined ?? []), replica.account];
    await tx.objectStore("replicas").put({ ...replica, account: null, email: null, signed_out: false, joined });
  });
}

/**
 * Forgets a replica with all its records and drafts. A new one is made when the next page is asked for.
 * @param {string} device
 */
export function forget(device) {
  return amongReplicas(() => drop(device));
}

/** @param {string} device */
async function drop(device) {
  await registry().write(["replicas", "here"], async tx => {
    await tx.objectStore("replicas").delete(device);
    const here = await tx.objectStore("here").get("current");
    if (here?.value === device) await tx.objectStore("here").delete("current");
  });
  await removeReplicaDatabase(device);
}

/**
 * What is chosen for this browser, whoever uses it: the language, say.
 * @param {string} key
 * @returns {Promise<any>}
 */
export function chosen(key) {
  return registry().read(["here"], async tx => (await tx.objectStore("here").get(key))?.value);
}

/**
 * @param {string} key
 * @param {unknown} value
 */
export function choose(key, value) {
  return registry().write(["here"], tx => tx.objectStore("here").put({ key, value }));
}

/**
 * Whether a replica holds words that no server has: saves not yet sent, refused ones, half-typed forms.
 * @param {string} device
 * @returns {Promise<boolean>}
 */
export function holdsUnsent(device) {
  return replicaDatabase(device).read(["records", "drafts"], async tx => {
    const records = tx.objectStore("records");
    const counts = [records.index("dirty").count(), records.index("refused").count(), tx.objectStore("drafts").count()];
    return (await Promise.all(counts)).some(count => count > 0);
  });
}

/**
 * How many forms are half typed there.
 * @param {string} device
 * @returns {Promise<number>}
 */
export function countDrafts(device) {
  return replicaDatabase(device).read(["drafts"], tx => tx.objectStore("drafts").count());
}

/**
 * What an account begins with in this browser. A session speaks for one device for good (SYNC.md §2): where that is
 * another, this browser threw its databases away, goes by the name again, and writes under one that nobody had.
 * @param {Replica} left
 * @param {string | null} device
 * @returns {Promise<Replica>}
 */
async function begin(left, device) {
  if (!device || device === left.device) return left.account === null ? left : blank();
  await replicaDatabase(device).write(["state"], async tx => {
    await tx.objectStore("state").delete("exchange"); // an answer that was on its way may have said that all is here
    await takeNewName(tx, []);
  });
  return { ...blank(), device };
}

/** @param {Replica} left */
async function leave({ account, device }) {
  if (account === null || !(await holdsUnsent(device))) await drop(device);
}

/**
 * Brings what was written without an account into a replica that the account already had here.
 * Ids made on two replicas differ: a row that is there was moved before, when a worker was stopped in the middle.
 * @param {string} from
 * @param {string} to
 */
async function moveWords(from, to) {
  const [records, drafts] = await replicaDatabase(from).read(["records", "drafts"], tx =>
    Promise.all([tx.objectStore("records").getAll(), tx.objectStore("drafts").getAll()]),
  );
  await changeRows(replicaDatabase(to), ["drafts"], async (tx, rows) => {
    await Promise.all(records.map(row => move(rows, row)));
    await Promise.all(drafts.map(draft => addMissing(tx, draft)));
  });
}

/**
 * @param {Rows} rows
 * @param {Row} row
 */
async function move(rows, row) {
  const there = (await rows.add({ ...row, dirty: 1 })) ? undefined : await rows.get(row.id);
  if (!there || !knows(row.record.seen, there.record.seen)) return;
  await rows.put({ ...row, dirty: 1, saves: there.saves + 1 }, there); // saved again since
}

/**
 * Whether one vector covers all of the other.
 * @param {Vector} seen
 * @param {Vector} other
 */
function knows(seen, other) {
  return Object.entries(other).every(([by, at]) => (seen[by] ?? 0) >= at);
}

/**
 * @param {Transaction} tx
 * @param {{path: string}} draft
 */
async function addMissing(tx, draft) {
  const drafts = tx.objectStore("drafts");
  if (!(await drafts.getKey(draft.path))) await drafts.put(draft);
}

/**
 * @param {IDBPTransaction<unknown, string[], any>} tx
 * @returns {Promise<Replica | undefined>}
 */
async function current(tx) {
  const here = await tx.objectStore("here").get("current");
  return here && tx.objectStore("replicas").get(here.value);
}

/**
 * @param {IDBPTransaction<unknown, string[], any>} tx
 * @returns {Promise<Replica[]>}
 */
function replicas(tx) {
  return tx.objectStore("replicas").getAll();
}

/**
 * @param {Transaction} tx
 * @param {Replica} replica
 */
async function makeCurrent(tx, replica) {
  await tx.objectStore("replicas").put(replica);
  await tx.objectStore("here").put({ key: "current", value: replica.device });
  return replica;
}

/** @returns {Replica} */
function blank() {
  return { device: newName(), account: null, email: null, signed_out: false };
}
