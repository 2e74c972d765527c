/** Offers to put the app on the home screen, where the browser can do it or a person can by hand. */

import { onContents } from "./contents.js";

/** @typedef {Event & {prompt: () => Promise<unknown>}} InstallEvent Chromium's own; no other browser has it */

/** @type {InstallEvent | null} */
let offer = null;

export function offerInstall() {
  window.addEventListener("beforeinstallprompt", event => {
    event.preventDefault(); // our button says it in our words
    offer = /** @type {InstallEvent} */ (event);
    show();
  });
  window.addEventListener("appinstalled", () => {
    offer = null;
    show();
  });
  document.addEventListener("click", event => {
    if (event.target instanceof Element && event.target.closest("[data-install] button")) offer?.prompt();
  });
  onContents(show);
}

function show() {
  for (const part of document.querySelectorAll("[data-install]")) part.toggleAttribute("hidden", offer === null);
  for (const part of document.querySelectorAll("[data-install-ios]"))
    part.toggleAttribute("hidden", !onIos() || installed());
}

/** iPads call themselves Macs; no Mac has a touch screen. */
function onIos() {
  return (
    /iPhone|iPad/.test(navigator.userAgent) ||
    (navigator.userAgent.includes("Macintosh") && navigator.maxTouchPoints > 1)
  );
}

function installed() {
  return matchMedia("(display-mode: standalone)").matches;
}
