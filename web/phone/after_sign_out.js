/**
 * Where a sign-out leads: a session that a provider began may go on there, and its page says how to end it.
 * @import { Host } from "./host.js"
 */

const PATIENCE_MS = 2000; // signing out waits no longer to hear who began the session

/**
 * The path to go on to; asked before the session ends, for it alone knows. Without a network it is the first page.
 * @param {Host} host
 */
export async function afterSignOut({ shell, send }) {
  if (shell.providers.length === 0) return "/";
  const options = { headers: { Accept: "application/json" }, signal: AbortSignal.timeout(PATIENCE_MS) };
  const answer = await send("/session", options).catch(() => null);
  const said = answer?.ok ? await answer.json() : null;
  return said?.provider ? `/signed-out?from=${encodeURIComponent(said.provider)}` : "/";
}
