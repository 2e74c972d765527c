/** A person's device before the real server. Node stands for all their browsers, one after the other. */

import { signIn, signOut } from "../../web/phone/accounts.js";
import { putInBin } from "../../web/phone/actions.js";
import { Exchange } from "../../web/phone/exchange.js";
import { hostOf } from "../../web/phone/host.js";
import { join } from "../../web/phone/joining.js";
import { newRecord, save } from "../../web/phone/record.js";
import { momentAfter, randomStep } from "../../web/phone/writer.js";
import { copyOfBrowser, newBrowser, openBrowser } from "./browser.js";
import { shell } from "./built_shell.js";
import { lineTo } from "./real_server.js";

const KEY = "a-lighthouse-in-the-fog".padEnd(43, "A"); // 32 bytes, as a page makes them from a passphrase
const KDF = "argon2id.65536.3.1.c2FsdCBvZiB0aGUgc2VhIQ";

/** One browser, one line to the server, one worker. */
export class Device {
  browser = newBrowser();
  now = Date.now;

  /** @param {string} origin of the server */
  constructor(origin) {
    this.line = lineTo(origin);
    this.exchanges = this.#newExchange();
  }

  /**
   * @param {"/accounts" | "/sign-in"} path
   * @param {string} email
   * @param {string} [key]
   */
  async enter(path, email, key = KEY) {
    return signIn(form(path, { email, key, kdf: KDF }), await this.host(), this.exchanges);
  }

  /** Puts what is of no account here into the journal that was just signed in to. */
  async putIn() {
    return join(form("/you/join", { words: "join" }), await this.host(), this.exchanges);
  }

  async leave() {
    return signOut(form("/sign-out", {}), await this.host(), this.exchanges, async () => {});
  }

  async exchange() {
    openBrowser(this.browser);
    return this.exchanges.run();
  }

  /**
   * @param {string} id
   * @param {import("../../web/phone/record.js").Fields} fields
   * @param {number} now
   */
  async write(id, fields, now) {
    const { journal } = await this.host();
    await journal.change(id, (record, name) => {
      const before = record ?? newRecord(id, "trait");
      return save(before, name, fields, momentAfter(before, { now, step: randomStep() }));
    });
  }

  /**
   * @param {string} id
   * @param {number} now
   */
  async remove(id, now) {
    await (await this.host()).journal.change(id, putInBin({ now, step: randomStep(), zone: "" }));
  }

  /** @param {string} id */
  async isBinned(id) {
    return (await (await this.host()).journal.get(id))?.binned;
  }

  /** @param {string} id */
  async record(id) {
    const records = await (await this.host()).journal.records();
    return /** @type {import("../../web/phone/record.js").Record} */ (records.find(each => each.id === id));
  }

  /**
   * @param {string} id
   * @param {string} field
   */
  async read(id, field) {
    const entry = await (await this.host()).journal.get(id);
    return { value: entry?.values[field], rivals: entry?.rivals[field]?.map(rival => rival.value) ?? [] };
  }

  async host() {
    openBrowser(this.browser);
    return { ...(await hostOf(shell)), send: this.line.send };
  }

  /** The worker ends, as workers do; another life of it begins when it is next needed. */
  startsAgain() {
    this.exchanges = this.#newExchange();
  }

  /** What the device holds, to be put back one day as if nothing had happened since. */
  async copy() {
    openBrowser(this.browser);
    return copyOfBrowser(this.browser);
  }

  /** @param {import("./browser.js").Browser} copy */
  setBackTo(copy) {
    this.browser = copy;
    this.startsAgain();
  }

  #newExchange() {
    return new Exchange({
      kinds: shell.kinds,
      send: (path, init) => this.line.send(path, init),
      now: () => this.now(),
    });
  }
}

/**
 * @param {string} path
 * @param {{[name: string]: string}} fields
 */
function form(path, fields) {
  return new Request(`https://unlearn.test${path}`, { method: "POST", body: new URLSearchParams(fields) });
}
