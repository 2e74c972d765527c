/**
 * What is half typed stays on this device: every form[data-draft] is kept as it is written, and comes back after a
 * reload, a crash or an empty battery. The worker removes a draft in the transaction that saves it.
 */

import { replicaDatabase } from "../phone/database.js"
import { currentReplica } from "../phone/replica.js"
import { onContents } from "./contents.js"

/** @typedef {{path: string, fields: [string, string][]}} Draft a form's fields under the path that it posts to */

const PAUSE_MS = 150 // in typing, after which it is written down

/** @type {Map<HTMLFormElement, number>} forms with words not yet written down, and their timers */
const waiting = new Map()
/** @type {WeakSet<HTMLFormElement>} */
const looked = new WeakSet()
/** @type {Promise<import("../phone/database.js").Database> | null} */
let opened = null

export function keepDrafts() {
  document.addEventListener("input", event => later(draftedForm(event.target), PAUSE_MS))
  document.addEventListener("change", event => later(draftedForm(event.target), 0))
  document.addEventListener("submit", event => forgetTimer(draftedForm(event.target)), true) // the words are on their way
  document.addEventListener("click", startAfresh)
  document.addEventListener("visibilitychange", flushDrafts)
  addEventListener("pagehide", flushDrafts)
  document.addEventListener("htmx:after:request", clearWhenServerSaved)
  onContents(() => {
    for (const form of document.querySelectorAll("form[data-draft]")) restore(draftedForm(form))
  })
}

/** Writes down what is typed up to now. */
export async function flushDrafts() {
  await Promise.all([...waiting.keys()].map(write))
}

/**
 * @param {HTMLFormElement | null} form
 * @param {number} ms
 */
function later(form, ms) {
  if (!form) return
  forgetTimer(form)
  waiting.set(form, window.setTimeout(write, ms, form))
}

/** @param {HTMLFormElement | null} form */
function forgetTimer(form) {
  if (!form) return
  window.clearTimeout(waiting.get(form))
  waiting.delete(form)
}

/** @param {HTMLFormElement} form */
async function write(form) {
  forgetTimer(form)
  const fields = [...new FormData(form)].filter(([, value]) => typeof value === "string")
  await inDrafts(drafts => drafts.put({ path: pathOf(form), fields }))
}

/** @param {HTMLFormElement | null} form */
async function restore(form) {
  if (!form || looked.has(form)) return
  looked.add(form)
  if (form.querySelector("#refusal")) return // it came back with all that was typed
  /** @type {Draft | undefined} */
  const draft = await inDrafts(drafts => drafts.get(pathOf(form)))
  if (!draft || waiting.has(form)) return
  fill(form, draft)
  form.querySelector("[data-draft-note]")?.removeAttribute("hidden")
}

/**
 * @param {HTMLFormElement} form
 * @param {Draft} draft
 */
function fill(form, { fields }) {
  /** @type {Map<string, string[]>} */
  const values = new Map()
  for (const [name, value] of fields) values.set(name, [...(values.get(name) ?? []), value])
  for (const element of form.elements) {
    const given = values.get(element.getAttribute("name") ?? "")
    if (element instanceof HTMLInputElement && ["checkbox", "radio"].includes(element.type)) {
      element.checked = given?.includes(element.value) ?? false
    } else if (given && (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement)) {
      element.value = given.shift() ?? ""
      element.dispatchEvent(new Event("input")) // for its slider; it does not bubble to where drafts are written
      if (element.type !== "hidden" && element.value) element.closest("details")?.setAttribute("open", "")
    }
  }
}

/** @param {MouseEvent} event */
async function startAfresh(event) {
  const button = event.target instanceof Element && event.target.closest("[data-draft-note] button")
  const form = button ? button.closest("form") : null
  if (!form) return
  forgetTimer(form)
  await inDrafts(drafts => drafts.delete(pathOf(form)))
  location.reload()
}

/** @param {Event} event */
function clearWhenServerSaved(event) {
  const { ctx } = /** @type {CustomEvent} */ (event).detail
  const form = draftedForm(ctx.sourceElement)
  if (!form || ctx.response.status >= 400 || navigator.serviceWorker?.controller) return
  inDrafts(drafts => drafts.delete(pathOf(form)))
}

/**
 * A draft is a second safety: where this browser keeps nothing, saving says so.
 * @param {(drafts: any) => Promise<any>} work
 */
async function inDrafts(work) {
  try {
    opened ??= currentReplica().then(({ device }) => replicaDatabase(device))
    const database = await opened
    return await database.write(["drafts"], tx => work(tx.objectStore("drafts")))
  } catch (error) {
    opened = null
    console.warn("no draft is kept", error)
    return undefined
  }
}

/** @param {EventTarget | null} target */
function draftedForm(target) {
  const form = target instanceof Element ? target.closest("form") : null
  return form?.hasAttribute("data-draft") ? form : null
}

/** @param {HTMLFormElement} form */
function pathOf(form) {
  return new URL(form.action).pathname
}
