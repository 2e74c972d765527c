/** Phones under Node, all in one process: the kinds first, then a line in and a line out. */

import { createInterface } from "node:readline";
import * as database from "../../web/phone/database.js";
import * as exchange from "../../web/phone/exchange.js";
import * as journal from "../../web/phone/journal.js";
import * as record from "../../web/phone/record.js";
import * as replica from "../../web/phone/replica.js";
import * as writer from "../../web/phone/writer.js";
import { newBrowser, openBrowser } from "../web/browser.js";
import { performed } from "./performed.js";
import { phonesOf } from "./phones.js";

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const { kinds } = JSON.parse((await lines.next()).value ?? "");
const modules = { ...database, ...exchange, ...journal, ...record, ...replica, ...writer };
const tell = phonesOf(kinds, modules, { fresh: async () => newBrowser(), open: openBrowser }, performed);

for await (const line of { [Symbol.asyncIterator]: () => lines }) {
  const said = await tell(JSON.parse(line));
  console.log(JSON.stringify(said));
}
