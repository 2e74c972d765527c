/** The address stays where the form is when what it posted was refused: going back or reloading finds the form, not an error. */

export function keepPlace() {
  document.addEventListener("htmx:before:history:update", event => {
    const { sourceElement, response } = /** @type {CustomEvent} */ (event).detail;
    if (sourceElement instanceof HTMLFormElement && response?.status >= 400) event.preventDefault();
  });
}
