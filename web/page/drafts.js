/**
 * What is half typed stays on this device: every form[data-draft] is kept as it is written, and comes back after a
 * reload, a crash or an empty battery. The worker removes a draft in the transaction that saves it.
 */

import { replicaDatabase, storageProblem } from "../phone/database.js";
import { draftPath } from "../phone/draft_path.js";
import { currentReplica, replicaOf } from "../phone/replica.js";
import { inReplica } from "../phone/session.js";
import { onContents } from "./contents.js";
import { say } from "./say.js";
import { hasTypedWords } from "./typed.js";

/** @typedef {{path: string, fields: [string, string][]}} Draft a form's fields under the path that it posts to */

/** @type {Set<HTMLFormElement>} forms with words not yet written down */
const waiting = new Set();
/** @type {Promise<unknown> | null} the writing under way: words typed meanwhile are written together, right after it */
let writing = null;
/** @type {WeakSet<HTMLFormElement>} forms on their way: a draft written after the save would bring the words back */
const posted = new WeakSet();
/** @type {WeakSet<HTMLFormElement>} */
const looked = new WeakSet();
let hasEnded = false;

export function keepDrafts() {
  document.addEventListener("input", event => note(draftedForm(event.target)));
  document.addEventListener("change", event => note(draftedForm(event.target)));
  document.addEventListener("submit", event => sent(draftedForm(event.target)), true);
  document.addEventListener("click", startAfresh);
  document.addEventListener("visibilitychange", flushDrafts);
  addEventListener("pagehide", flushDrafts);
  document.addEventListener("htmx:after:request", clearWhenServerSaved);
  onContents(() => {
    for (const form of document.querySelectorAll("form[data-draft]")) restore(draftedForm(form));
  });
}

/** Writes down what is typed up to now. */
export async function flushDrafts() {
  await (writing ?? writeDown());
}

/** Writes down all that is typed once more: the browser may have thrown away what was written. */
export async function redraft() {
  for (const form of hasTypedWords() ? document.forms : []) if (form.hasAttribute("data-draft")) waiting.add(form);
  await flushDrafts();
}

/** @param {HTMLFormElement | null} form */
function note(form) {
  if (!form) return;
  posted.delete(form);
  waiting.add(form);
  writing ??= writeDown().finally(() => {
    writing = null;
  });
}

/** @param {HTMLFormElement | null} form */
function sent(form) {
  if (!form) return;
  waiting.delete(form);
  posted.add(form);
}

async function writeDown() {
  while (waiting.size) {
    const drafts = [...waiting].map(form => ({ form, draft: { path: pathOf(form), fields: [...new FormData(form)] } }));
    waiting.clear();
    await Promise.all(
      drafts.map(({ form, draft }) => inDrafts(form, async store => posted.has(form) || store.put(draft))),
    );
  }
}

/** @param {HTMLFormElement | null} form */
async function restore(form) {
  if (!form || looked.has(form)) return;
  looked.add(form);
  if (form.querySelector("#refusal")) return; // it came back with all that was typed
  /** @type {Draft | undefined} */
  const draft = await inDrafts(form, drafts => drafts.get(pathOf(form)));
  if (!draft || waiting.has(form) || !(await isOf(form, draft))) return;
  fill(form, draft);
  keepAddressed(form);
  const note = form.querySelector("[data-draft-note]");
  note?.removeAttribute("hidden");
  say(note?.querySelector("span")?.textContent);
}

/**
 * @param {HTMLFormElement} form
 * @param {Draft} draft
 */
function fill(form, { fields }) {
  /** @type {Map<string, string[]>} */
  const values = new Map();
  const typed = fields.filter(([name]) => name !== "journal"); // it may have joined this one since
  for (const [name, value] of typed) values.set(name, [...(values.get(name) ?? []), value]);
  for (const element of form.elements) {
    const given = values.get(element.getAttribute("name") ?? "");
    if (element instanceof HTMLInputElement && ["checkbox", "radio"].includes(element.type)) {
      element.checked = given?.includes(element.value) ?? false;
      if (element.checked && element.value) element.closest("details")?.setAttribute("open", "");
    } else if (given && (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement)) {
      element.value = given.shift() ?? "";
      element.dispatchEvent(new Event("input")); // for its slider; it does not bubble to where drafts are written
      if (element.type !== "hidden" && element.value) element.closest("details")?.setAttribute("open", "");
    }
  }
}

