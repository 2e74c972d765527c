/**
 * From where a page is asked for. Twin: server/here.py.
 * @import { Frame } from "./host.js"
 * @import { Lock } from "./lock.js"
 * @import { Here } from "./views/frame.js"
 */

import { dayOf } from "./days.js";
import { waitOf } from "./lock.js";
import { nowIn } from "./moments.js";

/**
 * What the views need to know of the device and the request.
 * @param {Request} request
 * @param {Frame} host
 * @returns {Here}
 */
export function hereOf(
  request,
  { shell, replica, standing, language, country, words, now, step, zone, id, nonce, lock, apart = "" },
) {
  const { waiting, synced_at } = standing;
  const refused = Object.entries(standing.refused).map(
    ([each, { code }]) => /** @type {const} */ ([each, words.refusals[code] ?? words.refusals.bad_record]),
  );
  return {
    path: pathOf(request),
    query: Object.fromEntries(new URL(request.url).searchParams),
    language,
    words,
    languages: shell.languages,
    now,
    step,
    zone,
    today: dayOf(nowIn(now, zone)),
    id,
    nonce,
    shell: shell.prefix,
    country,
    lifelines: shell.lifelines,
    providers: shell.providers,
    journal: replica.account ?? replica.device,
    email: replica.email ?? "",
    keeping: keepingOf(replica, waiting),
    waiting,
    synced_at,
    refused: new Map(refused),
    apart,
    lock: lock ? shown(lock, now) : null,
    sign_up: shell.sign_up,
  };
}

/**
 * @param {Lock} lock
 * @param {number} now
 */
function shown(lock, now) {
  const { after, isOn, asked, passkey } = lock;
  return { after, isOn, wait: waitOf(lock, now), asked, hasPasskey: passkey !== undefined };
}

/**
 * Where words are kept now.
 * @param {Frame["replica"]} replica
 * @param {number} waiting
 */
function keepingOf({ device, account, signed_out }, waiting) {
  if (!device) return "unknown"; // nothing can be read here
  if (account === null) return "device";
  if (signed_out) return "signed_out";
  return waiting ? "waiting" : "server";
}

/**
 * The path that the request asks for, its escapes undone.
 * @param {Request} request
 */
export function pathOf({ url }) {
  const { pathname } = new URL(url);
  try {
    return decodeURIComponent(pathname);
  } catch {
    return pathname;
  }
}
