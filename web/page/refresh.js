/** Shows what another device or another tab changed, without disturbing somebody who writes. */

import { cover } from "./cover.js";
import { areDrafted, endDrafts, redraft } from "./drafts.js";
import { onWorker } from "./to_worker.js";
import { hasTypedWords } from "./typed.js";

/** The account's form is on its way from this page: where that leads is shown anyway. */
let leaving = false;

export function refreshOnChange() {
  onWorker("changed", ({ records }) => whenStill(() => refresh(records > 0)));
  onWorker("saved", () => {
    if (document.visibilityState === "hidden") refresh(true); // the page that saved shows it already
  });
  onWorker("synced", () => {
    const isBehind = document.getElementById("keeping")?.dataset.state === "waiting"; // it was sent before this page could hear
    if (isBehind) whenStill(() => refresh(false));
    else if (document.getElementById("synced")) replace({ target: "#synced", select: "#synced" });
  });
  onWorker("signed_out", leaveAtOnce);
  onWorker("switched", () => whenStill(showCurrent));
  addEventListener("pageshow", () => {
    leaving = false;
  });
  document.addEventListener("submit", ({ target }) => {
    if (target instanceof HTMLFormElement && target.getAttribute("hx-boost") === "false") leaving = true;
  });
}

/**
 * Waits for a page that is on its way: it was made before, and would stand over what is done now.
 * @param {() => void} work
 */
function whenStill(work) {
  if (!document.querySelector(".htmx-request")) return work();
  document.addEventListener("htmx:finally:request", () => setTimeout(whenStill, 0, work), { once: true });
}

/** The page was made for another journal. What is half typed waits there; what could not be kept stays on the screen. */
async function showCurrent() {
  if (leaving) return;
  await redraft();
  if (!hasTypedWords() || areDrafted()) location.reload();
}

/**
 * Somebody signed out, on this page or on another: nothing of theirs is seen from now on.
 * @param {{next?: string}} change
 */
function leaveAtOnce({ next = "/" }) {
  if (leaving) return;
  cover();
  endDrafts();
  location.replace(next);
}

/** @param {boolean} contents whether more changed than where words are kept */
function refresh(contents) {
  if (document.querySelector("form[data-unlock]")) return; // the lock shows nothing that could be new
  const parts =
    contents && !hasTypedWords() && !isReadingOn()
      ? { target: "#main", select: "#main", selectOOB: "#keeping" }
      : { target: "#keeping", select: "#keeping" };
  replace(parts);
}

/** @param {object} parts of this page, taken from the page as it is now */
function replace(parts) {
  const { htmx } = /** @type {any} */ (window); // a script of its own, without types
  htmx.ajax("GET", location.pathname + location.search, { ...parts, swap: "outerHTML" });
}

/** Somebody far down a page, with a part of it unfolded or in a guide, keeps their place; the next page shows what is new. */
function isReadingOn() {
  return scrollY > innerHeight / 2 || document.querySelector("main details[open], main [data-state=running]") !== null;
}
