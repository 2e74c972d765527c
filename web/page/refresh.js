/** Shows what another device or another tab changed, without disturbing somebody who writes. */

import { onWorker } from "./to_worker.js";
import { hasTypedWords } from "./typed.js";

export function refreshOnChange() {
  onWorker("changed", ({ records }) => refresh(records > 0));
  onWorker("saved", () => {
    if (document.visibilityState === "hidden") refresh(true); // the page that saved shows it already
  });
  onWorker("signed_out", () => location.replace("/"));
}

/** @param {boolean} contents whether more changed than where words are kept */
function refresh(contents) {
  const parts =
    contents && !hasTypedWords() && !isReadingOn()
      ? { target: "#main", select: "#main", selectOOB: "#keeping" }
      : { target: "#keeping", select: "#keeping" };
  const { htmx } = /** @type {any} */ (window); // a script of its own, without types
  htmx.ajax("GET", location.pathname + location.search, { ...parts, swap: "outerHTML" });
}

/** Somebody far down a page, or with a part of it unfolded, keeps their place; the next page shows what is new. */
function isReadingOn() {
  return scrollY > innerHeight / 2 || document.querySelector("main details[open]") !== null;
}
