/** A shell as the worker has it: the server's own exports, the templates compiled by the server's own compiler. */

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { kinds } from "./kinds.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const script = `
import sys
from server.places import WEB
from server.template_compiler import compile_templates
sys.stdout.buffer.write(compile_templates(WEB / "templates", (WEB / "phone/render.js").as_uri()).encode())
`;

/** @param {string} name */
const json = name => JSON.parse(readFileSync(`${root}web/${name}.json`, "utf8"));

/** @type {import("../../web/phone/shell.js").Shell} */
export const shell = {
  version: "v1",
  prefix: "/shell/v1",
  render: await compiled(),
  words: { en: json("words/en"), es: json("words/es") },
  routes: json("routes"),
  kinds,
  headers: json("headers"),
};

/** @returns {Promise<import("../../web/phone/shell.js").Render>} */
async function compiled() {
  const folder = mkdtempSync(join(tmpdir(), "unlearn-"));
  const module = join(folder, "templates.mjs");
  try {
    writeFileSync(module, execFileSync(`${root}.venv/bin/python`, ["-c", script], { cwd: root }));
    return (await import(pathToFileURL(module).href)).render;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
