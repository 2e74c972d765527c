/** Turns: who is signed in, and whose replica is the current one, never change beneath a work that counts on it. */

/**
 * Does work that speaks for whoever is signed in: one at a time.
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function inSession(work) {
  return await navigator.locks.request("unlearn-session", work);
}

/**
 * Does work that writes into a replica: none goes, and none becomes the current one meanwhile.
 * @template T
 * @param {() => Promise<T>} work takes no turn at the session
 * @returns {Promise<T>}
 */
export async function inReplica(work) {
  return await navigator.locks.request("unlearn-replicas", { mode: "shared" }, work);
}

/**
 * Does work after which another replica may be the current one: one at a time, and alone.
 * @template T
 * @param {() => Promise<T>} work takes no turn at the session
 * @returns {Promise<T>}
 */
export async function amongReplicas(work) {
  return await navigator.locks.request("unlearn-replicas", work);
}
