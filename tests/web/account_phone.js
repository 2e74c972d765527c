/** A phone whose owner makes an account, signs in and signs out, before a server that answers as it is told. */

import { signedIn, signIn, signOut } from "../../web/phone/accounts.js";
import { Exchange } from "../../web/phone/exchange.js";
import { hostOf } from "../../web/phone/host.js";
import { askFirst, join } from "../../web/phone/joining.js";
import { newRecord, save } from "../../web/phone/record.js";
import { shell } from "./built_shell.js";
import { scriptedServer } from "./scripted_server.js";

/** @typedef {import("./scripted_server.js").Said} Said */
/** @typedef {{[path: string]: (asked: import("./scripted_server.js").Asked) => Said}} Answers */

export const MARA = { account: "mara", email: "mara@example.org" };
/** @type {Answers[string]} */
export const NO_NETWORK = () => ({ lost: true });
export const SERVER = /** @type {Answers} */ ({
  "/sign-in": () => ({ json: MARA }),
  "/accounts": () => ({ status: 422, json: { code: "malformed", errors: { email: "email" } } }),
  "/sign-out": () => ({ json: { next: "/" } }),
  "/session": () => ({ json: MARA }),
  "/sync": () => ({ json: { v: 1, epoch: "e1", cursor: 1, more: false, records: [], refused: [] } }),
});

/**
 * A phone before a server that answers so.
 * @param {import("node:test").TestContext} t
 * @param {Answers} answers
 */
export async function openPhone(t, answers) {
  const server = await scriptedServer(t, asked => answers[asked.path](asked));
  const exchange = new Exchange({ kinds: shell.kinds, send: server.send, now: Date.now });
  const host = async () => ({ ...(await hostOf(shell)), send: server.send });
  const form = (/** @type {string} */ path, /** @type {{[name: string]: string}} */ fields) =>
    new Request(`https://unlearn.example${path}`, { method: "POST", body: new URLSearchParams(fields) });
  return {
    send: server.send,
    sent: (/** @type {string} */ path) => server.asked.filter(asked => asked.path === path),
    standing: async () => (await host()).journal.standing(),
    /** @type {(id: string, name: string) => Promise<unknown>} */
    write: async (id, name) => {
      const { journal, replica } = await host();
      return journal.change(id, record => save(record ?? newRecord(id, "trait"), replica.device, { name }, 1000));
    },
    /** @type {(fields: {[name: string]: string}, path?: string) => Promise<Response>} */
    signIn: async (fields, path = "/sign-in") =>
      signIn(form(path, { email: MARA.email, ...fields }), await host(), exchange),
    /** @type {() => Promise<Response>} what every way in that the server alone knows ends with */
    signedIn: async () => signedIn(cameTo("/signed-in?next=/journal"), await host(), exchange),
    /** @type {(fields?: {[name: string]: string}) => Promise<Response>} */
    signOut: async (fields = {}) => signOut(form("/sign-out", fields), await host(), exchange, async () => {}),
    /** @type {(path: string) => Promise<string | null | undefined>} where the address leads before anything else */
    ledTo: async path => (await askFirst(cameTo(path), await host()))?.headers.get("Location"),
    asked: async () => join(cameTo("/you/join?next=/journal"), await host(), exchange),
    /** @type {(words: string) => Promise<Response>} */
    answer: async words => join(form("/you/join", { words, next: "/journal" }), await host(), exchange),
    /** What the journal that is open lists. */
    names: async () => (await (await host()).journal.newest(10)).map(entry => String(entry.values.name)).sort(),
  };
}

/** @param {string} path */
function cameTo(path) {
  return Object.defineProperty(new Request(`https://unlearn.example${path}`), "referrer", {
    value: "https://unlearn.example/",
  });
}
