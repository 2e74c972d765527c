/** A page that was left, and that Back brings out of the browser's memory: somebody may have signed out since. */

import { cover } from "./cover.js";

export function askAgainOnReturn() {
  addEventListener("pagehide", ({ persisted }) => {
    if (persisted) cover();
  });
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) location.reload(); // what was half typed is drafted, and comes back
  });
}
