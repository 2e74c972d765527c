/** Says how much of a journal is here that is on its way to this device; out loud only when it begins. */

import { onContents } from "./contents.js";
import { say } from "./say.js";
import { onWorker } from "./to_worker.js";

const SILENCE_MS = 70_000; // longer than the worker waits for an answer: after that, nobody brings anything

let shown = "";
let silence = 0;

export function showArrival() {
  onWorker("arriving", ({ text }) => {
    if (text && !shown) say(text);
    set(text);
  });
  onContents(show);
}

/** @param {string} text */
function set(text) {
  shown = text;
  clearTimeout(silence);
  if (text) silence = setTimeout(set, SILENCE_MS, "");
  show();
}

function show() {
  const line = document.getElementById("arriving");
  if (!line) return;
  line.textContent = shown;
  line.hidden = shown === "";
}
