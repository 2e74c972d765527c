/** Without a worker and without the server a form goes nowhere: says so, and the words stay where they are. */

export function sayUnreachable() {
  document.addEventListener("htmx:error", event => {
    const { ctx, error } = /** @type {CustomEvent} */ (event).detail;
    if (!ctx || !(error instanceof TypeError)) return; // fetch() tells a lost connection by a TypeError
    const said = document.getElementById("unreachable");
    said?.removeAttribute("hidden");
    said?.scrollIntoView({ block: "center" });
  });
  document.addEventListener("htmx:after:swap", () =>
    document.getElementById("unreachable")?.setAttribute("hidden", ""),
  );
}
