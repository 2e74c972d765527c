/** Covers the page: nothing of it is seen, read out or pressed until it is uncovered or another page takes its place. */

/** @type {Element | null} */
let focused = null;

export function cover() {
  focused ??= document.activeElement;
  document.documentElement.dataset.covered = "yes";
}

export function uncover() {
  delete document.documentElement.dataset.covered;
  if (focused instanceof HTMLElement) focused.focus({ preventScroll: true }); // what is covered can't keep it
  focused = null;
}
