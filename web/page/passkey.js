/**
 * Opens the lock with this device's own passkey: fingerprint, face or screen lock. (A passkey that signs in is another
 * thing: account_passkey.js.) The buttons are there only where the
 * device has such a thing and the worker is there to judge its answer; what comes of it is sent as a form, so that the
 * worker's next page says it.
 */

import { fromBase64url, toBase64url } from "../phone/base64url.js";
import { onContents } from "./contents.js";
import { sendForm } from "./send_form.js";

const PATIENCE_MS = 5 * 60_000; // as long as the worker's challenge is good for (phone/challenges.js)
const [ES256, RS256] = [-7, -257]; // what phone/ceremonies.js can verify
const USER_BYTES = 32;

const NUMBERED = /^(\d+\.){3}\d+$|^\[/;

/** @typedef {(form: HTMLFormElement) => Promise<{[field: string]: string}>} Ceremony gives the fields of its answer */

/** @type {{[action: string]: {to: string, ceremony: Ceremony, fields: {[field: string]: string}}}} */
const ACTIONS = {
  add: { to: "/you/lock/passkey", ceremony: make, fields: { do: "add" } },
  open: { to: "/unlock", ceremony: assert, fields: { do: "passkey" } },
};

let isAsking = false;

export function offerPasskey() {
  onContents(show);
  document.addEventListener("submit", take);
}

/**
 * A host without a name can have no passkey.
 * @param {string} host
 */
export function hasName(host) {
  return !NUMBERED.test(host);
}

async function show() {
  const parts = document.querySelectorAll("[data-passkey]");
  if (!parts.length || !navigator.serviceWorker?.controller || !hasName(location.hostname)) return;
  const isThere = await window.PublicKeyCredential?.isUserVerifyingPlatformAuthenticatorAvailable?.();
  for (const each of parts) each.toggleAttribute("data-there", isThere === true);
}

/** @param {SubmitEvent} event */
async function take(event) {
  const { submitter, target: form } = event;
  const action = ACTIONS[submitter?.dataset.passkeyDo ?? ""];
  if (!action || !(form instanceof HTMLFormElement)) return;
  event.preventDefault();
  if (isAsking) return; // the device asks already
  isAsking = true;
  const { to, ceremony, fields } = action;
  const next = new FormData(form).get("next");
  const answer = await ceremony(form).catch(() => ({})); // whoever said no comes back to the page, which says so
  sendForm(to, { ...fields, ...(typeof next === "string" && { next }), ...answer });
}

/** @type {Ceremony} */
async function make(form) {
  const current = String(new FormData(form).get("current"));
  const asked = await fetch("/you/lock/passkey/new", { method: "POST", body: new URLSearchParams({ current }) });
  const { code, challenge } = await asked.json();
  if (code) return { code };
  const name = document.querySelector("meta[name=apple-mobile-web-app-title]")?.getAttribute("content") ?? "";
  const user = { id: crypto.getRandomValues(new Uint8Array(USER_BYTES)), name, displayName: name }; // says nothing of anybody
  const made = await navigator.credentials.create({
    publicKey: {
      rp: { id: location.hostname, name },
      user,
      challenge: fromBase64url(challenge),
      pubKeyCredParams: [ES256, RS256].map(alg => ({ type: "public-key", alg })),
      authenticatorSelection: {
        authenticatorAttachment: "platform",
        residentKey: "discouraged",
        userVerification: "required",
      },
      attestation: "none",
      timeout: PATIENCE_MS,
    },
  });
  const { rawId, response } = /** @type {PublicKeyCredential} */ (made);
  const attested = /** @type {AuthenticatorAttestationResponse} */ (response);
  return {
    id: toBase64url(rawId),
    key: toBase64url(attested.getPublicKey() ?? new ArrayBuffer(0)),
    alg: String(attested.getPublicKeyAlgorithm()),
    client: toBase64url(attested.clientDataJSON),
    authenticator: toBase64url(attested.getAuthenticatorData()),
  };
}

/** @type {Ceremony} */
async function assert() {
  const { id, challenge } = await (await fetch("/unlock/passkey")).json();
  const found = await navigator.credentials.get({
    publicKey: {
      challenge: fromBase64url(challenge),
      rpId: location.hostname,
      allowCredentials: [{ type: "public-key", id: fromBase64url(id), transports: ["internal"] }],
      userVerification: "required",
      timeout: PATIENCE_MS,
    },
  });
  const { response } = /** @type {PublicKeyCredential} */ (found);
  const { clientDataJSON, authenticatorData, signature } = /** @type {AuthenticatorAssertionResponse} */ (response);
  return {
    client: toBase64url(clientDataJSON),
    authenticator: toBase64url(authenticatorData),
    signature: toBase64url(signature),
  };
}
