/**
 * Pages and forms as this device answers them; server/pages.py answers the same addresses on the server.
 * @import { Form, Pairs } from "./forms.js"
 * @import { Frame, Host } from "./host.js"
 * @import { Journal } from "./journal.js"
 * @import { Found } from "./routes.js"
 * @import { Asked } from "./views/contents.js"
 * @import { Here } from "./views/frame.js"
 * @import { Refusal } from "./views/you.js"
 */

import * as actions from "./actions.js";
import { Gone, RECORD_ID, Refused } from "./actions.js";
import { begunElsewhere } from "./begun.js";
import { BUTTONS } from "./buttons.js";
import { chooseCountry, chooseLanguage } from "./choices.js";
import { isBehind, whileLocked } from "./curtain.js";
import { storageProblem } from "./database.js";
import { draftPath } from "./draft_path.js";
import { exportJournal } from "./export.js";
import { named } from "./first_trait.js";
import { Malformed, readPairs } from "./form_body.js";
import { last, readForm } from "./forms.js";
import { apartText } from "./held.js";
import { hereOf, pathOf } from "./here.js";
import { see } from "./host.js";
import { html } from "./html.js";
import { isLocked, lockNow, setLock, unlock } from "./lock_forms.js";
import { onward } from "./onward.js";
import { askPasskey, beginPasskey, setPasskey } from "./passkey_forms.js";
import { newRecord } from "./record.js";
import { findRoute } from "./routes.js";
import { everyHeader } from "./shell.js";
import { refusedView, VIEWS } from "./views/contents.js";
import { urlOf } from "./views/items.js";
import { takenBefore, takenByUse } from "./views/library.js";
import { measuresPage } from "./views/measures.js";
import { supportPage } from "./views/support.js";
import * as you from "./views/you.js";

/** @typedef {(request: Request, host: Host, found: Found) => Promise<Response>} Answer */

const UNTYPED = ["id", "journal", "seen", "was", "zone", "onward", "draft", "place", "library"]; // what a form of ours sends along

/** @type {{[route: string]: Answer}} */
const ANSWERS = {
  ...Object.fromEntries(Object.keys(VIEWS).map(name => [name, page])),
  ...Object.fromEntries(Object.keys(BUTTONS).map(name => [name, act])),
  begin_trait: begin,
  you: async (request, host, found) => page(request, { ...host, apart: await apartText(host) }, found),
  create: write,
  edit: write,
  export: (_, { journal, shell, nonce }) => exportJournal(journal, everyHeader(shell, nonce)),
  language: chooseLanguage,
  country: chooseCountry,
  set_lock: setLock,
  unlock,
  unlocked: async (_, host) => see(host, "/"),
  lock_now: lockNow,
  locked: isLocked,
  ask_passkey: askPasskey,
  begin_passkey: beginPasskey,
  set_passkey: setPasskey,
};

/**
 * The answer to a request, null when this device has none.
 * @param {Request} request
 * @param {Host} host
 * @returns {Promise<Response | null>}
 */
export async function answer(request, host) {
  const { routes, kinds } = host.shell;
  const found = findRoute(routes, kinds, request.method, pathOf(request));
  if (!found) return null;
  try {
    const give = ANSWERS[found.route.name];
    return await (isBehind(host, found) ? whileLocked(request, host, found, give) : give(request, host, found));
  } catch (error) {
    if (error instanceof Malformed) return problemPage(request, host, error.status, "malformed");
    if (error instanceof Gone) return problemPage(request, host, 404, "not_found");
    throw error;
  }
}

/**
 * The page `you` or `sign_in` again, after a refusal.
 * @param {Request} request
 * @param {Host} host
 * @param {"you" | "sign_in"} name
 * @param {number} status
 * @param {Refusal} refusal
 */
export async function renderPage(request, host, name, status, refusal) {
  const here = hereOf(request, host);
  const form = you.accountForm(name === "you" ? "/accounts" : "/sign-in", here, refusal);
  if (name === "you") return html(host, "you.html", await you.youPage(host.journal, here, form), status);
  return html(host, "sign_in.html", you.signInPage(here, form), status);
}

/**
 * Help, which needs no journal.
 * @param {Request} request
 * @param {Frame & {journal?: Journal}} host
 */
export async function helpPage(request, host) {
  return html(
    host,
    "support.html",
    await supportPage((!host.lock?.isOn && host.journal) || null, hereOf(request, host)),
    200,
  );
}

/**
 * The page that hiding leads to.
 * @param {Request} request
 * @param {Frame} host
 */
export function neutralPage(request, host) {
  return html(host, "measures.html", measuresPage(hereOf(request, host)), 200);
}

