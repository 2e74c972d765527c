/**
 * Setting the lock, opening it, and what to do about a forgotten PIN. Twin: server/lock_forms.py.
 * @import { Pairs } from "./forms.js"
 * @import { Host } from "./host.js"
 */

import { readPairs } from "./form_body.js";
import { last } from "./forms.js";
import { hereOf } from "./here.js";
import { see } from "./host.js";
import { html } from "./html.js";
import { changeLock, currentLock, lockAtOnce, tryPin } from "./lock.js";
import { tellLock } from "./lock_told.js";
import { tryPasskey } from "./passkeys.js";
import { isPin, keepPin } from "./pins.js";
import { samePath } from "./same_origin.js";
import { inSession } from "./session.js";
import { everyHeader } from "./shell.js";
import { AFTERS, lockedPage, lockPage, OFF_AFTER } from "./views/lock.js";

/** @typedef {{[field: string]: string}} Errors codes of words.lock.errors by field */

/**
 * Sets the lock, changes it or takes it off; what is set already takes its PIN.
 * @param {Request} request
 * @param {Host} host
 */
export async function setLock(request, host) {
  const pairs = await readPairs(request);
  const errors = await errorsIn(pairs, host);
  if (Object.keys(errors).length) {
    const here = hereOf(request, await as(host));
    return html(host, "lock.html", lockPage(here, errors, last(pairs, "after")), 422);
  }
  const isOff = last(pairs, "do") === "off";
  const pin = last(pairs, "pin");
  const kept = pin ? await keepPin(pin) : "";
  const lock = await changeLock(before => {
    const fresh = { isOn: false, wrong: 0, tried: 0, asked: 0, used: Date.now(), after: Number(last(pairs, "after")) };
    return isOff ? null : { ...fresh, kept: kept || (before?.kept ?? ""), passkey: before?.passkey };
  });
  await tellLock(lock ? `${lock.after}.${lock.kept}` : "none", host.send);
  return see(host, `/you/lock?now=${isOff ? "off" : "on"}`);
}

/**
 * What is wrong with the form.
 * @param {Pairs} pairs
 * @param {Host} host
 * @returns {Promise<Errors>}
 */
async function errorsIn(pairs, { lock }) {
  const [pin, isOff] = [last(pairs, "pin"), last(pairs, "do") === "off"];
  const current = lock ? await tryPin(last(pairs, "current")) : "";
  if (current) return { current };
  if (isOff) return {};
  if ((pin || !lock) && !isPin(pin)) return { pin: "no_pin" };
  if (pin !== last(pairs, "again")) return { again: "other_pin" };
  return AFTERS.includes(last(pairs, "after")) ? {} : { after: "no_after" };
}

/**
 * The PIN opens, or a passkey; the key of the account's passphrase takes the lock off; without an account it can be asked for, and
 * waited for.
 * @param {Request} request
 * @param {Host} host
 */
export async function unlock(request, host) {
  const pairs = await readPairs(request);
  const next = samePath(last(pairs, "next"), request.url) ?? "/";
  if (!host.lock) return see(host, next);
  const ways = Object.entries({ passphrase: takeOff, ask, off: takeOffLate });
  const forgotten = ways.find(([name]) => name === last(pairs, "do"))?.[1];
  const code = forgotten ? await forgotten(pairs, host) : await open(pairs, request.url);
  const lock = await currentLock();
  if (!lock) return see(host, "/you/lock?now=off");
  if (lock.isOn) return html(host, "locked.html", lockedPage(hereOf(request, await as(host)), next, code), 423);
  if (!host.lock.asked) return see(host, next);
  return see(host, "/you/lock?now=asked");
}

/**
 * @param {Pairs} pairs
 * @param {string} url
 */
async function open(pairs, url) {
  const code = await (last(pairs, "do") === "passkey" ? tryPasskey(pairs, url) : tryPin(last(pairs, "pin")));
  const opened = { isOn: false, asked: 0, wrong: 0, tried: 0 };
  if (!code) await changeLock(lock => lock && { ...lock, ...opened, used: Date.now() });
  return code;
}

/**
 * @param {Pairs} pairs
 * @param {Host} host
 */
async function takeOff(pairs, host) {
  const body = new URLSearchParams({ email: host.replica.email ?? "", key: last(pairs, "key") });
  const sent = { method: "POST", headers: { Accept: "application/json" }, body };
  const answer = await inSession(() => host.send("/sign-in", sent).catch(() => null));
  if (!answer) return "unreachable";
  const { code } = answer.ok ? {} : await answer.json().catch(() => ({}));
  if (!answer.ok) return ["slow_down", "no_key"].includes(code) ? code : "wrong_passphrase";
  await changeLock(() => null);
  await tellLock("none", host.send);
  return "";
}

/**
 * A wait instead of a proof: whoever knows the PIN sees meanwhile that somebody asked, and ends it by opening.
 * @param {Pairs} _
 * @param {Host} host
 */
async function ask(_, host) {
  const now = await serverTime(host);
  if (now) await changeLock(lock => lock && { ...lock, asked: lock.asked || now });
  return now ? "" : "unreachable";
}

/**
 * @param {Pairs} _
 * @param {Host} host
 */
async function takeOffLate(_, host) {
  const now = await serverTime(host);
  const lock = await changeLock(each => (each?.asked && now - each.asked >= OFF_AFTER ? null : each));
  if (lock) return now ? "too_soon" : "unreachable";
  await tellLock("none", host.send);
  return "";
}

/**
 * Now, in ms since the epoch, 0 when the server can't be asked: whoever holds a device can set its clock three days on.
 * @param {Host} host
 */
async function serverTime({ send }) {
  const answer = await send("/health", { cache: "no-store" }).catch(() => null);
  return Date.parse(answer?.headers.get("Date") ?? "") || 0;
}

/**
 * Leaving an app that locks at once.
 * @param {Request} _
 * @param {Host} host
 */
export async function lockNow(_, host) {
  await lockAtOnce();
  return see(host, "/");
}

/**
 * Whether the lock has fallen, for a page that was open meanwhile.
 * @param {Request} _
 * @param {Host} host
 */
export async function isLocked(_, { lock, shell, nonce }) {
  return new Response(null, { status: lock?.isOn ? 423 : 204, headers: everyHeader(shell, nonce) });
}

/**
 * The host with the lock as it is by now.
 * @param {Host} host
 */
const as = async host => ({ ...host, lock: await currentLock() });
