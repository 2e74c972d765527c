/** After a swap of the whole page, what a browser does after a navigation: begin at the top, and say where one is. */

export function moveFocus() {
  document.addEventListener("htmx:after:swap", event => {
    const { ctx } = /** @type {CustomEvent} */ (event).detail;
    if (ctx?.target !== document.body) return;
    const refusal = document.getElementById("refusal");
    const heading = document.querySelector("main h1");
    if (!refusal && heading instanceof HTMLElement) {
      heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
      scrollTo(0, 0);
    }
    say(ctx.title || document.title); // the document takes its title after this
  });
}

/**
 * Reads the text out to whoever uses a screen reader.
 * @param {string} text
 */
export function say(text) {
  const live = document.getElementById("live");
  if (live) live.textContent = text;
}
