/** How long ago this device and the server last heard of each other: right for as long as the page stays open. */

import { onContents } from "./contents.js";

const MINUTE_MS = 60_000;

export function showAge() {
  onContents(show);
  setInterval(show, MINUTE_MS);
  document.addEventListener("visibilitychange", show); // a phone that slept let no minute pass
}

function show() {
  const synced = document.getElementById("synced");
  const age = synced?.querySelector("span");
  const at = Number(synced?.dataset.at);
  if (!age || !at) return;
  const language = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: "auto" });
  age.textContent = `(${language.format(...since(Math.min(0, Math.round((at - Date.now()) / MINUTE_MS))))})`;
}

/**
 * @param {number} minutes
 * @returns {[number, Intl.RelativeTimeFormatUnit]}
 */
function since(minutes) {
  if (minutes > -60) return [minutes, "minute"];
  return minutes > -1440 ? [Math.round(minutes / 60), "hour"] : [Math.round(minutes / 1440), "day"];
}
