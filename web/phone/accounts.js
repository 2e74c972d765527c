/**
 * Making an account, signing in and signing out, as far as the phone has a part in it. Twin: server/accounts.py.
 * @import { Exchange } from "./exchange.js"
 * @import { Host, Send } from "./host.js"
 */

import { problemPage, renderPage } from "./answer.js";
import { curtain } from "./curtain.js";
import { amountText } from "./held.js";
import { see } from "./host.js";
import { arrive, dropQuestion, openQuestion } from "./joining.js";
import { atMost, PATIENCE_MS } from "./patience.js";
import { choose, chosen, countDrafts, currentReplica, forget, markSignedOut, putAway } from "./replica.js";
import { samePath } from "./same_origin.js";
import { inSession } from "./session.js";

/** @typedef {{code: string, errors?: Record<string, string>}} Problem */
/** @typedef {{status: number, problem: Problem}} Refused */

const SIGN_OUT_DUE = "sign_out_due";
const SESSION_KNOWN = "session_known";

/**
 * Signs in, or makes an account. Words that are here already join those of a new one; of another it is asked first.
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
  await atMost(exchange.run());
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
    await atMost(exchange.run());
  }
  return see(host, samePath(new URL(request.url).searchParams.get("next") ?? "", request.url) ?? "/");
}

/**
 * Signs out here: the journal leaves this device. Of what is nowhere else it asks first; "keep" puts the journal out of
 * sight until the same account signs in, "discard" takes it off. The server's session ends now, or with settleSignOut.
 * @param {Request} request
 * @param {Host} host
 * @param {Exchange} exchange
 * @param {() => Promise<unknown>} tell tells open pages that it is done here
 */
export async function signOut(request, host, exchange, tell) {
  if (host.lock?.isOn) return curtain(request, host);
  const unsent = new URLSearchParams(await request.text()).get("unsent");
  const { account, device } = host.replica;
  if (account !== null && unsent !== "keep" && unsent !== "discard") {
    await atMost(exchange.run());
    const only = await onlyHere(host);
    if (only) return problemPage(request, host, 409, "unsent", { count: only });
  }
  const next = await inSession(async () => {
    await choose(SIGN_OUT_DUE, true);
    await dropQuestion();
    if (account !== null) await (unsent === "keep" ? putAway(device) : forget(device)); // what is nobody's stays
    await tell(); // before the server, which may be long in answering
    return endSession(host.send);
  });
  return see(host, samePath(next, request.url) ?? "/");
}

/**
 * How much is nowhere but on this device; "" when nothing is.
 * @param {Host} host
 */
async function onlyHere({ journal, replica, words }) {
  const [{ waiting, refused }, drafts] = await Promise.all([journal.standing(), countDrafts(replica.device)]);
  return amountText(waiting + Object.keys(refused).length, drafts, words);
}

/**
 * Ends the server's session that a sign-out without a network left behind.
 * @param {Send} send
 */
export function settleSignOut(send) {
  return inSession(async () => {
    if (await chosen(SIGN_OUT_DUE)) await endSession(send);
  });
}

/**
 * @param {Send} send
 * @returns {Promise<string>} where the server leads after it, "/" when it could not be asked
 */
async function endSession(send) {
  const answer = await send("/sign-out", {
    method: "POST",
    headers: { Accept: "application/json" },
    signal: AbortSignal.timeout(PATIENCE_MS),
  }).catch(() => null);
  if (answer?.ok || answer?.status === 401) await choose(SIGN_OUT_DUE, false);
  const said = await answer?.json().catch(() => null);
  return said?.next ?? "/";
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
    const replica = await currentReplica();
    const isKnown = (replica.account !== null && !replica.signed_out) || (await openQuestion(replica));
    if (isKnown || (await chosen(SIGN_OUT_DUE))) return;
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
  const { account, email, device } = await answer.json();
  await arrive({ account, email, device });
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
  const { account, email } = said;
  await arrive({ account, email, device: null }, path === "/accounts");
  return null;
}
