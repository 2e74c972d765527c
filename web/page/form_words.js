/** What a form holds, as text that somebody can read. */

/**
 * Each question with its answer; of a form that asks nothing, the words that it carries.
 * @param {HTMLFormElement} form
 */
export function wordsOf(form) {
  const carried = form.querySelector("[data-words]:not([hidden]) textarea");
  if (carried instanceof HTMLTextAreaElement && !form.querySelector(".field")) return carried.value;
  const answered = [...form.querySelectorAll(".field")]
    .map(field => [field.querySelector("legend, label")?.firstChild?.textContent ?? "", ...answersIn(field)])
    .filter(({ length }) => length > 1);
  return [[document.querySelector("h1")?.textContent], ...answered].map(lines => lines.join("\n")).join("\n\n");
}

/** @param {Element} field */
function answersIn(field) {
  /** @type {HTMLInputElement[]} */
  const inputs = [...field.querySelectorAll("[name]")].filter(isGiven);
  return inputs.map(({ type, value, labels }) => (/radio|checkbox/.test(type) ? labels?.[0]?.textContent : value));
}

/**
 * @param {Element} element
 * @returns {element is HTMLInputElement} or a text area, which has the same value and labels
 */
function isGiven(element) {
  if (element instanceof HTMLTextAreaElement) return element.value !== "";
  if (!(element instanceof HTMLInputElement)) return false;
  return element.value !== "" && (element.checked || !/radio|checkbox/.test(element.type));
}
