/** How long ago this device and the server last heard of each other: right for as long as the page stays open. */

import { agoText } from "../phone/ago.js";
import { onContents } from "./contents.js";

const MINUTE_MS = 60_000;

export function showAge() {
  onContents(show);
  setInterval(show, MINUTE_MS);
  document.addEventListener("visibilitychange", show); // a phone that slept let no minute pass
}

function show() {
  const age = document.querySelector("#synced [data-ago]");
  if (!(age instanceof HTMLElement)) return;
  const text = agoText(Date.now() - Number(age.dataset.at), JSON.parse(age.dataset.ago ?? ""));
  if (age.textContent !== text) age.textContent = text;
}
