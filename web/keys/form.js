/** Fills a form's key from the passphrase that was typed into it. The passphrase's own field has no name, so no form can send it. */

import { isObvious } from "./obvious.js";
import { checked, showNew, verifierOf } from "./recovery.js";

/** @typedef {import("./derive.js").Made} Made */
/** @typedef {() => Worker} StartWorker */
/** @typedef {(form: HTMLFormElement, startWorker: StartWorker) => Promise<{[name: string]: string} | string>} Way gives the fields to send, or a fault's code */

const [LEAST, MOST] = [15, 1024]; // characters
const FAULTS = ["slow_down", "unreachable"]; // of the server, which a form can say

/** @type {{[keys: string]: Way}} by data-keys */
const WAYS = { known, new: fresh, recovery: checked, recover };

/**
 * @param {HTMLFormElement} form
 * @param {StartWorker} startWorker
 * @returns {Promise<string>} what stands in the way, a code of words.errors; "" when the form can go
 */
export async function fill(form, startWorker) {
  if (!isSecureContext) return "not_secure";
  const found = await WAYS[form.dataset.keys ?? ""](form, startWorker);
  if (typeof found === "string") return found;
  for (const [name, value] of Object.entries(found)) {
    const hidden = input(form, `input[type=hidden][name=${name}]`);
    if (hidden) hidden.value = value;
  }
  return "";
}

/** What a form shows before anything is typed into it. @param {HTMLFormElement} form */
export function begin(form) {
  if (form.dataset.keys === "recovery" && isSecureContext) showNew(form);
}

/** @type {Way} the key of an account that there is, made as the server says it is made */
async function known(form, startWorker) {
  const { kdf, fault } = await ask(input(form, "[name=email]")?.value ?? "");
  return fault ?? inWorker(startWorker, { passphrase: passphraseIn(form), kdf });
}

/** @type {Way} a key for a new passphrase; the server never sees that, so only this device can say whether it will do */
async function fresh(form, startWorker) {
  const passphrase = passphraseIn(form);
  const { length } = [...passphrase];
  if (length < LEAST) return "passphrase_short";
  if (length > MOST) return "passphrase_long";
  if (isObvious(passphrase, input(form, "[name=email]")?.value ?? "")) return "passphrase_obvious";
  return inWorker(startWorker, { passphrase });
}

/** @type {Way} a key for a new passphrase, let in by a recovery key */
async function recover(form, startWorker) {
  const verifier = await verifierOf(input(form, "[data-recovery-key]")?.value ?? "");
  if (!verifier) return "recovery_typo";
  const made = await fresh(form, startWorker);
  return typeof made === "string" ? made : { ...made, verifier };
}

/**
 * How the key of an account is made; without an email of the account that this browser is signed in to.
 * @param {string} email
 * @returns {Promise<{kdf?: string, fault?: string}>}
 */
async function ask(email) {
  const sent = { method: "POST", headers: { Accept: "application/json" }, body: new URLSearchParams({ email }) };
  const answer = await fetch("/sign-in/parameters", sent).catch(() => null);
  const said = await answer?.json().catch(() => null);
  if (answer?.ok) return { kdf: String(said?.kdf) };
  return { fault: FAULTS.find(code => code === said?.code) ?? "unreachable" };
}

/**
 * @param {StartWorker} startWorker
 * @param {{passphrase: string, kdf?: string}} asked
 * @returns {Promise<{[name: string]: string} | string>}
 */
function inWorker(startWorker, asked) {
  return new Promise(resolve => {
    const worker = startWorker();
    const end = (/** @type {Made | {fault: string}} */ made) => {
      worker.terminate(); // its 64 MiB are free again
      resolve("fault" in made ? made.fault : { ...made });
    };
    worker.addEventListener("message", ({ data }) => end(data));
    worker.addEventListener("error", () => end({ fault: "no_key" }));
    worker.postMessage(asked);
  });
}

/** @param {HTMLFormElement} form */
const passphraseIn = form => input(form, "[data-passphrase]")?.value ?? "";

/**
 * @param {HTMLFormElement} form
 * @param {string} selector
 * @returns {HTMLInputElement | null}
 */
const input = (form, selector) => form.querySelector(selector);
