/**
 * Forms that take a passphrase send a key in its place. What makes the key (web/keys) is fetched where such a form is,
 * under an address that outlives versions: somebody whose session ended signs in from a page of the version before.
 */

import { onContents } from "./contents.js";
import { say } from "./say.js";
import { trusted } from "./trusted.js";

/** @typedef {{begin: (form: HTMLFormElement) => void, fill: (form: HTMLFormElement, startWorker: () => Worker) => Promise<string>}} Keys fill() gives a fault's code, "" when all went well */

/** @type {WeakSet<HTMLFormElement>} with a key in them */
const filled = new WeakSet();
/** @type {Promise<Keys> | null} */
let loading = null;
let failures = 0; // browsers remember that an address failed

export function makeKeys() {
  onContents(begin);
  document.addEventListener("submit", take);
  addEventListener("pagehide", forget);
}

async function begin() {
  if (!document.querySelector("form[data-keys]")) return;
  const keys = await load().catch(() => null); // no network: once more when the form is sent
  for (const form of document.forms) if (form.dataset.keys) keys?.begin(form);
}

/** @param {SubmitEvent} event */
async function take(event) {
  const { submitter, target: form } = event;
  if (!(form instanceof HTMLFormElement) || !form.dataset.keys || filled.delete(form)) return;
  event.preventDefault();
  event.stopImmediatePropagation(); // it is not on its way yet
  form.ariaBusy = "true";
  show(form, "");
  const making = form.querySelector("[data-making]");
  making?.removeAttribute("hidden");
  say(making?.textContent);
  const fault = await load().then(
    keys => keys.fill(form, () => new Worker(trusted("/keys/worker.js"), { type: "module" })),
    () => "unreachable",
  );
  form.ariaBusy = null;
  making?.setAttribute("hidden", "");
  if (fault) return show(form, fault);
  filled.add(form);
  setTimeout(() => form.requestSubmit(submitter)); // a browser drops it while the first submit is still under way
}

/** @returns {Promise<Keys>} */
function load() {
  const address = `/keys/form.js?${failures}`;
  loading ??= import(address).then(
    ({ modules }) => modules["keys/form.js"],
    error => {
      loading = null;
      failures += 1;
      throw error;
    },
  );
  return loading;
}

/**
 * Says in the form what stands in the way; "" says nothing any more.
 * @param {HTMLFormElement} form
 * @param {string} fault
 */
function show(form, fault) {
  document.getElementById("refusal")?.remove(); // of the try before
  /** @type {HTMLElement | null} */
  let said = null;
  for (const faults of form.querySelectorAll("[data-faults]")) {
    for (const each of faults.querySelectorAll("p")) each.hidden = each.dataset.fault !== fault;
    const here = faults.querySelector("p:not([hidden])") !== null;
    faults.toggleAttribute("hidden", !here);
    if (here && faults instanceof HTMLElement) said = faults;
  }
  const passphrase = form.querySelector("[data-passphrase]");
  if (passphrase) passphrase.ariaInvalid = fault.startsWith("passphrase_") ? "true" : null;
  said?.focus();
}

/** The browser's Back may show the page as it was left, to somebody else. */
function forget() {
  for (const input of document.querySelectorAll(
    "form[data-keys] :is([data-passphrase], [data-recovery-key], [data-recovery-again], [name=key])",
  ))
    if (input instanceof HTMLInputElement) input.value = "";
}
