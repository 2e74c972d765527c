/**
 * A number is typed or slid: beside each number of a scale comes a slider, and a button that takes the number back.
 * No number is not 0: a slider that nobody touched says so, and sends nothing.
 */

import { onContents } from "./contents.js";

const MOVES = /^(?:Arrow|Home|End|Page)/; // keys that slide

export function linkSliders() {
  onContents(() => document.querySelectorAll("[data-scale]:not(:has([type=range]))").forEach(link));
}

/** @param {Element} scale */
function link(scale) {
  const number = scale.querySelector("input");
  const pattern = scale.closest("form")?.querySelector("template[data-slider]");
  if (!number || !(pattern instanceof HTMLTemplateElement)) return;
  const copy = /** @type {DocumentFragment} */ (pattern.content.cloneNode(true));
  const range = /** @type {HTMLInputElement} */ (copy.querySelector("input"));
  const clear = /** @type {HTMLButtonElement} */ (copy.querySelector("button"));
  const label = number.labels?.[0]?.firstChild?.textContent?.trim() ?? "";
  range.setAttribute("aria-label", label);
  clear.setAttribute("aria-label", `${clear.getAttribute("aria-label")}: ${label}`);

  const follow = () => {
    const isRated = /^(?:\d{1,2}|100)$/.test(number.value);
    if (isRated) range.value = number.value;
    else range.value = "50"; // neither end: an answer in either direction is as near
    scale.toggleAttribute("data-rated", isRated);
    clear.disabled = number.value === "";
    if (isRated) range.removeAttribute("aria-valuetext");
    else range.setAttribute("aria-valuetext", range.dataset.unrated ?? "");
  };
  const take = (/** @type {string} */ value) => {
    number.value = value;
    number.dispatchEvent(new Event("input", { bubbles: true })); // drafts listen to the number
  };
  const settle = () => scale.hasAttribute("data-rated") || take(range.value); // touched where it already stood
  number.addEventListener("input", follow);
  range.addEventListener("input", () => take(range.value));
  range.addEventListener("click", settle);
  range.addEventListener("keyup", ({ key }) => MOVES.test(key) && settle());
  clear.addEventListener("click", () => {
    take("");
    number.focus();
  });
  scale.prepend(range);
  scale.append(clear);
  follow();
}