/**
 * A refusal as a page.
 * @param {Request} request
 * @param {Frame} host
 * @param {number} status
 * @param {string} code
 * @param {{[name: string]: string}} [values]
 */
export async function problemPage(request, host, status, code, values) {
  return html(host, "problem.html", you.problemPage(hereOf(request, host), code, values), status);
}

/**
 * A form that could not be kept, when not even its page can be made: the words, and a way to send them again.
 * @param {Frame} host
 * @param {Here} here
 * @param {Pairs} pairs
 * @param {number} status
 * @param {string} code
 */
export function unkeptPage(host, here, pairs, status, code) {
  const fields = pairs.map(([name, value]) => ({ name, value }));
  const typed = fields.filter(({ name, value }) => value && !UNTYPED.includes(name)).map(({ value }) => value);
  const again = { action: here.path, fields, text: typed.join("\n\n"), label: here.words.problems.actions.again };
  return html(host, "problem.html", { ...you.problemPage(here, code), forms: [again] }, status);
}

/** @type {Answer} */
async function page(request, host, { route, kind, id }) {
  const context = await VIEWS[route.name]({ journal: host.journal, here: hereOf(request, host), kind, id });
  const partial = route.fragment && request.headers.get("hx-request-type") === "partial";
  return html(host, String(partial ? route.fragment : route.template), context, 200);
}

/** @type {Answer} */
async function begin(request, host, found) {
  const here = hereOf(request, host);
  const pairs = named(host.journal.kinds.trait, await readPairs(request), here.words);
  if (pairs.length) return saved(request, host, found, pairs, "?begun=yes");
  const nothing = () => newRecord(here.id, "trait"); // what has no writes is not kept; its draft goes
  await host.journal.change(here.id, nothing, { draft: here.path });
  return see(host, "/");
}

/** @type {Answer} */
async function write(request, host, found) {
  return saved(request, host, found, await readPairs(request));
}

/**
 * @param {Request} request
 * @param {Host} host
 * @param {Found} found
 * @param {Pairs} pairs
 * @param {string} [shown] what the entry's page is to say first
 */
async function saved(request, host, { kind: name, id: addressed }, pairs, shown = "") {
  const { journal } = host;
  const here = hereOf(request, host);
  const kind = journal.kinds[name];
  const sent = addressed || last(pairs, "id");
  const id = RECORD_ID.test(sent) ? sent : here.id;
  const asked = { journal, here, kind: name, id: addressed };
  const begun = await begunElsewhere(pairs, host);
  if (begun) {
    const form = readForm(kind, pairs, here.words);
    return formAgain(host, asked, { ...form, errors: { ...form.errors, "": begun }, unkept: true }, pairs, 409);
  }
  const taken = await takenBefore(kind, addressed, pairs, journal);
  if (taken) return see(host, urlOf(taken));
  const [typed, tool] = await takenByUse(kind, pairs, journal, here);
  try {
    const draft = draftPath(here.path, last(pairs, "draft"));
    await journal.change(id, actions.write(kind, id, typed, here, here.words), { draft });
    if (tool.length && id !== here.id)
      await journal.change(here.id, actions.write(journal.kinds.tool, here.id, tool, here, here.words));
  } catch (error) {
    if (error instanceof Refused) return formAgain(host, asked, error.form, pairs, 422);
    const code = storageProblem(error);
    if (!code) throw error;
    const form = readForm(kind, pairs, here.words);
    const errors = { ...form.errors, "": here.words.errors[code] };
    const unsaid = { ...asked, here: { ...here, keeping: "unknown" } }; // "kept on this device" would be taken for these words
    const again = formAgain(host, unsaid, { ...form, errors, unkept: true }, pairs, 507);
    return again.catch(() => unkeptPage(host, unsaid.here, pairs, 507, code)); // a browser that failed to write may not read
  }
  return see(host, onward(pairs, kind, id) + shown);
}

/**
 * The page of a form that could not be kept, with all that was typed.
 * @param {Host} host
 * @param {Asked} asked
 * @param {Form} form
 * @param {Pairs} pairs
 * @param {number} status
 */
async function formAgain(host, asked, form, pairs, status) {
  const [template, context] = await refusedView(asked, form, pairs);
  return html(host, template, context, status);
}

/** @type {Answer} */
async function act(request, host, { route, kind, id }) {
  const pairs = await readPairs(request);
  const { journal } = host;
  const entry = await journal.get(id);
  if (entry?.kind !== kind) throw new Gone();
  await journal.change(id, BUTTONS[route.name](pairs, hereOf(request, host), entry.about));
  return see(host, route.name === "shred" ? "/bin" : onward(pairs, journal.kinds[kind], id));
}
