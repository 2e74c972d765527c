/**
 * The keyboard on the screen: while it is up, the bar of steps goes out of the way and the field in use stays in sight.
 * Chromium and Firefox make the page lower for it (interactive-widget in layout.html); Safari lays it over the page, and
 * only the visual viewport tells.
 */

const LEAST_KEYBOARD_PX = 120; // lower than any keyboard, higher than a browser's own bars that come and go
const ROOM_PX = 12; // between the field and the keyboard
const TYPED = "textarea, input:not([type=checkbox], [type=radio], [type=range], [type=hidden], [type=button])";

/** The whole height of the screen's current width: turning the phone asks for another. */
let whole = { width: 0, height: 0 };

export function clearOfKeyboard() {
  window.visualViewport?.addEventListener("resize", look);
  document.addEventListener("focusin", look);
  document.addEventListener("focusout", look);
  look();
}

function look() {
  const view = window.visualViewport;
  if (!view || view.scale > 1.01) return; // who has zoomed in moves the page themselves
  if (innerWidth !== whole.width) whole = { width: innerWidth, height: 0 };
  whole.height = Math.max(whole.height, view.height);
  const field = document.activeElement?.matches(TYPED) ? document.activeElement : null;
  const isUp = field !== null && whole.height - view.height > LEAST_KEYBOARD_PX;
  document.documentElement.toggleAttribute("data-typing", isUp);
  if (isUp) requestAnimationFrame(() => bringIntoSight(field, view)); // once the page has its new height
}

/**
 * Scrolls no more than it takes; of a field higher than what is left, the beginning stays.
 * @param {Element} field
 * @param {VisualViewport} view
 */
function bringIntoSight(field, view) {
  const { top, bottom } = field.getBoundingClientRect();
  const [first, last] = [view.offsetTop + ROOM_PX, view.offsetTop + view.height - ROOM_PX];
  if (bottom > last) scrollBy(0, Math.min(bottom - last, top - first));
  else if (top < first) scrollBy(0, top - first);
}
