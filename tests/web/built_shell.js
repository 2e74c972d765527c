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

const exported = `
import sys
from msgspec.json import encode
from server.lifelines import read_lifelines
from server.languages import LANGUAGES
from server.words import own_names, words_of
words = {language: words_of(language) for language in LANGUAGES}
sys.stdout.buffer.write(encode({"lifelines": read_lifelines(), "words": words, "languages": own_names()}))
`;

/** @param {string} name */
const json = name => JSON.parse(readFileSync(`${root}web/${name}.json`, "utf8"));

/** @type {import("../../web/phone/shell.js").Shell} */
export const shell = {
  version: "v1",
  prefix: "/shell/v1",
  render: await compiled(),
  ...JSON.parse(python(exported).toString()),
  routes: json("routes"),
  kinds,
  sign_up: "open",
  providers: [],
  headers: json("headers"),
};

/** @returns {Promise<import("../../web/phone/shell.js").Render>} */
async function compiled() {
  const folder = mkdtempSync(join(tmpdir(), "unlearn-"));
  const module = join(folder, "templates.mjs");
  try {
    writeFileSync(module, python(script));
    return (await import(pathToFileURL(module).href)).render;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** @param {string} script */
function python(script) {
  return execFileSync(`${root}.venv/bin/python`, ["-c", script], { cwd: root });
}