/**
 * A link that names a trait is newer than the draft.
 * @param {HTMLFormElement} form
 */
function keepAddressed(form) {
  const trait = new URLSearchParams(location.search).get("trait");
  for (const input of form.querySelectorAll("input[name=trait_id]")) {
    if (input instanceof HTMLInputElement && trait && input.value === trait) input.checked = true;
  }
}

/** @param {MouseEvent} event */
async function startAfresh(event) {
  const button = event.target instanceof Element && event.target.closest("[data-draft-note] button");
  const form = button ? button.closest("form") : null;
  if (!form) return;
  waiting.delete(form);
  await writing;
  await inDrafts(form, drafts => drafts.delete(pathOf(form)));
  location.reload();
}

/** @param {Event} event */
function clearWhenServerSaved(event) {
  const { ctx } = /** @type {CustomEvent} */ (event).detail;
  const form = draftedForm(ctx.sourceElement);
  if (!form || ctx.response.status >= 400 || navigator.serviceWorker?.controller) return;
  inDrafts(form, drafts => drafts.delete(pathOf(form)));
}

/** Somebody signed out: what this page still holds may be kept with their journal, where that was kept, and nowhere else. */
export function endDrafts() {
  hasEnded = true;
}

/** Whether all that is typed on this page is written down. */
export function areDrafted() {
  return document.querySelector("[data-undrafted]:not([hidden])") === null;
}

/**
 * A draft is a second safety: where this browser keeps nothing, the form says so, quietly.
 * @param {HTMLFormElement} form
 * @param {(drafts: any) => Promise<any>} work
 */
async function inDrafts(form, work) {
  try {
    const result = await inReplica(async () => {
      const { device } = await replicaFor(form); // anew each time: the one before may have been signed out or thrown away
      return replicaDatabase(device).write(["drafts"], tx => work(tx.objectStore("drafts")));
    });
    sayUndrafted(false);
    return result;
  } catch (error) {
    sayUndrafted(true);
    if (!storageProblem(error)) console.warn("no draft is kept", error);
    return undefined;
  }
}

/**
 * Where a form's draft is kept: with the journal that the form was begun in, whoever is signed in by now. Of an account
 * that only the server's page knows yet, with what nobody owns; never with somebody else's.
 * @param {HTMLFormElement} form
 */
async function replicaFor(form) {
  const theirs = await replicaOf(journalOf(form));
  const found = theirs ?? (await currentReplica());
  if (theirs || (found.account === null && !hasEnded)) return found;
  throw new DOMException("the journal is not here any more", "InvalidStateError");
}

/**
 * Whether a draft was begun in the same journal as the form.
 * @param {HTMLFormElement} form
 * @param {Draft} draft
 */
async function isOf(form, { fields }) {
  const begun = new Map(fields).get("journal");
  if (!begun || begun === journalOf(form)) return true;
  const [one, other] = await Promise.all([replicaOf(begun), replicaOf(journalOf(form))]);
  return one !== undefined && one.device === other?.device;
}

/** @param {HTMLFormElement} form */
const journalOf = form => String(new FormData(form).get("journal") ?? "");

/** @param {boolean} undrafted */
function sayUndrafted(undrafted) {
  for (const each of document.querySelectorAll("[data-undrafted]")) {
    if (undrafted && each.hasAttribute("hidden")) say(each.textContent);
    each.toggleAttribute("hidden", !undrafted);
  }
}

/** @param {EventTarget | null} target */
function draftedForm(target) {
  const form = target instanceof Element ? target.closest("form") : null;
  return form?.hasAttribute("data-draft") ? form : null;
}

/** @param {HTMLFormElement} form */
function pathOf(form) {
  return draftPath(new URL(form.action).pathname, String(new FormData(form).get("draft") ?? ""));
}
