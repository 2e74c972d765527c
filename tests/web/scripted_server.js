/** A server that answers what a test scripts, for failures that no real server gives when asked. */

import { createServer } from "node:http";
import { gunzipSync } from "node:zlib";

/** @typedef {{path: string, headers: import("node:http").IncomingHttpHeaders, body: any, text: string}} Asked */
/** @typedef {{status?: number, headers?: {[name: string]: string}, json?: unknown, text?: string, lost?: boolean}} Said */
/** @typedef {(asked: Asked) => Said | Promise<Said>} Script */

/**
 * @param {import("node:test").TestContext} t closes the server when the test ends
 * @param {Script} script
 */
export async function scriptedServer(t, script) {
  /** @type {Asked[]} */
  const asked = [];
  const server = createServer(async (request, response) => {
    const chunks = await request.toArray();
    const bytes = Buffer.concat(chunks);
    const text = (request.headers["content-encoding"] === "gzip" ? gunzipSync(bytes) : bytes).toString();
    const json = text.startsWith("{");
    const one = { path: request.url ?? "", headers: request.headers, text, body: json ? JSON.parse(text) : null };
    asked.push(one);
    const said = await script(one);
    if (said.lost) {
      request.socket.destroy();
      return;
    }
    const type = said.json === undefined ? "text/html" : "application/json";
    response.writeHead(said.status ?? 200, { "Content-Type": type, ...said.headers });
    response.end(said.json === undefined ? (said.text ?? "") : JSON.stringify(said.json));
  });
  await new Promise(resolve => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  /** @type {import("../../web/phone/host.js").Send} */
  const send = (path, init) => fetch(`http://127.0.0.1:${port}${path}`, init);
  return { asked, send };
}
