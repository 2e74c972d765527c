/** What a screen reader reads out when something happened: one polite live region on every page, and all speak through it. */

const SETTLE_MS = 150; // a region that came with the page is heard only once it stands there, still empty

/** @type {string[]} */
let waiting = [];
let settling = 0;

/**
 * Reads the text out to whoever uses a screen reader, after whatever else is to be said just now.
 * @param {string | null | undefined} text
 */
export function say(text) {
  if (!text?.trim()) return;
  clearTimeout(settling);
  settling = setTimeout(speak, SETTLE_MS);
  waiting.push(text.trim().replace(/\s+/g, " "));
}

/** A page came: what was not said by then was about the one before. */
export function sayNoMore() {
  waiting.length = 0;
}

function speak() {
  const live = document.getElementById("live");
  live?.replaceChildren(waiting.join(" ")); // a new node, so that the same once more is news too
  waiting = [];
}
