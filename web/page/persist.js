/** Asks the browser, once words are here, not to make room by deleting them; and tells what it said. */

import { onContents } from "./contents.js";
import { onWorker } from "./to_worker.js";

export function askToPersist() {
  onWorker("saved", async () => {
    if (navigator.storage?.persist && !(await navigator.storage.persisted())) await navigator.storage.persist();
    show();
  });
}

export function showLasting() {
  onContents(show);
}

/** On the one page that says where words live. Without a worker none are kept here. */
async function show() {
  const used = document.querySelector("[data-used]");
  const { storage, serviceWorker } = navigator;
  if (!used || !storage?.persisted || !serviceWorker?.controller) return;
  const lasting = (await storage.persisted()) ? "yes" : "no";
  for (const each of document.querySelectorAll("[data-lasting]")) {
    each.toggleAttribute("data-true", each.getAttribute("data-lasting") === lasting);
  }
  const { usage } = await storage.estimate();
  if (!usage) return;
  used.textContent = used.textContent.replace("{size}", String(Math.ceil(usage / 1e6)));
  used.toggleAttribute("data-true", true);
}
