/**
 * Passkeys that sign in to an account: asked for, made, and offered in the email's field where the browser can. The server
 * judges the answer, which is sent as a form. (The passkey that opens this device's lock is another thing: passkey.js.)
 */

import { fromBase64url, toBase64url } from "../phone/base64url.js";
import { onContents } from "./contents.js";
import { hasName } from "./passkey.js";
import { sendForm } from "./send_form.js";

const AFRESH_MS = 4 * 60_000; // the server's challenge is good for five minutes (server/passkey_challenges.py)

/** @type {{[what: string]: (asked: any, more?: CredentialRequestOptions) => Promise<object>}} */
const CEREMONIES = { "sign-in": assert, "step-up": assert, add: make };

let isAsking = false;
/** What the browser offers beside the email, until it is taken back. @type {{form: HTMLFormElement, end: AbortController} | null} */
let offer = null;

export function offerAccountPasskeys() {
  onContents(show);
  document.addEventListener("submit", take);
}

function show() {
  const isThere = "PublicKeyCredential" in window && hasName(location.hostname);
  for (const each of document.querySelectorAll("[data-account-passkey]")) each.toggleAttribute("data-there", isThere);
  for (const each of document.querySelectorAll("[data-no-passkeys]")) each.toggleAttribute("hidden", isThere);
  const form = document.querySelector("form[data-account-passkey=sign-in]");
  if (offer?.form === form) return;
  takeBack();
  if (isThere && form instanceof HTMLFormElement) suggest(form);
}

/** @param {SubmitEvent} event */
async function take(event) {
  const form = event.target;
  const what = form instanceof HTMLFormElement && form.dataset.accountPasskey;
  if (!what) return;
  event.preventDefault();
  if (isAsking) return; // the device asks already
  isAsking = true;
  takeBack(); // a browser asks for one thing at a time
  // Whoever said no comes back to the page, which says so.
  const credential = await answer(form, CEREMONIES[what]).catch(() => "");
  send(form, credential);
  isAsking = false;
}

/**
 * Lets the browser offer passkeys where the email is typed.
 * @param {HTMLFormElement} form
 */
async function suggest(form) {
  const end = new AbortController();
  offer = { form, end };
  const can = await PublicKeyCredential.isConditionalMediationAvailable?.();
  if (!can || !navigator.onLine || end.signal.aborted) return;
  const afresh = setTimeout(() => {
    end.abort();
    if (form.isConnected && offer?.end === end) suggest(form);
  }, AFRESH_MS);
  end.signal.addEventListener("abort", () => clearTimeout(afresh));
  const more = /** @type {const} */ ({ mediation: "conditional", signal: end.signal });
  const credential = await answer(form, asked => assert(asked, more)).catch(() => ""); // nobody took it up
  if (credential && !end.signal.aborted) send(form, credential);
}

function takeBack() {
  offer?.end.abort();
  offer = null;
}

/**
 * @param {HTMLFormElement} form
 * @param {(asked: any) => Promise<object>} ceremony
 */
async function answer(form, ceremony) {
  const asked = await fetch(`${form.getAttribute("action")}/new`, {
    method: "POST",
    headers: { Accept: "application/json" },
  });
  if (!asked.ok) return "";
  return JSON.stringify(await ceremony(await asked.json()));
}

/**
 * @param {HTMLFormElement} form
 * @param {string} credential
 */
function send(form, credential) {
  const fields = [...new FormData(form)].map(([name, value]) => [name, String(value)]);
  sendForm(String(form.getAttribute("action")), { ...Object.fromEntries(fields), credential });
}

/** @param {any} asked PublicKeyCredentialCreationOptionsJSON */
async function make(asked) {
  const made = await navigator.credentials.create({
    publicKey: {
      ...asked,
      challenge: fromBase64url(asked.challenge),
      user: { ...asked.user, id: fromBase64url(asked.user.id) },
      excludeCredentials: asked.excludeCredentials.map(bytesOf),
    },
  });
  const { id, rawId, type, response } = /** @type {PublicKeyCredential} */ (made);
  const said = /** @type {AuthenticatorAttestationResponse} */ (response);
  return {
    ...{ id, type, rawId: toBase64url(rawId) },
    response: {
      clientDataJSON: toBase64url(said.clientDataJSON),
      attestationObject: toBase64url(said.attestationObject),
      transports: said.getTransports?.() ?? [],
    },
  };
}

/**
 * @param {any} asked PublicKeyCredentialRequestOptionsJSON
 * @param {CredentialRequestOptions} [more]
 */
async function assert(asked, more) {
  const found = await navigator.credentials.get({
    ...more,
    publicKey: {
      ...asked,
      challenge: fromBase64url(asked.challenge),
      allowCredentials: asked.allowCredentials.map(bytesOf),
    },
  });
  const { id, rawId, type, response } = /** @type {PublicKeyCredential} */ (found);
  const said = /** @type {AuthenticatorAssertionResponse} */ (response);
  return {
    ...{ id, type, rawId: toBase64url(rawId) },
    response: {
      clientDataJSON: toBase64url(said.clientDataJSON),
      authenticatorData: toBase64url(said.authenticatorData),
      signature: toBase64url(said.signature),
      userHandle: said.userHandle && toBase64url(said.userHandle),
    },
  };
}

/** @param {{id: string}} described */
function bytesOf(described) {
  return { ...described, id: fromBase64url(described.id) };
}
