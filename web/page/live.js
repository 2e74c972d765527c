/** Hears from the server when another device has saved: one stream for all tabs of this browser. */

import { tellWorker } from "./to_worker.js";
import { hasTypedWords } from "./typed.js";

/** @type {EventSource | null} */
let stream = null;

export function listenForChanges() {
  if (!navigator.serviceWorker) return;
  const pull = () => tellWorker("pull");
  addEventListener("online", pull);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") pull();
  });
  pull();
  navigator.locks.request("unlearn-live", lead);
}

/** Leads until the page is gone; then another tab is given the lock. */
function lead() {
  addEventListener("pagehide", close);
  addEventListener("pageshow", open);
  document.addEventListener("htmx:after:swap", open); // signing in or out shows in the page
  addEventListener("online", open);
  document.addEventListener("visibilitychange", open);
  open();
  return new Promise(() => {});
}

function open() {
  if (document.documentElement.dataset.signedIn !== "yes") return close();
  if (stream) return;
  stream = new EventSource("/sync/changes");
  stream.addEventListener("message", ({ data }) => tellWorker("pull", { newest: Number(data) }));
  stream.addEventListener("signed_out", sayEnd);
  stream.addEventListener("error", () => {
    if (stream?.readyState === EventSource.CLOSED) stream = null; // an answer that was no stream: the browser gives up
  });
}

/** The session that the stream began with is over. The browser opens another stream by itself if there is a new one. */
function sayEnd() {
  if (navigator.serviceWorker.controller) tellWorker("ended");
  else if (!hasTypedWords()) location.reload(); // the server's page for whoever is signed out
}

/** Hears no more: the session of this page ends by its own doing. */
export function close() {
  stream?.close();
  stream = null;
}
