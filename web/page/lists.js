/** Where a list goes on, focus goes on to what is new. */

export function followLists() {
  let last = -1; // the number of the entry after which a list goes on for somebody whose focus is at its end
  const entries = () => document.querySelectorAll("main .items .item > a");
  document.addEventListener("htmx:before:swap", () => {
    last = document.activeElement?.closest(".older") ? entries().length : -1;
  });
  document.addEventListener("htmx:after:swap", () => {
    const next = last < 0 ? null : entries()[last];
    if (next instanceof HTMLElement) next.focus({ preventScroll: true });
  });
}
