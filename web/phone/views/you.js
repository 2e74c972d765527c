/**
 * Who am I and where do my words live; signing in; refusals. Twin: server/views/you.py.
 * @import { Journal } from "../journal.js"
 * @import { Context, Here } from "./frame.js"
 */

import { agoText, agoWords } from "../ago.js";
import * as moments from "../moments.js";
import { fill } from "../words.js";
import { deviceForm } from "./devices.js";
import { frame, signInUrl } from "./frame.js";
import { items } from "./items.js";
import { entriesText } from "./lists.js";

const REFUSED = ["wrong_passkey", "disabled", "slow_down"]; // of words.errors: why another way in led back to the form
const TARGETS = new Map([
  ["export", "_top"], // a file
  ["sign_in_apart", "_blank"], // a page beside this one
]);
export const LANGUAGE_CHANGED = "/you?changed=language#language"; // where it is said in the new one

/**
 * A refusal to put on the form again: the email as typed, a code of words.errors by field, and where to go then.
 * @typedef {{typed?: string, errors?: {[field: string]: string}, nextUrl?: string}} Refusal
 */

/**
 * Account, where words live, language, export; `form` is one that came back refused.
 * @param {Journal} journal
 * @param {Here} here
 * @param {Context} [form]
 * @returns {Promise<Context>}
 */
export async function youPage(journal, here, form) {
  const { words } = here;
  const refused = await Promise.all([...here.refused.keys()].map(id => journal.get(id)));
  return {
    ...frame(here, words.titles.you),
    has_account: Boolean(here.email),
    readers: words.you[here.email ? "readers_account" : "readers_device"],
    sign_up: here.sign_up,
    apart_text: here.apart && fill(words.joining.kept, { held: here.apart }),
    form: form ?? accountForm("/accounts", here),
    providers: providerForms(here, "/you"),
    language: Object.entries(here.languages).map(([value, label]) => ({
      value,
      label,
      chosen: value === here.language,
    })),
    language_changed: here.query.changed === "language" ? words.you.language_changed : "",
    has_device: here.journal !== "",
    device: await deviceForm(journal, here),
    counts_text: await entriesText(journal, words),
    synced_at: String(here.synced_at ?? ""),
    synced_text: syncedText(here),
    ago_text: here.synced_at ? agoText(here.now - here.synced_at, words) : "",
    ago_words: agoWords(words),
    refused: await items(
      refused.filter(entry => entry !== null),
      journal,
      here,
    ),
  };
}

/**
 * When an account's device and the server last heard of each other.
 * @param {Here} here
 */
function syncedText({ email, synced_at, zone, words }) {
  if (!email || synced_at === null) return "";
  if (!synced_at) return words.you.synced_never;
  return fill(words.you.synced, { when: moments.show(moments.nowIn(synced_at, zone), words) });
}

/**
 * The form to sign in with.
 * @param {Here} here
 * @param {Context} [form]
 * @returns {Context}
 */
export function signInPage(here, form) {
  return {
    ...frame(here, here.words.titles.sign_in),
    sign_up: here.sign_up,
    form: form ?? accountForm("/sign-in", here, { errors: refused(here) }),
    providers: providerForms(here, "/"),
  };
}

/**
 * A button for each provider to sign in with; who was on the way to no page goes on to `otherwise`.
 * @param {Here} here
 * @param {string} otherwise
 * @returns {Context[]}
 */
function providerForms({ providers, query, words }, otherwise) {
  const next = query.next || otherwise;
  return providers.map(({ name, label }) => ({
    action: `/sign-in/with/${name}`,
    next,
    text: fill(words.sign_in.with, { provider: label }),
  }));
}

/**
 * @param {Here} here
 * @returns {{[field: string]: string}}
 */
function refused({ query }) {
  return REFUSED.includes(query.refused ?? "") ? { "": query.refused } : {};
}

/**
 * What went wrong, in a plain sentence, and what to do next.
 * @param {Here} here
 * @param {string} code
 * @param {{[name: string]: string}} [values]
 * @returns {Context}
 */
export function problemPage(here, code, values = {}) {
  const { problems } = here.words;
  const problem = problems[code] ?? problems.unexpected;
  return {
    ...frame(here, problem.title),
    title: problem.title,
    detail: fill(problem.detail, values),
    actions: waysFrom(code, here).map(([way, url]) => ({
      url,
      label: problems.actions[way],
      target: TARGETS.get(way) ?? "",
    })),
    forms: formsFrom(code, here),
  };
}

/**
 * A form for an email and a passphrase, with a code of words.errors for each field at fault ("": the whole form).
 *
 * What was typed as a passphrase is never printed again.
 * @param {string} action
 * @param {Here} here
 * @param {Refusal} [refusal]
 * @returns {Context}
 */
export function accountForm(action, here, { typed = "", errors: codes = {}, nextUrl = "" } = {}) {
  const { words } = here;
  const faults = Object.entries(codes).map(([name, code]) => [name, words.errors[code]]);
  const errors = Object.fromEntries(faults);
  const making = action === "/accounts";
  return {
    action,
    keys: making ? "new" : "known",
    submit: words[making ? "account" : "sign_in"].submit,
    next: nextUrl || here.query.next || (making ? "/you/recovery" : "/"),
    error: errors[""] || (faults.length ? words.errors.summary : ""),
    fields: [
      accountField("email", "email", typed, errors, here),
      accountField("passphrase", making ? "new_passphrase" : "passphrase", "", errors, here),
    ],
  };
}

/**
 * @param {string} name
 * @param {string} asks
 * @param {string} value
 * @param {{[field: string]: string}} errors
 * @param {Here} here
 * @returns {Context}
 */
function accountField(name, asks, value, errors, here) {
  const about = here.words.fields.account[asks];
  return {
    name,
    id: `account-${name}`,
    type: name,
    label: about.label,
    hint: about.hint,
    value,
    error: errors[name] ?? "",
    required: true,
    options: [],
    rows: [],
  };
}

/**
 * What can be done all the same.
 * @param {string} code
 * @param {Here} here
 * @returns {Context[]}
 */
function formsFrom(code, here) {
  if (code !== "unsent") return [];
  const { actions } = here.words.problems;
  return ["keep", "discard"].map(value => ({
    action: "/sign-out",
    fields: [{ name: "unsent", value }],
    text: "",
    label: actions[value],
  }));
}

/**
 * Where to go from a refusal.
 * @param {string} code
 * @param {Here} here
 * @returns {[string, string][]}
 */
function waysFrom(code, here) {
  if (code === "provider_taken" || code === "last_way_in") return [["back", "/you/providers"]];
  if (code.startsWith("provider_"))
    return [
      ["sign_in", "/sign-in"],
      ["back", "/you"],
    ];
  switch (code) {
    case "signed_out":
      return [
        ["sign_in", signInUrl(here)],
        ["home", "/"],
      ];
    case "words_back":
      return [["sign_in_apart", "/sign-in?next=/you"]];
    case "needs_worker":
      return [
        ["make", "/you"],
        ["sign_in", signInUrl(here)],
      ];
    case "unreachable":
      return [
        ["again", here.path],
        ["journal", "/journal"],
      ];
    case "unsent":
      return [
        ["export", "/you/export"],
        ["stay", "/you"],
      ];
    default:
      return [
        ["home", "/"],
        ["journal", "/journal"],
      ];
  }
}
