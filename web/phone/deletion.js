/**
 * The end of an account, as far as the phone has a part in it. Twin: server/deletion.py.
 * @import { Exchange } from "./exchange.js"
 * @import { Host } from "./host.js"
 */

import { problemPage } from "./answer.js";
import { curtain } from "./curtain.js";
import { see } from "./host.js";
import { currentReplica, forget, letGo } from "./replica.js";
import { inSession } from "./session.js";

/**
 * Deletes the account, and keeps or removes this device's copy, as the form says.
 * @param {Request} request
 * @param {Host} host
 * @param {Exchange} exchange
 */
export async function deleteAccount(request, host, exchange) {
  if (host.lock?.isOn) return curtain(request, host);
  const form = new URLSearchParams(await request.text());
  if (form.get("device") !== "remove") await exchange.run(); // what only the server has is fetched before it goes
  const refused = await inSession(() => end(form, host));
  if (refused?.code === "step_up") return see(host, `/you/step-up?next=${encodeURIComponent("/you/delete")}`);
  if (refused) return problemPage(request, host, refused.status, refused.code);
  return see(host, `/deleted?when=${form.get("when") === "now" ? "now" : "week"}`);
}

/**
 * @param {URLSearchParams} form
 * @param {Host} host
 * @returns {Promise<{status: number, code: string} | null>} why not
 */
async function end(form, { send }) {
  const headers = { Accept: "application/json" };
  const answer = await send("/you/delete", { method: "POST", headers, body: form }).catch(() => null);
  if (!answer) return { status: 503, code: "unreachable" };
  const said = await answer.json().catch(() => ({ code: "unexpected" }));
  if (!answer.ok) return { status: answer.status, code: said.code };
  const { device, account } = await currentReplica();
  if (account === said.account) await (form.get("device") === "remove" ? forget(device) : letGo(device));
  return null;
}
