/** A number is typed or slid: each range shows itself beside its number input and the two follow each other. */

import { onContents } from "./contents.js";

export function linkSliders() {
  onContents(() => document.querySelectorAll("input[type=range][data-for][hidden]").forEach(link));
}

/** @param {Element} element */
function link(element) {
  const range = /** @type {HTMLInputElement} */ (element);
  const number = document.getElementById(range.dataset.for ?? "");
  if (!(number instanceof HTMLInputElement)) return;
  range.addEventListener("input", () => {
    number.value = range.value;
    number.dispatchEvent(new Event("input", { bubbles: true })); // drafts listen to the number
  });
  number.addEventListener("input", () => {
    if (/^\d{1,3}$/.test(number.value)) range.value = number.value;
  });
  range.hidden = false;
}
