/**
 * One question at a time: of a form[data-screens] one [data-screen] shows, and Back, Next and Skip lead through them.
 * Without this script all of it is one column with its one button. The input `place` keeps the screen with the draft.
 */

import { onContents } from "./contents.js";

export function pageScreens() {
  onContents(() => {
    for (const form of document.querySelectorAll("form[data-screens]:not([data-at])")) {
      if (form instanceof HTMLFormElement) begin(form);
    }
  });
  document.addEventListener("click", press);
  document.addEventListener("keydown", pressEnter);
  addEventListener("popstate", goBack);
  document.addEventListener("htmx:before:history:restore", event => {
    const { path } = /** @type {CustomEvent} */ (event).detail;
    if (shownForm() && new URL(path, location.href).pathname === shownPath) event.preventDefault(); // no other page: a screen of this one
  });
}

/** The address that the shown form came with: a form that is still there after another address was asked for is not its. */
let shownPath = "";

/** @param {HTMLFormElement} form */
function begin(form) {
  const refused = screensOf(form).findIndex(screen => screen.querySelector(".refused"));
  shownPath = location.pathname;
  show(form, refused < 0 ? Number(placeIn(form).value) || 1 : refused + 1);
  placeIn(form).addEventListener("input", () => show(form, Number(placeIn(form).value) || 1)); // its draft came back
  form.addEventListener("input", () => offerSkip(form));
  form.addEventListener("change", () => offerSkip(form));
}

/** @param {MouseEvent} event */
function press(event) {
  const button = event.target instanceof Element ? event.target.closest("button") : null;
  const form = button?.form;
  if (!button || !form?.hasAttribute("data-at")) return;
  const isLast = placeOf(form) === screensOf(form).length;
  if ("back" in button.dataset) return turnBack(form);
  if ("skip" in button.dataset && isLast) return finish(form);
  if (!("skip" in button.dataset) && (!("next" in button.dataset) || isLast)) return;
  event.preventDefault();
  turn(form);
}

/** Enter in a line goes on, where a form without screens would be sent. */
function pressEnter(/** @type {KeyboardEvent} */ event) {
  const { target, key, isComposing } = event;
  if (key !== "Enter" || isComposing || !(target instanceof HTMLInputElement) || !target.form) return;
  if (!target.form.hasAttribute("data-at") || placeOf(target.form) === screensOf(target.form).length) return;
  event.preventDefault();
  turn(target.form);
}

/**
 * Skipping the last question sends what the others hold; where they hold nothing, a form may say where to go instead.
 * @param {HTMLFormElement} form
 */
function finish(form) {
  const { leave } = form.dataset;
  if (!leave || screensOf(form).some(holdsAnswer)) return form.requestSubmit();
  keep(form, 1);
  location.assign(leave);
}

/** @param {HTMLFormElement} form */
function turn(form) {
  const place = placeOf(form);
  history.pushState({ from: place }, "", `#${place + 1}`);
  arrive(form, place + 1);
}

/** @param {HTMLFormElement} form */
function turnBack(form) {
  const place = placeOf(form);
  if (history.state?.from === place - 1) return history.back(); // as the browser's own button does
  history.replaceState(history.state, "", `#${place - 1}`);
  arrive(form, place - 1);
}

/** The browser's Back and Forward, and links to a field that may be on another screen. */
function goBack() {
  const form = shownForm();
  if (!form || !/^(#\d+)?$/.test(location.hash)) return showAddressed(form);
  arrive(form, Number(location.hash.slice(1)) || 1);
}

/** @param {HTMLFormElement | null} form */
function showAddressed(form) {
  const addressed = document.getElementById(location.hash.slice(1));
  const place = form ? screensOf(form).findIndex(screen => screen.contains(addressed)) : -1;
  if (form && place >= 0) show(form, place + 1);
  addressed?.focus();
}

/**
 * Shows a screen that somebody went to: they hear the question, and their place is kept.
 * @param {HTMLFormElement} form
 * @param {number} place
 */
function arrive(form, place) {
  show(form, place);
  keep(form, placeOf(form));
  const heading = screensOf(form)[placeOf(form) - 1].querySelector("h2");
  heading?.focus({ preventScroll: true });
  heading?.scrollIntoView({ block: "nearest" });
}

/**
 * @param {HTMLFormElement} form
 * @param {number} place
 */
function keep(form, place) {
  placeIn(form).value = String(place);
  placeIn(form).dispatchEvent(new Event("change", { bubbles: true })); // drafts listen
}

/**
 * @param {HTMLFormElement} form
 * @param {number} wanted
 */
function show(form, wanted) {
  const screens = screensOf(form);
  const place = Math.min(Math.max(1, wanted), screens.length);
  form.dataset.at = String(place);
  screens.forEach((screen, at) => {
    screen.hidden = at !== place - 1;
  });
  form.querySelector("[data-back]")?.toggleAttribute("hidden", place === 1);
  const next = form.querySelector("[data-next]");
  if (next instanceof HTMLElement) {
    next.dataset.last ??= next.textContent ?? "";
    next.textContent = String(place < screens.length ? next.dataset.next : next.dataset.last);
  }
  offerSkip(form);
}

/** @param {HTMLFormElement} form */
function offerSkip(form) {
  form.querySelector("[data-skip]")?.toggleAttribute("hidden", holdsAnswer(screensOf(form)[placeOf(form) - 1]));
}

/** @param {HTMLElement} screen */
const holdsAnswer = screen => [...screen.querySelectorAll("input, textarea")].some(isAnswered);

/** @param {Element} input */
function isAnswered(input) {
  if (input instanceof HTMLInputElement && /radio|checkbox/.test(input.type))
    return input.checked && input.value !== "";
  return (input instanceof HTMLInputElement || input instanceof HTMLTextAreaElement) && input.value.trim() !== "";
}

/** @returns {HTMLFormElement | null} */
const shownForm = () => document.querySelector("form[data-at]");

/** @param {HTMLFormElement} form */
const placeOf = form => Number(form.dataset.at);

/** @param {HTMLFormElement} form */
const placeIn = form => /** @type {HTMLInputElement} */ (form.elements.namedItem("place"));

/**
 * @param {HTMLFormElement} form
 * @returns {HTMLElement[]}
 */
const screensOf = form => [...form.querySelectorAll("[data-screen]")].filter(each => each instanceof HTMLElement);
