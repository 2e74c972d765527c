/**
 * Somebody opens a page.
 * @import { Host } from "./host.js"
 */

import { staysHidden } from "./hiding.js";
import { see } from "./host.js";
import { lockAtOnce, noteUse } from "./lock.js";

/**
 * Notes that the app is used; where it stays hidden, the answer that says so. A lock that falls at once has fallen
 * where no page of ours was open any more.
 * @param {Request} request
 * @param {Host} host gets the lock as it is then
 * @param {ServiceWorkerGlobalScope} scope
 */
export async function visit(request, host, { clients }) {
  if (await staysHidden(request)) return see(host, "/measures");
  if (!host.lock) return null;
  const open = await clients.matchAll({ type: "window", includeUncontrolled: true });
  const wasLeft = host.lock.after === 0 && open.length === 0;
  host.lock = await (wasLeft ? lockAtOnce() : noteUse());
  return null;
}
