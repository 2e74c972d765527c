/** The phone for tests/differential/phone.py: the shell first, then one example or request a line in, one answer a line out. */

import "fake-indexeddb/auto";
import { answer } from "../../web/phone/answer.js";
import { replicaDatabase } from "../../web/phone/database.js";
import { Journal } from "../../web/phone/journal.js";
import { encode } from "../../web/phone/record.js";
import { cleanRow } from "../../web/phone/rows.js";
import { changeRows } from "../../web/phone/tally.js";
import { examplePhone } from "./phone.js";

const lines = linesOf(process.stdin);
const { templates, ...data } = JSON.parse((await lines.next()).value ?? "");
const { render } = await import(templates);
const phone = examplePhone({ ...data, render }, { answer, changeRows, encode, Journal, cleanRow, replicaDatabase });

for await (const line of lines) {
  const { records, asked } = JSON.parse(line);
  console.log(JSON.stringify(records ? await phone.hold(records).then(() => ({})) : await answered(asked)));
}

/** @param {import("./phone.js").Asked} asked */
async function answered(asked) {
  try {
    return await phone.ask(asked);
  } catch (error) {
    return { error: error instanceof Error ? error.stack : String(error) };
  }
}

/**
 * Lines that end where JSON lines end; node:readline also breaks at U+2028, which a text may hold.
 * @param {NodeJS.ReadStream} stream
 */
async function* linesOf(stream) {
  let rest = "";
  for await (const chunk of stream.setEncoding("utf8")) {
    const [first, ...others] = chunk.split("\n");
    rest += first;
    for (const each of others) {
      yield rest;
      rest = each;
    }
  }
}
