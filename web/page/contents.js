/** New contents of the page: at load, and whatever htmx puts in later. */

/**
 * Shows the page's contents to `look` now and after every swap.
 * @param {() => void} look looks at the whole document; doing so twice does no harm
 */
export function onContents(look) {
  look();
  document.addEventListener("htmx:after:swap", look);
}
