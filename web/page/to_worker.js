/** What pages and the worker tell each other; the worker's side is phone/messages.js and phone/changes.js. */

/**
 * @param {"update" | "look" | "pull" | "session" | "used" | "ended"} type
 * @param {object} [more]
 * @param {ServiceWorker | null | undefined} [worker]
 */
export function tellWorker(type, more, worker = navigator.serviceWorker?.controller) {
  worker?.postMessage({ ...more, type });
}

/**
 * @param {"changed" | "saved" | "signed_out" | "switched" | "synced" | "arriving"} type
 * @param {(change: any) => void} act
 */
export function onWorker(type, act) {
  navigator.serviceWorker?.addEventListener("message", event => {
    if (event.data?.type === type) act(event.data);
  });
}
