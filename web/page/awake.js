/** Keeps the screen on while somebody follows a guide, where the browser can. */

/** @type {Promise<WakeLockSentinel | undefined> | undefined} */
let lock;

export function stayAwake() {
  lock ??= navigator.wakeLock?.request("screen").catch(() => undefined); // a battery that is low, say
}

export function mayRest() {
  lock?.then(held => held?.release());
  lock = undefined;
}
