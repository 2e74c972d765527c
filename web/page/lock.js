/**
 * The lock, as far as open pages have a part in it: they say that somebody uses them, cover themselves when somebody
 * leaves or nobody has been there for as long as was chosen, and ask the host whether the lock has fallen.
 * <html data-lock> is the minutes without use (0: at once), "on" while the lock is on, and not there without a lock.
 */

import { cover, uncover } from "./cover.js";
import { redraft } from "./drafts.js";
import { tellWorker } from "./to_worker.js";

const MINUTE_MS = 60_000;
const AT_ONCE = "0";
const AT_ONCE_MINUTES = 5; // without use: when the worker has it fall, and later than the server has
const TOLD_EVERY_MS = 5000;
const LOOKED_EVERY_MS = 10_000; // a timer of minutes would stand still while a laptop sleeps
const LOCKED = 423;

const root = document.documentElement;
const tabs = new BroadcastChannel("unlearn-lock"); // each page says which lock it was loaded with
/** @type {Promise<unknown>} */
let locked = Promise.resolve(); // once the host knows that an app which locks at once was left
let used = Date.now();
let told = 0;
let isLeaving = false;

export function watchLock() {
  tabs.addEventListener("message", ({ data }) => hear(data));
  tabs.postMessage(root.dataset.lock);
  for (const each of ["pointerdown", "keydown"]) addEventListener(each, use, true);
  document.addEventListener("visibilitychange", () => (document.hidden ? leave() : comeBack()));
  addEventListener("pagehide", () => {
    isLeaving = true; // for another page of ours, or for good: what opens next asks the host
    if (isOpen()) cover();
  });
  addEventListener("pageshow", () => {
    isLeaving = false;
  });
  document.addEventListener("change", showPin);
  setInterval(() => isOpen() && isDue() && look(), LOOKED_EVERY_MS);
}

/** @param {string | undefined} theirs not there also on a page of a host that knows of no lock, which says nothing of this one */
function hear(theirs) {
  if (theirs === "on") return isOpen() && look();
  const next = document.querySelector("form[data-unlock] [name=next]");
  if (next instanceof HTMLInputElement) return location.replace(next.value); // a reload would send a wrong PIN again
  if (theirs) root.dataset.lock = theirs;
}

const isOpen = () => root.dataset.lock !== undefined && root.dataset.lock !== "on";

function use() {
  if (!isOpen() || root.dataset.covered) return;
  if (isDue()) {
    look();
    return;
  }
  used = Date.now();
  if (used - told < TOLD_EVERY_MS) return;
  told = used;
  tellWorker("used");
}

function isDue() {
  const unused = Date.now() - used;
  return unused < 0 || unused >= MINUTE_MS * (Number(root.dataset.lock) || AT_ONCE_MINUTES);
}

/** The picture that a phone shows of its open apps is taken of a covered page, where it waits for one. */
function leave() {
  if (!isOpen()) return;
  cover();
  if (root.dataset.lock === AT_ONCE && !isLeaving) lockNow();
}

/** Locks at once, on the host that this page is from; also from a page that is about to go. */
export function lockNow() {
  if (isOpen())
    locked = fetch("/you/lock/now", { method: "POST", keepalive: true, redirect: "manual" }).catch(() => {});
}

function comeBack() {
  if (root.dataset.covered && !isLeaving) look();
}

/** Shows the lock's page if the lock has fallen; a host that can't be asked is asked by the reload. */
async function look() {
  await locked;
  const { status } = await fetch("/locked").catch(() => ({ status: LOCKED }));
  if (status !== LOCKED) {
    used = Date.now();
    return uncover();
  }
  cover();
  await redraft();
  location.reload();
}

/** @param {Event} event */
function showPin({ target }) {
  if (!(target instanceof HTMLInputElement) || !("showPin" in target.dataset)) return;
  for (const input of target.form?.querySelectorAll("input[inputmode=numeric]") ?? [])
    input.setAttribute("type", target.checked ? "text" : "password");
}
