// Where a browser goes on to: node has the browsers' own URL rules (WHATWG). Lines of JSON in, origins out.
import { createInterface } from "node:readline";

const [base] = process.argv.slice(2);
for await (const line of createInterface({ input: process.stdin })) {
  console.log(URL.canParse(JSON.parse(line), base) ? new URL(JSON.parse(line), base).origin : "none");
}
