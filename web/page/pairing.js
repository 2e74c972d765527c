/** Adding a device by a code: takes the code out of the address, and follows what the other device says to it. */

import { onContents } from "./contents.js";

const SECOND_MS = 1000;

export function pairDevices() {
  sendCode();
  addEventListener("hashchange", sendCode); // a code that is opened where the page already is
  onContents(follow);
}

/** The code comes behind the #, which no browser sends to a server; it leaves the address and the history here. */
function sendCode() {
  const form = document.querySelector("form[data-code]");
  const code = location.hash.slice(1);
  if (!(form instanceof HTMLFormElement) || !code) return;
  history.replaceState(history.state, "", location.pathname);
  const field = form.elements.namedItem("code");
  if (field instanceof HTMLInputElement) field.value = code;
  form.submit();
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let asking;

function follow() {
  clearTimeout(asking);
  if (document.querySelector("[data-follow]")) asking = setTimeout(ask, SECOND_MS);
}

/** Asks once; a page that is behind is asked for again. */
async function ask() {
  const followed = document.querySelector("[data-follow]");
  if (!(followed instanceof HTMLElement)) return;
  const { follow: url = "", state } = followed.dataset;
  const answer = await fetch(url, { headers: { Accept: "application/json" } }).catch(() => null);
  const now = answer?.ok ? await answer.json().catch(() => null) : null; // no network: once more in a second
  if (now && now.state !== state) return location.reload();
  follow();
}
