/** A recovery key is made on the device and shown once; the server gets what it can compare with, and nothing to open with. */

import { toBase64url } from "../phone/base64url.js";
import { expand } from "./derive.js";
import { newRecoveryKey, readRecoveryKey } from "./recovery_key.js";

const AUTH = "recovery-auth"; // beside it there will be "recovery-kek", which is never sent

/** @type {WeakMap<HTMLFormElement, string>} */
const shown = new WeakMap();

/**
 * Shows a new key in its form, with ways to keep it.
 * @param {HTMLFormElement} form
 */
export function showNew(form) {
  if (shown.has(form)) return;
  const key = newRecoveryKey();
  shown.set(form, key);
  form.querySelector("[data-recovery]")?.replaceChildren(key);
  form.querySelector("[data-made]")?.removeAttribute("hidden");
  form.addEventListener("click", ({ target }) => {
    if (!(target instanceof HTMLButtonElement)) return;
    if ("print" in target.dataset) print();
    if ("copyKey" in target.dataset) copy(key, form, target);
  });
}

/**
 * What proves to the server that somebody has the key; null when it can be none.
 * @param {string} typed
 */
export async function verifierOf(typed) {
  const bytes = readRecoveryKey(typed);
  return bytes && toBase64url(await expand(bytes, AUTH));
}

/**
 * What to keep of the key that the form shows, once somebody has typed it again; else a fault's code.
 * @param {HTMLFormElement} form
 */
export async function checked(form) {
  const again = form.querySelector("[data-recovery-again]");
  const typed = again instanceof HTMLInputElement ? again.value : "";
  const [one, other] = await Promise.all([verifierOf(typed), verifierOf(shown.get(form) ?? "")]);
  if (!one) return "recovery_typo";
  return one === other ? { verifier: one } : "recovery_other";
}

/**
 * Where a page may not write to the clipboard, the key is marked to be taken by hand.
 * @param {string} key
 * @param {HTMLFormElement} form
 * @param {HTMLButtonElement} button
 */
async function copy(key, form, button) {
  try {
    await navigator.clipboard.writeText(key);
    button.textContent = button.dataset.done ?? "";
  } catch {
    const text = form.querySelector("[data-recovery]");
    if (text) getSelection()?.selectAllChildren(text);
  }
}
