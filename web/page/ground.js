/** Pause and ground: the exercise opens over the page and closes again, and nothing on the page has moved meanwhile. */

import { onContents } from "./contents.js";

export function offerGrounding() {
  onContents(() => {
    for (const ground of document.querySelectorAll("[data-ground]")) if (!ground.querySelector("dialog")) put(ground);
  });
  document.addEventListener("click", event => {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    const dialog = button?.closest("[data-ground]")?.querySelector("dialog");
    if (button && dialog && "groundNow" in button.dataset) dialog.showModal();
    if (button && dialog && "groundEnd" in button.dataset) dialog.close(); // focus goes back to the button that opened it
  });
}

/**
 * What unfolds without a script becomes a dialog.
 * @param {Element} ground
 */
function put(ground) {
  const exercise = ground.querySelector("[data-ground-in]");
  const heading = exercise?.querySelector("h2");
  if (!exercise || !heading) return;
  const dialog = document.createElement("dialog");
  heading.id ||= "ground-title";
  dialog.setAttribute("aria-labelledby", heading.id);
  dialog.append(exercise);
  ground.append(dialog);
  ground.querySelector("details")?.setAttribute("hidden", "");
  for (const button of ground.querySelectorAll("[data-ground-now], [data-ground-end]"))
    button.removeAttribute("hidden");
}
