/**
 * Hiding: with one tap, or Escape three times, a neutral page takes the place of this one, and Back does not lead here.
 * Without this script the same link leads there, and the page stays behind Back. GOV.UK's "Exit this page" is the model.
 */

import { cover } from "./cover.js";
import { flushDrafts } from "./drafts.js";
import { lockNow } from "./lock.js";
import { say } from "./say.js";

const [TIMES, WITHIN_MS] = [3, 2000];
const PATIENCE_MS = 250; // drafts are written as one types: the last letter takes no longer

/** When Escape was pressed, the last time first. */
/** @type {number[]} */
let pressed = [];
const tabs = new BroadcastChannel("unlearn-hide"); // they all make way; without a worker too

export function offerHiding() {
  document.addEventListener("click", followLink, true); // before htmx follows it
  document.addEventListener("keydown", countEscapes, true);
  tabs.addEventListener("message", hide);
}

/** @param {MouseEvent} event */
function followLink(event) {
  if (!(event.target instanceof Element) || !event.target.closest("a[data-hide]")) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  hideAll();
}

/** @param {KeyboardEvent} event */
function countEscapes({ key, repeat, timeStamp }) {
  if (key !== "Escape" || repeat) return;
  pressed = [timeStamp, ...pressed.filter(at => timeStamp - at < WITHIN_MS)];
  if (pressed.length >= TIMES) hideAll();
  else if (pressed.length === TIMES - 1) say(link()?.dataset.again ?? "");
}

function hideAll() {
  tabs.postMessage("hide");
  hide();
}

async function hide() {
  const leave = link();
  if (!leave) return; // a page that hides nothing
  cover();
  document.title = leave.dataset.title ?? "";
  lockNow(); // after a hard reload this page is the server's, and the neutral one the worker's
  await Promise.race([flushDrafts(), new Promise(resolve => setTimeout(resolve, PATIENCE_MS))]);
  location.replace(leave.href);
}

/** @returns {HTMLAnchorElement | null} */
const link = () => document.querySelector("a[data-hide]");
