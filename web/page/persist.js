/** Asks the browser, once words are here, not to make room by deleting them. */

import { onWorker } from "./to_worker.js";

export function askToPersist() {
  onWorker("saved", async () => {
    if (navigator.storage?.persist && !(await navigator.storage.persisted())) await navigator.storage.persist();
  });
}
