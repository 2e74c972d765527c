/**
 * Words of no account, on a device where an account is signed in to: they join its journal only when the person says so.
 *
 *   nothing open ──signed in, words here──▶ asked ──put in──▶ both are one journal
 *                                             └────apart────▶ the account's opens; the words stay aside, offered on /you
 *
 * While it is asked, the words stay what pages show, and nothing is adopted or sent. The answer is written down before
 * it is acted on: a worker that is stopped in between finishes it when the question is next asked for.
 * @import { Exchange } from "./exchange.js"
 * @import { Host } from "./host.js"
 * @import { Replica } from "./replica.js"
 */

import { curtain } from "./curtain.js";
import { heldText, holdings } from "./held.js";
import { hereOf } from "./here.js";
import { see } from "./host.js";
import { html } from "./html.js";
import { atMost } from "./patience.js";
import { adopt, choose, chosen, currentReplica, nobodysReplica } from "./replica.js";
import { findRoute } from "./routes.js";
import { samePath } from "./same_origin.js";
import { inSession } from "./session.js";
import { joinPage } from "./views/join.js";

/** @typedef {{account: string, email: string, device: string | null}} Who the server says is signed in */
/** @typedef {Who & {joins?: boolean}} Question with the answer, once it is given */

const QUESTION = "joining";
const ANSWERS = new Map([
  ["join", true],
  ["apart", false],
]);

/**
 * Somebody signed in. Making an account asks nothing: it is made to carry on what is here.
 * @param {Who} who
 * @param {boolean} [isNew]
 */
export async function arrive(who, isNew = false) {
  const { account, device } = await currentReplica();
  const here = await holdings(device, who.account);
  const isAsked = account === null && !isNew && here.records + here.forms > 0;
  if (!isAsked) await adopt(who.account, who.email, who.device, account === null && !here.others);
  await choose(QUESTION, isAsked ? who : null);
}

/**
 * What is to be answered before anything else, null when nothing is.
 * @param {Replica} replica the current one
 * @returns {Promise<Question | null>}
 */
export async function openQuestion({ account }) {
  return (account === null && (await chosen(QUESTION))) || null;
}

/** Whose pages are shown, and about whose journal a question is open: when it is another, what is on the screen is old. */
export async function whose() {
  const replica = await currentReplica();
  const pages = `${replica.device} ${(await openQuestion(replica))?.account}`;
  return { account: replica.account, pages };
}

export const dropQuestion = () => choose(QUESTION, null);

/**
 * Where a page leads while the question is open: to the question, and from there on. Help and what is no page go on as ever.
 * @param {Request} request
 * @param {Host} host
 */
export async function askFirst(request, host) {
  const { pathname, search } = new URL(request.url);
  const found = findRoute(host.shell.routes, host.shell.kinds, request.method, pathname);
  if (!found?.route.template || found.route.open || host.lock?.isOn) return null;
  return (await openQuestion(host.replica)) && see(host, `/you/join?next=${encodeURIComponent(pathname + search)}`);
}

/**
 * The question, and what is done with its answer.
 * @param {Request} request
 * @param {Host} host
 * @param {Exchange} exchange
 */
export async function join(request, host, exchange) {
  if (host.lock?.isOn) return curtain(request, host);
  const form =
    request.method === "POST" ? new URLSearchParams(await request.text()) : new URL(request.url).searchParams;
  const next = samePath(form.get("next") ?? "", request.url) ?? "/you";
  const question = await questionTo(host.replica);
  if (!question) return see(host, next);
  const joins = question.joins ?? ANSWERS.get((request.method === "POST" && form.get("words")) || "");
  if (joins === undefined) return ask(request, host, question, next);
  await inSession(() => settle({ ...question, joins }));
  await atMost(exchange.run());
  return see(host, next);
}

/**
 * The open question, or the one that words kept apart go on asking of the account that is signed in to.
 * @param {Replica} replica the current one
 * @returns {Promise<Question | null>}
 */
async function questionTo({ account, email }) {
  /** @type {Question | null} */
  const question = await chosen(QUESTION);
  if (question && (account === null || question.account === account)) return question;
  const own = account === null ? undefined : await nobodysReplica();
  if (account === null || !own) return null;
  const { records, forms } = await holdings(own.device, account);
  return records + forms > 0 ? { account, email: email ?? "", device: null } : null;
}

/** @param {Question} question answered */
async function settle(question) {
  await choose(QUESTION, question);
  await adopt(question.account, question.email, question.device, question.joins);
  await choose(QUESTION, null);
}

/**
 * @param {Request} request
 * @param {Host} host
 * @param {Question} question
 * @param {string} next
 */
async function ask(request, host, { email }, next) {
  const own = /** @type {Replica} */ (host.replica.account === null ? host.replica : await nobodysReplica());
  const held = await heldText(own, host.words, host.shell.kinds);
  const isFirst = host.replica.account === null;
  return html(host, "join.html", joinPage(hereOf(request, host), { held, email, next, isFirst }), 200);
}
