/** Text fields as high as their text, where the style sheet's field-sizing is not known (Firefox, Safari before 26). */

import { onContents } from "./contents.js";

const MOST_ROWS = 18;

export function growFields() {
  if (CSS.supports("field-sizing", "content")) return;
  document.addEventListener("input", ({ target }) => target instanceof HTMLTextAreaElement && grow(target));
  document.addEventListener("toggle", growAll, true); // what was folded away had no height
  onContents(growAll);
}

function growAll() {
  for (const field of document.querySelectorAll("textarea")) grow(field);
}

/** @param {HTMLTextAreaElement} field */
function grow(field) {
  while (field.scrollHeight > field.clientHeight && field.rows < MOST_ROWS) field.rows++;
}
