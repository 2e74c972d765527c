/** While a page is on its way: after a moment a quiet line says so, and a form that was sent is not sent once more. */

const MOMENT_MS = 500; // less is felt as at once, and a line that flashes by is only a fright

/** @type {Set<object>} what was asked for and has not come */
const asked = new Set();
let moment = 0;

export function sayWaiting() {
  document.addEventListener("submit", refuseTwice, true); // before htmx and drafts hear of it
  document.addEventListener("htmx:before:request", event => {
    const { ctx } = /** @type {CustomEvent} */ (event).detail;
    if (ctx.sourceElement === document.body) return; // the page looks by itself whether something changed
    begin(ctx, ctx.sourceElement);
  });
  document.addEventListener("htmx:finally:request", event => {
    const { ctx } = /** @type {CustomEvent} */ (event).detail;
    end(ctx, ctx.sourceElement);
  });
  document.addEventListener("submit", event => {
    if (event.target instanceof HTMLFormElement && isLeaving(event)) begin(event.target, event.target);
  });
  addEventListener("pageshow", () => {
    for (const form of document.forms) end(form, form); // the browser's Back shows the page as it was left
  });
}

/** @param {SubmitEvent} event */
function refuseTwice(event) {
  if (!(event.target instanceof HTMLFormElement) || event.target.ariaBusy !== "true") return;
  event.preventDefault();
  event.stopImmediatePropagation();
}

/**
 * Whether the browser itself follows it, to another page.
 * @param {SubmitEvent} event
 */
function isLeaving({ target, defaultPrevented }) {
  return target instanceof Element && target.getAttribute("hx-boost") === "false" && !defaultPrevented;
}

/**
 * @param {object} what
 * @param {Element} from the form or the link
 */
function begin(what, from) {
  asked.add(what);
  document.getElementById("unreachable")?.setAttribute("hidden", ""); // that was the time before
  if (from instanceof HTMLFormElement) from.ariaBusy = "true";
  moment ||= setTimeout(show, MOMENT_MS, true);
}

/**
 * @param {object} what
 * @param {Element} from
 */
function end(what, from) {
  asked.delete(what);
  if (from instanceof HTMLFormElement) from.ariaBusy = null;
  if (asked.size) return;
  clearTimeout(moment);
  moment = 0;
  show();
}

function show(late = false) {
  document.getElementById("waiting")?.toggleAttribute("hidden", !(late && asked.size));
}
