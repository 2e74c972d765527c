/** The kinds of record as the server exports them to the phone. */

import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const script = "import sys; from server.kinds import exported; sys.stdout.buffer.write(exported())";

/** @type {import("../../web/phone/entries.js").Kinds} */
export const kinds = JSON.parse(
  execFileSync(`${root}.venv/bin/python`, ["-c", script], { cwd: root, encoding: "utf8" }),
);
