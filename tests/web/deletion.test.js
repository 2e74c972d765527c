/** The end of an account, on the device: its words stay or go, as the person chose, and nothing else does. */

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { deleteAccount } from "../../web/phone/deletion.js";
import { Exchange } from "../../web/phone/exchange.js";
import { hostOf } from "../../web/phone/host.js";
import { newRecord, save } from "../../web/phone/record.js";
import { adopt, currentReplica, replicaOf } from "../../web/phone/replica.js";
import { newBrowser } from "./browser.js";
import { shell } from "./built_shell.js";
import { scriptedServer } from "./scripted_server.js";

const SYNCED = { json: { v: 1, epoch: "e1", cursor: 1, more: false, records: [], refused: [] } };

beforeEach(() => newBrowser());

for (const device of ["keep", "remove"]) {
  test(`an account goes, and this device's copy does as it was asked: ${device}`, async t => {
    const phone = await open(t, () => ({ json: { account: "mara", when: "now" } }));
    const answer = await phone.delete(device);

    assert.deepEqual([answer.status, answer.headers.get("Location")], [303, "/deleted?when=now"]);
    const { account, email } = await currentReplica();
    assert.deepEqual([account, email], [null, null]);
    assert.equal(Boolean(await phone.entry()), device === "keep");
    assert.equal((await replicaOf("mara"))?.device, device === "keep" ? phone.device : undefined);
  });
}

for (const [name, said, status, leads] of /** @type {const} */ ([
  [
    "who has to show who they are",
    { status: 403, json: { code: "step_up" } },
    303,
    "/you/step-up?next=%2Fyou%2Fdelete",
  ],
  ["with no network", { lost: true }, 503, null],
  ["that the server refuses", { status: 400, json: { code: "malformed" } }, 400, null],
  ["when somebody else is signed in by now", { json: { account: "teo", when: "now" } }, 303, "/deleted?when=now"],
])) {
  test(`an account stays this device's: ${name}`, async t => {
    const phone = await open(t, () => said);
    const answer = await phone.delete("remove");

    assert.deepEqual([answer.status, answer.headers.get("Location")], [status, leads]);
    assert.equal((await currentReplica()).account, "mara");
    assert.ok(await phone.entry());
  });
}

/**
 * @param {import("node:test").TestContext} t
 * @param {() => import("./scripted_server.js").Said} said to the form
 */
async function open(t, said) {
  const server = await scriptedServer(t, asked => (asked.path === "/sync" ? SYNCED : said()));
  const { device } = await adopt("mara", "mara@example.org");
  const { journal } = await hostOf(shell);
  await journal.change("a", () => save(newRecord("a", "trait"), device, { name: "Pleasing" }, 1000));
  const exchange = new Exchange({ kinds: shell.kinds, send: server.send, now: () => 0 });
  return {
    device,
    entry: async () => (await hostOf(shell)).journal.get("a"),
    /** @param {string} chosen */
    delete: async chosen => {
      const body = new URLSearchParams({ when: "now", device: chosen });
      const request = new Request("https://unlearn.example/you/delete", { method: "POST", body });
      return deleteAccount(request, { ...(await hostOf(shell)), send: server.send }, exchange);
    },
  };
}
