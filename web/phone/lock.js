/**
 * The lock of this browser, whoever uses it: a curtain before the words, which deletes nothing and encrypts nothing.
 * It is kept beside the journals, so that no sign-in, sign-out or update takes it off. Twin: server/lock.py.
 * @import { Passkey } from "./ceremonies.js"
 * @import { Transaction } from "./database.js"
 */

import { registry } from "./database.js";
import { isRight } from "./pins.js";

/**
 * `kept` of the PIN; `after` how many minutes without use; `used` when it was used last; `isOn` when it fell for good;
 * `wrong` how many wrong PINs since the last right one, `tried` when the last of them; `asked` when somebody asked to
 * have it off (0: nobody). Moments are ms since the epoch. `passkey` is there when this device's own opens it too.
 * @typedef {{kept: string, after: number, used: number, isOn: boolean, wrong: number, tried: number, asked: number,
 *   passkey?: Passkey}} Lock
 */

const MINUTE = 60_000;
const AT_ONCE = 5; // minutes without use of a lock that falls at once when one leaves: a screen may also just lie there
const FREE = 4; // wrong PINs without a wait: fingers slip
const WAITS = [30_000, MINUTE, 5 * MINUTE, 15 * MINUTE]; // after each further one, and the last from then on

/**
 * The lock as it is now, null when none is set.
 * @returns {Promise<Lock | null>}
 */
export async function currentLock(now = Date.now()) {
  const lock = await registry().read(["here"], read);
  return lock && isDue(lock, now)
    ? changeLock(each => (each && isDue(each, now) ? { ...each, isOn: true } : each))
    : lock;
}

/**
 * Whether it has to fall: after some time without use, and where the clock was set back, which would stretch that time.
 * @param {Lock} lock
 * @param {number} now
 */
function isDue({ isOn, used, after }, now) {
  return !isOn && (now < used || now - used >= (after || AT_ONCE) * MINUTE);
}

/**
 * Takes the place of the lock, in one transaction.
 * @param {(lock: Lock | null) => Lock | null} change null: there is none any more
 */
export function changeLock(change) {
  return registry().write(["here"], async tx => {
    const before = await read(tx);
    const lock = change(before);
    if (lock && lock !== before) await tx.objectStore("here").put({ key: "lock", value: lock });
    if (!lock && before) await tx.objectStore("here").delete("lock");
    return lock;
  });
}

/** Somebody uses the app: a lock that has not fallen stays up. */
export function noteUse(now = Date.now()) {
  return changeLock(lock => lock && (lock.isOn || isDue(lock, now) ? { ...lock, isOn: true } : { ...lock, used: now }));
}

export function lockAtOnce() {
  return changeLock(lock => lock && { ...lock, isOn: true });
}

/**
 * How long until the next PIN can be tried, in ms. Where the clock was set back it begins anew.
 * @param {Lock} lock
 * @param {number} now
 */
export function waitOf({ wrong, tried }, now) {
  if (wrong < FREE) return 0;
  const wait = WAITS[Math.min(wrong - FREE, WAITS.length - 1)];
  return Math.max(0, wait - Math.max(0, now - tried));
}

/**
 * What is wrong with this PIN, of words.lock.errors ("": it is the one). A try counts before it is looked at: two at
 * once, or a worker that is stopped, win nothing.
 * @param {string} pin
 */
export async function tryPin(pin, now = Date.now()) {
  let mayTry = false;
  const lock = await changeLock(each => {
    mayTry = each !== null && waitOf(each, now) === 0;
    return each && mayTry ? { ...each, wrong: each.wrong + 1, tried: now } : each;
  });
  if (!lock || !mayTry) return "not_tried";
  if (!(await isRight(pin, lock.kept))) return "wrong_pin";
  await changeLock(each => each && { ...each, wrong: 0, tried: 0 });
  return "";
}

/**
 * @param {Pick<Transaction, "objectStore"> | {objectStore: (name: string) => {get: (key: string) => Promise<any>}}} tx
 * @returns {Promise<Lock | null>}
 */
async function read(tx) {
  return (await tx.objectStore("here").get("lock"))?.value ?? null;
}
