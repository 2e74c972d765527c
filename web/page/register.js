/** The service worker: registered at the first visit, replaced when the person says so. */

import { onContents } from "./contents.js";
import { flushDrafts } from "./drafts.js";
import { say } from "./say.js";
import { tellWorker } from "./to_worker.js";
import { trusted } from "./trusted.js";
import { hasTypedWords } from "./typed.js";

const HOUR_MS = 3_600_000;

export async function registerWorker() {
  if (!navigator.serviceWorker) return; // a private window, say; the server's pages work without
  const replaced = Boolean(navigator.serviceWorker.controller);
  navigator.serviceWorker.addEventListener("controllerchange", () => takeOver(replaced));
  const registered = navigator.serviceWorker.register(trusted("/worker.js"), { type: "module" });
  document.addEventListener("click", event => startWhenReady(event, registered), true); // before htmx follows the link
  const registration = await registered.catch(() => undefined); // refused by the browser's settings: likewise
  if (!registration) return;
  offerUpdates(registration);
  leaveServersPage(registration);
}

/**
 * A new worker controls the page. The first one changes nothing on it; one that replaced another needs its own page.
 * @param {boolean} replaced
 */
async function takeOver(replaced) {
  const language = document.documentElement.lang;
  if (!replaced) return tellWorker("session", { language }); // somebody may have signed in before there was a worker
  await flushDrafts();
  location.reload();
}

/** @param {ServiceWorkerRegistration} registration */
function offerUpdates(registration) {
  const look = () => tellWorker("look", {}, registration.active);
  addEventListener("online", look);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") look();
  });
  setInterval(look, HOUR_MS);

  const show = () => {
    const waits = registration.waiting && navigator.serviceWorker.controller;
    const update = document.getElementById("update");
    if (waits && update?.hidden) say(update.querySelector("p")?.textContent);
    update?.toggleAttribute("hidden", !waits);
  };
  registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", show));
  onContents(show);
  document.addEventListener("click", async event => {
    if (!(event.target instanceof Element) || !event.target.closest("#update-now")) return;
    await flushDrafts();
    tellWorker("update", {}, registration.waiting);
  });
}

/**
 * "Start now" leads to a page that only the worker can answer, which may still be on its way.
 * @param {MouseEvent} event
 * @param {Promise<ServiceWorkerRegistration>} registered
 */
async function startWhenReady(event, registered) {
  const link = event.target instanceof Element && event.target.closest("a[data-needs-worker]");
  if (!(link instanceof HTMLAnchorElement) || navigator.serviceWorker.controller) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  await registered.then(controlled).catch(() => {}); // the server's page says what to do without
  location.assign(link.href);
}

/**
 * A hard reload shows the server's page although the worker is there: once more, and it is the worker's.
 * @param {ServiceWorkerRegistration} registration
 */
function leaveServersPage(registration) {
  const again = "unlearn-reloaded"; // no second time: some browsers can be told to do without workers for good
  if (navigator.serviceWorker.controller) return sessionStorage.removeItem(again);
  if (!registration.active) return;
  if (document.documentElement.dataset.signedIn === "yes")
    tellWorker("session", { language: document.documentElement.lang }, registration.active);
  if (sessionStorage.getItem(again) || hasTypedWords()) return;
  sessionStorage.setItem(again, "yes");
  location.reload();
}

/**
 * Resolves when the worker answers this page, or has given up.
 * @param {ServiceWorkerRegistration} registration
 * @returns {Promise<void>}
 */
function controlled({ installing }) {
  return new Promise(resolve => {
    if (navigator.serviceWorker.controller) resolve();
    navigator.serviceWorker.addEventListener("controllerchange", () => resolve(), { once: true });
    installing?.addEventListener("statechange", () => installing.state === "redundant" && resolve());
  });
}
