/** What tests/browser/test_made_up_languages.py asks of a page: words in English letters, and words without room. */

const READ_ALOUD = [
  "alt",
  "aria-description",
  "aria-label",
  "aria-roledescription",
  "aria-valuetext",
  "label",
  "placeholder",
  "title",
];
const BUTTONS = "input[type=submit], input[type=button], input[type=reset]";
const TYPED = "textarea, input[type=text]:not([inputmode=numeric]), input[type=search]";
const NOT_READ = "script, style, noscript, [hidden] > .sample"; // the last: what an example chooses, by its name

/**
 * Each text of the page, shown or for later, that has English letters and is nobody's name.
 * @param {string[]} names
 */
function foreign(names) {
  const without = (/** @type {string} */ text) => names.reduce((rest, name) => rest.replaceAll(name, ""), text);
  return texts(document).filter(text => /[A-Za-z]/.test(without(text.replace(/https:\S+/, ""))));
}

/**
 * @param {Document | DocumentFragment} root
 * @returns {string[]}
 */
function texts(root) {
  const found = [];
  const nodes = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
    if (node instanceof Text && !node.parentElement?.matches(NOT_READ)) found.push(node.data.trim());
    if (!(node instanceof Element)) continue;
    if (node instanceof HTMLTemplateElement) found.push(...texts(node.content));
    for (const name of READ_ALOUD) found.push(node.getAttribute(name) ?? "");
    if (node.matches(BUTTONS)) found.push(node.getAttribute("value") ?? "");
    if (node.matches("meta[name=description], meta[name$=-title]")) found.push(node.getAttribute("content") ?? "");
  }
  return found.filter(Boolean);
}

/**
 * What reaches over the edges of the page, and the words that something cuts off.
 * @param {number} width
 */
function crowded(width) {
  const found = [];
  const page = document.documentElement;
  if (page.scrollWidth > width) found.push(`${width} px: the page is ${page.scrollWidth} px wide`);
  const nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
    const element = node.parentElement;
    if (!node.nodeValue?.trim() || !element?.checkVisibility({ visibilityProperty: true }) || isUnseen(element))
      continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const { left, right } = range.getBoundingClientRect();
    const [from, to] = boundsOf(element, width);
    if (left < from - 1 || right > to + 1)
      found.push(`${width} px: “${node.nodeValue.trim().slice(0, 60)}” is cut off`);
  }
  return found;
}

/** @param {Element} element meant for screen readers, or out of sight until it has focus */
function isUnseen(element) {
  return element.closest(".unseen, .skip, svg, option, textarea") !== null;
}

/**
 * From where to where the text of an element can be seen: the page, or the nearest part of it that hides the rest.
 * @param {Element} element
 * @param {number} width
 */
function boundsOf(element, width) {
  for (let box = element; box !== document.body; box = /** @type {Element} */ (box.parentElement)) {
    const { overflowX } = getComputedStyle(box);
    if (overflowX === "auto" || overflowX === "scroll") return [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
    if (overflowX !== "visible") {
      const { left, right } = box.getBoundingClientRect();
      return [left, right];
    }
  }
  return [0, width];
}

/** Each place for a person's own words, written or to be, that does not take its direction from them. */
function undirected() {
  const found = [];
  const nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
    const text = node.nodeValue ?? "";
    const isApart = /\u2068/.test(text) || (document.dir === "ltr" && /⟦/.test(text)); // in a sentence of ours
    const isOwn = /[α-ω]/.test(text) && !isApart;
    if (isOwn && !node.parentElement?.closest("[dir=auto], bdi, svg, .unseen"))
      found.push(`${node.nodeValue?.trim().slice(0, 60)}: no dir`);
  }
  for (const input of document.querySelectorAll(TYPED)) {
    if (input.getAttribute("dir") !== "auto") found.push(`${input.outerHTML.slice(0, 80)}: no dir`);
  }
  return found;
}

Object.assign(globalThis, { foreign, crowded, undirected });
