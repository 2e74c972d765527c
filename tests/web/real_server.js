/** The real server, as a process with a data folder of its own. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const unlearn = fileURLToPath(new URL("../../.venv/bin/unlearn", import.meta.url));

/**
 * Starts a server that stops when the test ends.
 * @param {import("node:test").TestContext} t
 */
export async function realServer(t) {
  const folder = mkdtempSync(join(tmpdir(), "unlearn-"));
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const environment = { PATH: process.env.PATH, UNLEARN_DATA: folder, UNLEARN_PORT: String(port) };
  const server = spawn(unlearn, ["serve"], { env: environment, stdio: ["ignore", "pipe", "ignore"] });
  t.after(async () => {
    server.kill();
    await once(server, "exit");
    rmSync(folder, { recursive: true });
  });
  await once(server.stdout, "data"); // the line with its address, once it listens
  return { origin };
}

/**
 * A browser's line to the server: it keeps the session's cookie, and can be cut, before or after the server has heard.
 * @param {string} origin
 */
export function lineTo(origin) {
  const line = { cookie: "", cut: false, deaf: false, send };
  return line;

  /** @type {import("../../web/phone/host.js").Send} */
  async function send(path, init) {
    if (line.cut) throw new TypeError("no network");
    const headers = new Headers(init.headers);
    headers.set("Sec-Fetch-Site", "same-origin");
    if (line.cookie) headers.set("Cookie", line.cookie);
    const answer = await fetch(origin + path, { ...init, headers });
    for (const cookie of answer.headers.getSetCookie()) line.cookie = cookie.split(";")[0];
    if (line.deaf) throw new TypeError("the answer got lost");
    return answer;
  }
}

/** @returns {Promise<number>} */
async function freePort() {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (probe.address());
  probe.close();
  return port;
}
