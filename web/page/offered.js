/** Offers the if–then plans that fit what is being written, as it is written. */

const PAUSE_MS = 400; // in typing
const MOST_ASKED = 500; // letters: an address has to stay short, and a situation says what it is about at its start

/** @type {ReturnType<typeof setTimeout> | undefined} */
let waiting;

export function offerPlans() {
  document.addEventListener("input", ({ target }) => look(target));
  document.addEventListener("change", ({ target }) => look(target));
}

/** @param {EventTarget | null} target */
function look(target) {
  const input = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement ? target : null;
  const form = input?.form;
  const place = form?.querySelector("[data-plans]");
  if (!form || !place || !["situation", "trait_id"].includes(input.name)) return;
  if (!navigator.serviceWorker?.controller) return; // an address with words in it stays on the device
  const typed = new FormData(form);
  const [situation, trait] = ["situation", "trait_id"].map(name => String(typed.get(name) ?? ""));
  const query = new URLSearchParams({ situation: [...situation].slice(0, MOST_ASKED).join(""), trait_id: trait });
  clearTimeout(waiting);
  waiting = setTimeout(() => show(`/plans?${query}`, place), PAUSE_MS);
}

/**
 * @param {string} address
 * @param {Element} target
 */
function show(address, target) {
  const { htmx } = /** @type {any} */ (window); // a script of its own, without types
  if (target.isConnected) htmx.ajax("GET", address, { target, select: ".planned", swap: "innerHTML" }); // a refusal has none
}
