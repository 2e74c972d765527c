/**
 * The lock: its settings, and what stands before the words while it is on. Twin: server/views/lock.py.
 * @import { Context, Here } from "./frame.js"
 */

import * as moments from "../moments.js";
import { count, fill } from "../words.js";
import { frame } from "./frame.js";

export const AFTERS = ["0", "1", "5", "15", "60"]; // minutes without use
export const OFF_AFTER = 72 * 60 * 60_000; // ms from asking until a forgotten PIN's lock may be taken off

/**
 * The settings; `errors` are codes of words.lock.errors by field, `after` what was chosen.
 * @param {Here} here
 * @param {{[field: string]: string}} [errors]
 * @param {string} [after]
 * @returns {Context}
 */
export function lockPage(here, errors = {}, after = "") {
  const words = here.words.lock;
  const chosen = after || String(here.lock ? here.lock.after : 5);
  const refused = errors.passkey ? words.errors[errors.passkey] : words.not_set;
  return {
    ...frame(here, words.title),
    is_set: here.lock !== null,
    has_passkey: here.lock?.hasPasskey ?? false,
    said: Object.hasOwn(words.now, here.query.now ?? "") ? words.now[here.query.now] : "",
    afters: AFTERS.map(each => ({ value: each, label: words.afters[each], chosen: each === chosen })),
    form: {
      error: Object.keys(errors).length ? refusalText(refused, here) : "",
      fields: (here.lock ? ["current", "pin", "again"] : ["pin", "again"]).map(name => field(name, errors[name], here)),
    },
  };
}

/**
 * @param {string} name
 * @param {string | undefined} code
 * @param {Here} here
 */
function field(name, code, { lock, words }) {
  return {
    name,
    id: `lock-${name}`,
    label: words.lock[name === "pin" && lock ? "new" : name],
    hint: name === "pin" ? words.lock[lock ? "new_hint" : "pin_hint"] : "",
    error: code ? words.lock.errors[code] : "",
    required: name === "current" || lock === null,
  };
}

/**
 * In place of any page while the lock is on: the PIN, where it leads, and what to do without it.
 * @param {Here} here
 * @param {string} next
 * @param {string} [code] of words.lock.errors
 * @returns {Context}
 */
export function lockedPage(here, next, code = "") {
  const words = here.words.lock;
  const off = here.lock?.asked ? here.lock.asked + OFF_AFTER : 0;
  const when = off ? moments.show(moments.nowIn(off, here.zone), here.words) : "";
  return {
    ...frame(here, words.locked),
    next,
    error: refusalText(code ? words.errors[code] : "", here),
    has_account: here.email !== "",
    has_passkey: here.lock?.hasPasskey ?? false,
    asked_text: off ? fill(words.asked, { when }) : "",
    may_take_off: off !== 0 && here.now >= off,
  };
}

/**
 * @param {string} what
 * @param {Here} here
 */
function refusalText(what, here) {
  return `${what} ${waitText(here)}`.trim();
}

/**
 * How long until the next PIN can be tried, "" when it can be now.
 * @param {Here} here
 */
function waitText({ lock, words }) {
  const seconds = Math.ceil((lock?.wait ?? 0) / 1000);
  if (!seconds) return "";
  if (seconds < 60) return count(words.lock.wait_seconds, seconds, words);
  return count(words.lock.wait_minutes, Math.ceil(seconds / 60), words);
}
