/**
 * A page as an answer.
 * @import { Frame } from "./host.js"
 * @import { Context } from "./views/frame.js"
 */

import { everyHeader } from "./shell.js";

/**
 * @param {Frame} host
 * @param {string} template
 * @param {Context} context
 * @param {number} status
 */
export function html({ shell, nonce }, template, context, status) {
  const headers = everyHeader(shell, nonce);
  for (const [name, value] of Object.entries(shell.headers.page)) headers.set(name, value);
  headers.set("Content-Type", "text/html; charset=utf-8");
  return new Response(shell.render(template, context), { status, headers });
}
