/** Examples to adapt: a tap puts one into its field, and never takes the place of words of the person's own. */

import { onContents } from "./contents.js";
import { say } from "./say.js";

export function offerExamples() {
  onContents(() => {
    for (const sample of document.querySelectorAll("[data-into][disabled]")) sample.removeAttribute("disabled");
  });
  document.addEventListener("click", choose, true); // before htmx follows the link
}

/** @param {MouseEvent} event */
function choose(event) {
  const chosen = event.target instanceof Element ? event.target.closest("[data-into], [data-whole]") : null;
  if (!(chosen instanceof HTMLElement)) return;
  if (chosen.dataset.into) return takeOne(chosen);
  event.preventDefault();
  event.stopImmediatePropagation();
  for (const sample of document.querySelectorAll(`[data-of="${chosen.dataset.whole}"]`)) put(sample);
  say(chosen.dataset.done ?? "");
}

/** @param {HTMLElement} sample */
function takeOne(sample) {
  const details = sample.closest("details");
  const isPut = put(sample);
  const own = details?.querySelector("[data-own]");
  own?.toggleAttribute("hidden", isPut);
  if (!isPut) return say(own?.textContent);
  details?.removeAttribute("open");
  document.getElementById(sample.dataset.into ?? "")?.focus();
}

/**
 * @param {Element} sample
 * @returns {boolean} whether there was room for it
 */
function put(sample) {
  const text = sample.textContent ?? "";
  const id = sample instanceof HTMLElement ? (sample.dataset.into ?? "") : "";
  const field = document.getElementById(id);
  if (field instanceof HTMLFieldSetElement) return choosing(field, text);
  if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) return false;
  const samples = [...document.querySelectorAll(`[data-into="${id}"]`)].map(each => each.textContent);
  if (field.value.trim() && !samples.includes(field.value)) return false;
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true })); // drafts listen
  return true;
}

/**
 * @param {HTMLFieldSetElement} field
 * @param {string} value
 */
function choosing(field, value) {
  const chosen = field.querySelector("input:checked");
  if (chosen instanceof HTMLInputElement && chosen.value) return false;
  for (const input of field.querySelectorAll("input")) input.checked = input.value === value;
  field.dispatchEvent(new Event("change", { bubbles: true }));
  return true;
}
