/**
 * What a passkey is to sign: fresh and random, good for one answer within a few minutes. The last one is kept beside the
 * lock, for a worker may be stopped before the answer comes.
 */

import { toBase64url } from "./base64url.js";
import { registry } from "./database.js";

/** @typedef {"add" | "open"} About what the answer is to do */

const BYTES = 32; // WebAuthn Level 3 §13.4.3 asks for 16 or more
const GOOD_FOR = 5 * 60_000; // ms, as long as a device is asked to wait (page/passkey.js)

/** @param {About} about */
export async function newChallenge(about, now = Date.now()) {
  const challenge = toBase64url(crypto.getRandomValues(new Uint8Array(BYTES)));
  const kept = { key: "challenge", value: { challenge, about, asked: now } };
  await registry().write(["here"], tx => tx.objectStore("here").put(kept));
  return challenge;
}

/**
 * The challenge that an answer has to be to, "" when there is none. Taking it ends it, whatever the answer is worth.
 * @param {About} about
 */
export async function takeChallenge(about, now = Date.now()) {
  const kept = await registry().write(["here"], async tx => {
    const here = tx.objectStore("here");
    const found = await here.get("challenge");
    await here.delete("challenge");
    return found?.value;
  });
  const isGood = kept?.about === about && kept.asked <= now && now < kept.asked + GOOD_FOR;
  return isGood ? String(kept.challenge) : "";
}
