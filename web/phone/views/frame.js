/**
 * The frame around every page: its name, the five steps, and where words are kept. Twin: server/views/frame.py.
 * @import { Provider } from "../shell.js"
 * @import { Words } from "../words.js"
 * @import { Lifelines } from "./support.js"
 */

import { count } from "../words.js";

/** @typedef {{[name: string]: any}} Context */
/**
 * The lock as pages show it: minutes without use, whether it is on, how long until a PIN can be tried (ms), and when
 * somebody asked to have it off (0: nobody); whether this device's passkey opens it too.
 * @typedef {{after: number, isOn: boolean, wait: number, asked: number, hasPasskey: boolean}} Shown
 */
/**
 * What a page needs to know of the device and the request.
 *
 * `keeping` is where words are: "device", "waiting" (of them `waiting` entries), "server", "signed_out", "nothing" (none
 * are kept, nobody is signed in) or "unknown" (a page of no one's).
 * `journal` names whose it is: the account, or before there is one the replica; "" when it is nobody's.
 * `languages` are those that there are, each by what it calls itself.
 * `sign_up` is who may make an account here: "open", "invitation" or "closed".
 * `providers` are those to sign in with.
 * `country` is whose crisis lines were asked for here, "" when none were.
 * `apart` is how much of no account is kept beside the journal of an account, in words; "" when nothing is.
 * `now` and `synced_at` are ms since the epoch (0: never; null: there is nothing to sync); `zone` is IANA or "", `today` YYYY-MM-DD there; `id` is fresh for a new record.
 * @typedef {{path: string, query: {[name: string]: string}, language: string, words: Words,
 *   languages: {[language: string]: string}, now: number, zone: string, today: string,
 *   step: number, id: string, nonce: string, shell: string, country: string, lifelines: Lifelines, providers: Provider[], journal: string, email: string, keeping: string, waiting: number,
 *   synced_at: number | null, refused: Map<string, string>, apart: string, lock: Shown | null, sign_up: string}} Here
 */

/** @type {Map<string, string[]>} of words.learn, by the step or the path that they help with */
const READINGS = new Map([
  ["/", ["use"]],
  ["/support", ["looking", "guides"]],
  ["notice", ["lessons"]],
  ["explore", ["avoidance", "looking"]],
  ["equip", ["practice"]],
  ["practise", ["together"]],
  ["rewire", ["weakening", "setbacks"]],
]);
const STEPS = ["notice", "explore", "equip", "practise", "rewire"];

/**
 * What layout.html prints on every page. Where the title is a person's own words, `kind` is what a browser with a lock
 * says in their place: its history and its list of tabs are open to everybody.
 * @param {Here} here
 * @param {string} title
 * @param {string} [step]
 * @param {string} [kind]
 * @returns {Context}
 */
export function frame(here, title, step = "", kind = "") {
  const { words } = here;
  return {
    page: {
      title,
      tab: kind && here.lock ? kind : title,
      path: here.path,
      language: here.language,
      nonce: here.nonce,
      shell: here.shell,
      step,
    },
    words,
    steps: STEPS.map(name => ({ name, url: `/${name}`, label: words.steps[name].label, current: name === step })),
    keeping: {
      state: here.keeping,
      text: keepingText(here),
      url: here.keeping === "signed_out" ? signInUrl(here) : "",
    },
    to_read: (READINGS.get(step || here.path) ?? []).map(slug => ({
      url: `/learn/${slug}`,
      title: words.learn[slug].title,
    })),
    account: { email: here.email },
    lock: lockText(here),
  };
}

/**
 * What open pages are to know of the lock: "on", else after how many minutes without use it falls; "" without one.
 * @param {Here} here
 */
function lockText({ lock }) {
  if (!lock) return "";
  return lock.isOn ? "on" : String(lock.after);
}

/**
 * The honest sentence about where words are kept now.
 * @param {Here} here
 * @returns {string}
 */
export function keepingText(here) {
  if (here.keeping === "unknown") return "";
  const words = here.words.keeping[here.keeping];
  return here.keeping === "waiting" ? count(words, here.waiting, here.words) : words;
}

/**
 * Where to sign in and come back from to this page.
 * @param {Here} here
 */
export function signInUrl(here) {
  return `/sign-in?next=${encodeURIComponent(here.path).replaceAll("%2F", "/")}`;
}
