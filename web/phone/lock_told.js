/**
 * What the server is to know of the lock, for its own pages: a hard reload goes past the worker to them.
 * @import { Send } from "./host.js"
 */

import { choose, chosen, currentReplica } from "./replica.js";

const UNTOLD = "lock_untold";

/**
 * Tells the server now where it can be reached, else when it is next.
 * @param {string} lock
 * @param {Send} send
 */
export async function tellLock(lock, send) {
  await choose(UNTOLD, lock);
  settleLock(send); // nobody waits for the server
}

/**
 * Where nobody is signed in the server has no words to lock, and hears of no PIN.
 * @param {Send} send
 */
export async function settleLock(send) {
  const lock = await chosen(UNTOLD);
  if (!lock || (await currentReplica()).account === null) return;
  const body = new URLSearchParams({ lock });
  const answer = await send("/session/lock", { method: "POST", body }).catch(() => null);
  if (answer?.ok && (await chosen(UNTOLD)) === lock) await choose(UNTOLD, "");
}
