/**
 * Replicas: a person's copy of their journal in this browser, under a device name of its own. One of them is current.
 * Two people may share a browser; each has a replica, and neither sees the other's.
 * @import { Transaction } from "./database.js"
 * @import { IDBPTransaction } from "./vendor/idb.js"
 */

import { registry, removeReplicaDatabase, replicaDatabase } from "./database.js";
import { moveWords } from "./moving.js";
import { amongReplicas } from "./session.js";
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
 */
export function replicaOf(journal) {
  return replicaWhere(({ account, device, joined = [] }) => [account, device, ...joined].includes(journal));
}

/** The replica of no account, when there is one: the current one, or aside while somebody is signed in. */
export const nobodysReplica = () => replicaWhere(({ account }) => account === null);

/**
 * @param {(replica: Replica) => boolean} isIt
 * @returns {Promise<Replica | undefined>}
 */
function replicaWhere(isIt) {
  return registry().read(["replicas"], async tx => (await replicas(tx)).find(isIt));
}

/**
 * Makes the account's replica current. Another account's goes unless it holds words that no server has.
 * @param {string} account
 * @param {string} email
 * @param {string | null} [device] the one that the session speaks for
 * @param {boolean} [joins] whether what is of no account here comes into the account's; else it stays, aside
 * @returns {Promise<Replica>}
 */
export function adopt(account, email, device = null, joins = true) {
  return amongReplicas(() => change(account, email, device, joins));
}

/**
 * @param {string} account
 * @param {string} email
 * @param {string | null} device
 * @param {boolean} joins
 */
async function change(account, email, device, joins) {
  const left = await currentReplica();
  const [theirs, nobodys] = await Promise.all([replicaWhere(each => each.account === account), nobodysReplica()]);
  const own = joins ? (left.account === null ? left : nobodys) : undefined;
  const found = theirs ?? (await begin(own, device));
  const moves = own !== undefined && own.device !== found.device;
  if (moves) await moveWords(own.device, found.device); // first: a worker that is stopped in between moves them again
  const joined = moves ? { joined: [...(found.joined ?? []), own.device] } : {};
  const adopted = await registry().write(["replicas", "here"], tx =>
    makeCurrent(tx, { ...found, ...joined, account, email, signed_out: false }),
  );
  if (moves) await drop(own.device);
  if (left.account !== null && left.device !== found.device && !(await holdsUnsent(left.device)))
    await drop(left.device);
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
 * Forgets a replica with all its records and drafts. What is of no account comes back, else a new one is made.
 * @param {string} device
 */
export function forget(device) {
  return amongReplicas(() => drop(device));
}

/**
 * Puts an account's replica out of sight, until that account is signed in to again.
 * @param {string} device
 */
export function putAway(device) {
  return amongReplicas(() => registry().write(["here"], tx => leaveCurrent(tx, device)));
}

/** @param {string} device */
async function drop(device) {
  await registry().write(["replicas", "here"], async tx => {
    await tx.objectStore("replicas").delete(device);
    await leaveCurrent(tx, device);
  });
  await removeReplicaDatabase(device);
}

/**
 * @param {Transaction} tx
 * @param {string} device
 */
async function leaveCurrent(tx, device) {
  const here = await tx.objectStore("here").get("current");
  if (here?.value === device) await tx.objectStore("here").delete("current");
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
 * What an account begins with in this browser: what is of no account, if that is to join it, else nothing.
 * A session speaks for one device for good (SYNC.md §2): where that is another, this browser threw its databases away, goes by the name again, and writes under one that nobody had.
 * @param {Replica | undefined} own
 * @param {string | null} device
 * @returns {Promise<Replica>}
 */
async function begin(own, device) {
  if (!device || device === own?.device) return own ?? blank();
  await replicaDatabase(device).write(["state"], async tx => {
    await tx.objectStore("state").delete("exchange"); // an answer that was on its way may have said that all is here
    await takeNewName(tx, []);
  });
  return { ...blank(), device };
}

/**
 * @param {IDBPTransaction<unknown, string[], any>} tx
 * @returns {Promise<Replica | undefined>}
 */
async function current(tx) {
  const here = await tx.objectStore("here").get("current");
  return here
    ? tx.objectStore("replicas").get(here.value)
    : (await replicas(tx)).find(({ account }) => account === null);
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
