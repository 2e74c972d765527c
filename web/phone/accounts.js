/**
 * Making an account, signing in and signing out, as far as the phone has a part in it. Twin: server/accounts.py.
 * @import { Exchange } from "./exchange.js"
 * @import { Host, Send } from "./host.js"
 */

import { afterSignOut } from "./after_sign_out.js";
import { problemPage, renderPage } from "./answer.js";
import { curtain } from "./curtain.js";
import { see } from "./host.js";
import { adopt, choose, chosen, countDrafts, currentReplica, forget, markSignedOut } from "./replica.js";
import { samePath } from "./same_origin.js";
import { inSession } from "./session.js";
import { count, fill } from "./words.js";

/** @typedef {{code: string, errors?: Record<string, string>}} Problem */
/** @typedef {{status: number, problem: Problem}} Refused */

const PATIENCE_MS = 5000; // a person waits this long for the first exchange before the page comes
const SIGN_OUT_DUE = "sign_out_due";
const SESSION_KNOWN = "session_known";

/**
 * Signs in, or makes an account; then this device's words and the account's are one journal.
 * @param {Request} request
 * @param {Host} host
 * @param {Exchange} exchange
 */
export async function signIn(request, host, exchange) {
  if (host.lock?.isOn) return curtain(request, host); // else words could go to whoever picked the device up
  const form = new URLSearchParams(await request.text());
  const { pathname } = new URL(request.url);
  const refused = await inSession(() => startSession(pathname, form, host.send));
  if (refused) return sayWhy(request, host, form, refused);
  await atMost(PATIENCE_MS, exchange.run());
  return see(host, samePath(form.get("next") ?? "", request.url) ?? "/you");
}

/**
 * How the key of an account is made, asked of the server. The lock's page doesn't say whose it hides, but this device knows.
 * @param {Request} request
 * @param {Host} host
 */
export async function parameters(request, { replica, send }) {
  const form = new URLSearchParams(await request.text());
  const body = new URLSearchParams({ email: form.get("email") || (replica.email ?? "") });
  const sent = { method: "POST", headers: { Accept: "application/json" }, body };
  return send("/sign-in/parameters", sent).catch(() => Response.json({ code: "unreachable" }, { status: 503 }));
}

/**
 * The page with the form again, with what was typed (never the passphrase) and what is wrong.
 * @param {Request} request
 * @param {Host} host
 * @param {URLSearchParams} form
 * @param {Refused} refused
 */
function sayWhy(request, host, form, { status, problem: { code, errors } }) {
  if (!errors && !Object.hasOwn(host.words.errors, code)) return problemPage(request, host, status, code);
  const page = new URL(request.url).pathname === "/accounts" ? "you" : "sign_in";
  const typed = form.get("email") ?? "";
  const nextUrl = form.get("next") ?? "";
  return renderPage(request, host, page, status, { typed, errors: errors ?? { "": code }, nextUrl });
}

/**
 * A person signed in before there was a worker to see it: adopts who it is, and goes on to where they wanted to go.
 * @param {Request} request
 * @param {Host} host
 * @param {Exchange} exchange
 */
export async function signedIn(request, host, exchange) {
  if (host.lock?.isOn) return curtain(request, host);
  if (request.referrer.startsWith(`${new URL(request.url).origin}/`)) {
    await inSession(async () => {
      await choose(SIGN_OUT_DUE, false); // the new session took the place of the one that was to end
      await adoptSession(host.send);
    });
    await atMost(PATIENCE_MS, exchange.run());
  }
  return see(host, samePath(new URL(request.url).searchParams.get("next") ?? "", request.url) ?? "/");
}

/**
 * Signs out and takes the journal off this device; asks first when some of it is nowhere else.
 * @param {Request} request
 * @param {Host} host
 * @param {Exchange} exchange
 */
