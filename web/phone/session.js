/** Turns at the session: who is signed in never changes while a request that speaks for them is under way. */

/**
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function inSession(work) {
  return await navigator.locks.request("unlearn-session", work);
}
