/**
 * Words that could not be kept stay in their form, which says so and offers what can be done with them.
 * The worker or the server answers with the form again when it can; when it can't, the page keeps its own.
 */

import { wordsOf } from "./form_words.js";
import { say } from "./say.js";

export function keepUnkept() {
  document.addEventListener("htmx:after:request", event => {
    const { ctx } = /** @type {CustomEvent} */ (event).detail;
    const unkept = blockOf(ctx.sourceElement);
    if (!unkept || ctx.response.status < 500 || ctx.text.includes('id="refusal"')) return;
    const why = { target: unkept.querySelector("[data-why]"), select: ".lead", swap: "innerHTML ignoreTitle:true" };
    Object.assign(ctx, why);
  });
  document.addEventListener("htmx:after:swap", event => {
    const { ctx } = /** @type {CustomEvent} */ (event).detail;
    const unkept = ctx?.target?.closest?.("[data-unkept]");
    if (unkept) show(unkept);
  });
  document.addEventListener("htmx:error", event => {
    const { ctx, error } = /** @type {CustomEvent} */ (event).detail;
    if (!ctx || !(error instanceof TypeError)) return; // fetch() tells a lost connection by a TypeError
    const unreachable = document.getElementById("unreachable");
    const unkept = blockOf(ctx.sourceElement);
    if (!unkept) return unreachable?.removeAttribute("hidden");
    unkept.querySelector("[data-why]")?.replaceChildren(unreachable?.textContent ?? "");
    show(unkept);
  });
  document.addEventListener("click", event => {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    const form = button?.form;
    if (form && "copy" in button.dataset) copy(form, button);
    if (form && "file" in button.dataset) saveFile(wordsOf(form));
  });
}

/**
 * Only of a form that was sent: what a page asks for by itself keeps nothing.
 * @param {Element} sent
 * @returns {HTMLElement | null}
 */
function blockOf(sent) {
  return sent instanceof HTMLFormElement ? sent.querySelector("[data-unkept]") : null;
}

/** @param {HTMLElement} unkept */
function show(unkept) {
  document.getElementById("refusal")?.removeAttribute("id");
  unkept.id = "refusal";
  unkept.hidden = false;
  unkept.focus();
  document.getElementById("keeping")?.replaceChildren(); // what it said would be taken for these words
  unkept.closest("form")?.dispatchEvent(new Event("change", { bubbles: true })); // its draft is all there is of it
}

/**
 * Where a page may not write to the clipboard, the words are there to be taken by hand.
 * @param {HTMLFormElement} form
 * @param {HTMLButtonElement} button
 */
async function copy(form, button) {
  const words = wordsOf(form);
  try {
    await navigator.clipboard.writeText(words);
    button.textContent = button.dataset.done ?? "";
    say(button.textContent);
  } catch {
    const taken = form.querySelector("[data-words]");
    const area = taken?.querySelector("textarea");
    taken?.removeAttribute("hidden");
    if (area) area.value = words;
    area?.focus();
    area?.select();
  }
}

/** @param {string} words */
function saveFile(words) {
  const href = URL.createObjectURL(new Blob([words], { type: "text/plain;charset=utf-8" }));
  Object.assign(document.createElement("a"), { href, download: "unlearn.txt" }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000); // a person may be asked first where to put it
}
