/** After a swap, what a browser does after a navigation: begin at the top, say where one is, and what was done. */

import { say, sayNoMore } from "./say.js";

/** What the form that was sent says once it is done, "" for a link. */
let said = "";
/** Of a list's buttons, which one was pressed: the one that takes its place has the focus then. */
let pressed = -1;

export function moveFocus() {
  document.addEventListener("htmx:before:swap", event => {
    const { ctx } = /** @type {CustomEvent} */ (event).detail;
    said = ctx?.sourceElement?.dataset?.said ?? ""; // after the swap it is gone
    pressed = buttons().indexOf(ctx?.sourceElement);
  });
  document.addEventListener("htmx:after:swap", event => {
    const { ctx } = /** @type {CustomEvent} */ (event).detail;
    if (ctx?.target === document.body) arrive(ctx);
    else tell(ctx?.target);
  });
}

/** @param {any} ctx of the swap: what was asked for, and what came */
function arrive({ response, title }) {
  const refusal = document.getElementById("refusal");
  const isRefused = refusal !== null;
  if (refusal) showRefusal(refusal);
  else goOn();
  sayNoMore();
  say(title || document.title); // the document takes its title after this
  const told = [...document.querySelectorAll("main [data-say=arrived]")].map(each => each.textContent);
  if (!told.length && !isRefused && (response?.status ?? 200) < 400) told.push(said);
  for (const each of told) say(each);
}

/**
 * What is asked for again stands below it, so it goes to the top of the screen.
 * @param {HTMLElement} refusal
 */
function showRefusal(refusal) {
  refusal.focus({ preventScroll: true });
  refusal.scrollIntoView();
}

function goOn() {
  const beside = buttons()[Math.min(pressed, buttons().length - 1)]?.querySelector("button");
  if (beside) return beside.focus();
  const heading = document.querySelector("main h1");
  if (!(heading instanceof HTMLElement)) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  scrollTo(0, 0);
}

/**
 * A part of the page is new: it says what came.
 * @param {Element | undefined} part as it was; another may have taken its place
 */
function tell(part) {
  if (!part || part.id === "main") return; // it came by itself, from another device
  const shown = part.isConnected ? part : document.getElementById(part.id);
  say(shown?.querySelector("[data-say]")?.textContent);
}

const buttons = () => [...document.querySelectorAll("form[data-stay]")];
