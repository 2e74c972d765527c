/**
 * What is answered while the lock is on: the lock's page, at whatever address was asked for. Twin: server/curtain.py.
 * @import { Found } from "./routes.js"
 * @import { Host } from "./host.js"
 */

import { replicaDatabase } from "./database.js";
import { draftPath } from "./draft_path.js";
import { readPairs } from "./form_body.js";
import { last } from "./forms.js";
import { hereOf, pathOf } from "./here.js";
import { html } from "./html.js";
import { lockedPage } from "./views/lock.js";

const LOCKED = 423; // RFC 4918

/**
 * Whether a route answers with the lock on: help does, and what takes the lock off.
 * @param {Host} host
 * @param {Found} found
 */
export const isBehind = ({ lock }, { route }) => Boolean(lock?.isOn) && !route.open;

/**
 * The answer to a request that may show nothing. Words that a form brings are kept all the same: saved, or else,
 * where something is wrong with them, as the draft of their form.
 * @param {Request} request
 * @param {Host} host
 * @param {Found} found
 * @param {(request: Request, host: Host, found: Found) => Promise<Response>} save
 */
export async function whileLocked(request, host, found, save) {
  if (found.route.saves) {
    const saved = await save(request.clone(), host, found);
    if (saved.status < 400) return saved;
    await keepDraft(request, host);
  }
  return curtain(request, host);
}

/**
 * The lock's page. What htmx asked for takes no part of a page: the whole page is asked for again.
 * @param {Request} request
 * @param {Host} host
 */
export function curtain(request, host) {
  const page = html(host, "locked.html", lockedPage(hereOf(request, host), pathTo(request)), LOCKED);
  if (request.headers.has("hx-request")) page.headers.set("HX-Redirect", pathTo(request));
  return page;
}

/**
 * Where the PIN leads to: what was asked for, or the page of the form that was sent.
 * @param {Request} request
 */
function pathTo({ method, url, referrer, headers }) {
  const asked =
    method === "GET" ? (headers.get("hx-request-type") === "partial" ? headers.get("hx-current-url") : url) : referrer;
  if (!asked?.startsWith(`${new URL(url).origin}/`)) return "/";
  const { pathname, search } = new URL(asked);
  return pathname + search;
}

/**
 * @param {Request} request
 * @param {Host} host
 */
async function keepDraft(request, { replica }) {
  const pairs = await readPairs(request);
  const path = draftPath(pathOf(request), last(pairs, "draft"));
  await replicaDatabase(replica.device).write(["drafts"], tx => tx.objectStore("drafts").put({ path, fields: pairs }));
}
