/**
 * What pages ask and send about this device's passkey (page/passkey.js). No twin: a server's page asks for the PIN.
 * @import { Host } from "./host.js"
 */

import { newChallenge } from "./challenges.js";
import { readPairs } from "./form_body.js";
import { last } from "./forms.js";
import { hereOf } from "./here.js";
import { see } from "./host.js";
import { html } from "./html.js";
import { currentLock, tryPin } from "./lock.js";
import { addPasskey, dropPasskey } from "./passkeys.js";
import { everyHeader } from "./shell.js";
import { lockPage } from "./views/lock.js";

const PIN_ERRORS = ["wrong_pin", "not_tried"]; // of words.lock.errors

/**
 * What a device that opens the lock is to sign, and with which passkey.
 * @param {Request} _
 * @param {Host} host
 */
export async function askPasskey(_, host) {
  const id = host.lock?.passkey?.id ?? "";
  return json(host, { id, challenge: id && (await newChallenge("open")) });
}

/**
 * What a new passkey is to answer, for whoever types the PIN; else what is wrong with it.
 * @param {Request} request
 * @param {Host} host
 */
export async function beginPasskey(request, host) {
  const code = await tryPin(last(await readPairs(request), "current"));
  return json(host, { code, challenge: code ? "" : await newChallenge("add") });
}

/**
 * Adds the passkey that a device made, or takes it away again, which takes the PIN.
 * @param {Request} request
 * @param {Host} host
 */
export async function setPasskey(request, host) {
  const pairs = await readPairs(request);
  const isOff = last(pairs, "do") === "off";
  const code = isOff ? await tryPin(last(pairs, "current")) : last(pairs, "code");
  if (PIN_ERRORS.includes(code)) return again(request, host, { current: code });
  if (isOff) await dropPasskey();
  else if (!(await addPasskey(pairs, request.url))) return again(request, host, { passkey: "not_added" });
  return see(host, `/you/lock?now=passkey_${isOff ? "off" : "on"}`);
}

/**
 * @param {Request} request
 * @param {Host} host
 * @param {{[field: string]: string}} errors
 */
async function again(request, host, errors) {
  return html(host, "lock.html", lockPage(hereOf(request, { ...host, lock: await currentLock() }), errors), 422);
}

/**
 * @param {Host} host
 * @param {object} said
 */
function json({ shell, nonce }, said) {
  const headers = everyHeader(shell, nonce);
  headers.set("Content-Type", "application/json");
  headers.set("Cache-Control", "no-store");
  return new Response(JSON.stringify(said), { headers });
}
