/**
 * This device's own passkey as a second way to open the lock. It is kept with the lock, and goes with it; the PIN always
 * opens too. No twin: a server's page asks for the PIN.
 * @import { Pairs } from "./forms.js"
 */

import { isMeant, isSigned, isUsable } from "./ceremonies.js";
import { takeChallenge } from "./challenges.js";
import { last } from "./forms.js";
import { changeLock, currentLock } from "./lock.js";

/**
 * Keeps the passkey that the device has made, and tells whether it did. Who knows the PIN got the challenge.
 * @param {Pairs} pairs
 * @param {string} url of the page's own site
 */
export async function addPasskey(pairs, url) {
  const passkey = { id: last(pairs, "id"), key: last(pairs, "key"), alg: last(pairs, "alg") };
  const question = /** @type {const} */ ({ type: "webauthn.create", challenge: await takeChallenge("add") });
  const isOurs = await isMeant(answerIn(pairs), { ...question, origin: new URL(url).origin });
  if (!isOurs || !(await isUsable(passkey))) return false;
  return (await changeLock(lock => lock && { ...lock, passkey })) !== null;
}

/** From now on only the PIN opens. */
export function dropPasskey() {
  return changeLock(lock => lock && { ...lock, passkey: undefined });
}

/**
 * What is wrong with the device's answer, of words.lock.errors ("": it vouches for the person). No PIN is counted.
 * @param {Pairs} pairs
 * @param {string} url of the page's own site
 */
export async function tryPasskey(pairs, url) {
  const passkey = (await currentLock())?.passkey;
  const question = /** @type {const} */ ({ type: "webauthn.get", challenge: await takeChallenge("open") });
  const asked = { ...question, origin: new URL(url).origin };
  return passkey && (await isSigned(passkey, answerIn(pairs), asked)) ? "" : "not_opened";
}

/** @param {Pairs} pairs */
function answerIn(pairs) {
  return {
    client: last(pairs, "client"),
    authenticator: last(pairs, "authenticator"),
    signature: last(pairs, "signature"),
  };
}