export async function signOut(request, host, exchange) {
  if (host.lock?.isOn) return curtain(request, host);
  const form = new URLSearchParams(await request.text());
  if (form.get("discard") !== "yes") {
    await atMost(PATIENCE_MS, exchange.run());
    const only = await onlyHere(host);
    if (only) return problemPage(request, host, 409, "unsent", { count: only });
  }
  const next = await afterSignOut(host);
  await inSession(async () => {
    await choose(SIGN_OUT_DUE, true);
    await forget(host.replica.device);
  });
  await settleSignOut(host.send);
  return see(host, next);
}

/**
 * How much is nowhere but on this device: entries and half-typed forms; "" when nothing is.
 * @param {Host} host
 */
async function onlyHere({ journal, replica, words }) {
  const [{ waiting, refused }, drafts] = await Promise.all([journal.standing(), countDrafts(replica.device)]);
  const unsent = waiting + Object.keys(refused).length;
  const entries = count(words.counts.entries, unsent, words);
  const forms = count(words.counts.drafts, drafts, words);
  if (unsent && drafts) return fill(words.counts.both, { entries, drafts: forms });
  return (unsent && entries) || (drafts && forms) || "";
}

/**
 * Ends the server's session that a sign-out without a network left behind.
 * @param {Send} send
 */
export function settleSignOut(send) {
  return inSession(async () => {
    if (!(await chosen(SIGN_OUT_DUE))) return;
    const answer = await send("/sign-out", {
      method: "POST",
      headers: { Accept: "application/json" },
      signal: AbortSignal.timeout(PATIENCE_MS),
    }).catch(() => null);
    if (answer?.ok || answer?.status === 401) await choose(SIGN_OUT_DUE, false);
  });
}

/**
 * Whether the server has ever been asked who is signed in. Of a browser that threw its databases away nobody knows.
 * @returns {Promise<boolean>}
 */
export async function knowsSession() {
  return Boolean(await chosen(SESSION_KNOWN));
}

/**
 * Asks the server who is signed in when the phone does not know: somebody may have signed in before the worker was there.
 * @param {Send} send
 */
export async function findSession(send) {
  await settleSignOut(send);
  return inSession(async () => {
    const { account, signed_out } = await currentReplica();
    if ((account !== null && !signed_out) || (await chosen(SIGN_OUT_DUE))) return;
    await adoptSession(send);
  });
}

/**
 * Asks the server whether this browser is still signed in, and notes it when it is not: its words wait here from then on.
 * @param {Send} send
 * @returns {Promise<boolean>} whether it was noted
 */
export function noteEnd(send) {
  return inSession(async () => {
    const { account, device } = await currentReplica();
    if (account === null || (await askSession(send))?.status !== 401) return false;
    await markSignedOut(device);
    return true;
  });
}

/** @param {Send} send */
async function adoptSession(send) {
  const answer = await askSession(send);
  if (answer?.ok || answer?.status === 401) await choose(SESSION_KNOWN, true);
  if (!answer?.ok) return;
  const who = await answer.json();
  await adopt(who.account, who.email, who.device);
}

/** @param {Send} send */
function askSession(send) {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  return send("/session", { headers: { Accept: "application/json" }, signal }).catch(() => null);
}

/**
 * @param {string} path
 * @param {URLSearchParams} form
 * @param {Send} send
 * @returns {Promise<Refused | null>}
 */
async function startSession(path, form, send) {
  const answer = await send(path, { method: "POST", headers: { Accept: "application/json" }, body: form }).catch(
    () => null,
  );
  if (!answer) return { status: 503, problem: { code: "unreachable" } };
  const said = await answer.json().catch(() => ({ code: "unexpected" }));
  if (!answer.ok) return { status: answer.status, problem: said };
  if (said.next) form.set("next", said.next); // an account that is about to go is kept there
  await choose(SIGN_OUT_DUE, false); // the new session took the place of the one that was to end
  await adopt(said.account, said.email);
  return null;
}

/**
 * @param {number} ms
 * @param {Promise<unknown>} work goes on when the time is over
 */
async function atMost(ms, work) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const over = new Promise(resolve => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work, over]);
  clearTimeout(timer);
}
