/** Puts the secret that a link brought behind its # into the form that takes it, and leaves it in no address or history. */

import { onContents } from "./contents.js";

export function takeFromLink() {
  onContents(take);
}

function take() {
  const field = document.querySelector("input[data-from-link]");
  const secret = location.hash.slice(1);
  if (!(field instanceof HTMLInputElement) || !secret) return;
  field.value = secret;
  history.replaceState(history.state, "", location.pathname);
}
