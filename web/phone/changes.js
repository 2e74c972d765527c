/**
 * What open pages are told when something changed beneath them.
 */

/**
 * changed: the journal or where it is kept; `records` is how many came from elsewhere (0: only the state of sending).
 * saved: somebody's words are on this device now. signed_out: what the page shows may no longer be shown.
 * synced: the server was reached, whether it had news or not.
 * switched: another replica is the current one and the page shows somebody else's, or the page is in another language now.
 * arriving: how much of a journal is here that is on its way, in words ("": no more of it comes).
 * @typedef {{type: "changed", records: number} | {type: "saved"} | {type: "signed_out"} | {type: "switched"} | {type: "synced"} |
 *   {type: "arriving", text: string}} Change
 */

/**
 * @param {ServiceWorkerGlobalScope} scope
 * @param {Change} change
 */
export async function tellPages(scope, change) {
  const pages = await scope.clients.matchAll({ type: "window", includeUncontrolled: true });
  for (const page of pages) page.postMessage(change);
}
