/** Whether somebody has begun to write on this page: then nothing may take it from under their fingers. */

/** @returns {boolean} */
export function hasTypedWords() {
  if (document.getElementById("refusal")) return true; // a form that came back with what was typed
  return [...document.forms].filter(form => form.method === "post").some(form => [...form.elements].some(isTyped));
}

/** @param {Element} element */
function isTyped(element) {
  if (element instanceof HTMLTextAreaElement) return element.value !== element.defaultValue;
  if (element instanceof HTMLSelectElement)
    return [...element.options].some(each => each.selected !== each.defaultSelected);
  if (!(element instanceof HTMLInputElement) || element.type === "hidden" || element.type === "range") return false;
  if (element.type === "checkbox" || element.type === "radio") return element.checked !== element.defaultChecked;
  return element.value !== element.defaultValue;
}
