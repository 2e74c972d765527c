/**
 * The phone's half of an exchange (sync/README.md): send what was saved here, take what was joined there.
 * @import { Database } from "./database.js"
 * @import { Kinds } from "./entries.js"
 * @import { Answer, Outbox, Push } from "./outbox.js"
 * @import { Replica } from "./replica.js"
 */

import { replicaDatabase } from "./database.js";
import { apply, refuse, startOver, take } from "./outbox.js";
import { currentReplica, markSignedOut } from "./replica.js";
import { inSession } from "./session.js";

/** @typedef {{kinds: Kinds, send: (path: string, init: RequestInit) => Promise<Response>, now: () => number}} Line */
/** @typedef {"done" | "no_account" | "signed_out" | "unreachable" | "later" | "failed"} State */
/** @typedef {{state: State, received: number, sent: number}} Outcome how it ended, and how many records changed hands */
/** @typedef {{state: State | "again", received: number, sent: number, restarted?: boolean}} Round */

const MOST_RECORDS = 500; // in one push
const PULLED_AT_ONCE = 1000;
const WORTH_GZIP = 1000; // characters; below that gzip's own overhead eats the gain
const PATIENCE_MS = 60_000; // for one request on a bad line

/** Exchanges the current replica's records with the server, one request at a time. */
export class Exchange {
  /** @type {Promise<Outcome> | null} */
  #running = null;
  #asked = false;
  #most = MOST_RECORDS;
  #notBefore = 0;

  /** @param {Line} line */
  constructor(line) {
    this.line = line;
  }

  /**
   * Exchanges until nothing is left to send or take. Asked while it runs, it looks once more before it ends.
   * Every way in which it can fail is an outcome: what waits, waits for the next time.
   * @returns {Promise<Outcome>}
   */
  run() {
    this.#asked = true;
    this.#running ??= this.#run().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  async #run() {
    const outcome = /** @type {Outcome} */ ({ state: "done", received: 0, sent: 0 });
    this.#most = MOST_RECORDS;
    while (this.#asked) {
      this.#asked = false;
      outcome.state = await this.#rounds(outcome);
    }
    return outcome;
  }

  /** @param {Outcome} outcome */
  async #rounds(outcome) {
    /** @type {State | "again"} */
    let state = "again";
    for (let restarts = 0; state === "again" && restarts < 3; ) {
      const round = await inSession(() => this.#round());
      outcome.received += round.received;
      outcome.sent += round.sent;
      if (round.restarted) restarts++;
      state = round.state;
    }
    return state === "again" ? "failed" : state; // a server whose epoch changes at every request
  }

  /** @returns {Promise<Round>} */
  async #round() {
    const replica = await currentReplica();
    if (replica.account === null) return ended("no_account");
    if (replica.signed_out) return ended("signed_out");
    if (this.line.now() < this.#notBefore) return ended("later");

    const database = replicaDatabase(replica.device);
    const outbox = await take(database, this.#most);
    const response = await this.#send(replica, outbox);
    switch (response?.status) {
      case 200:
        return this.#accept(database, outbox.push, await read(response));
      case 401:
        await markSignedOut(replica.device);
        return ended("signed_out");
      case 409:
        await startOver(database);
        return { ...ended("again"), restarted: true };
      case 400:
        return this.#halve(database, outbox.push, "bad_record"); // one that nobody can read must not hold up the others
      case 413:
        return this.#halve(database, outbox.push, "too_large");
      case 429:
      case 503:
        this.#notBefore = this.line.now() + 1000 * (Number(response.headers.get("Retry-After")) || 0);
        return ended("later");
      default:
        return ended(response ? "failed" : "unreachable");
    }
  }

  /**
   * @param {Replica} replica
   * @param {Outbox} outbox
   * @returns {Promise<Response | null>} null when no answer came
   */
  async #send({ device, account }, { epoch, cursor, push }) {
    const about = JSON.stringify({ v: 1, device, epoch, cursor, limit: PULLED_AT_ONCE });
    const text = `${about.slice(0, -1)},"records":[${push.map(each => each.body).join(",")}]}`;
    const small = text.length < WORTH_GZIP;
    const headers = new Headers({ "Content-Type": "application/json", Accept: "application/json" });
    headers.set("Unlearn-Account", account ?? ""); // should somebody else have signed in meanwhile, the server refuses
    if (!small) headers.set("Content-Encoding", "gzip");
    const body = small ? text : await gzip(text);
    const signal = AbortSignal.timeout(PATIENCE_MS);
    try {
      return await this.line.send("/sync", { method: "POST", headers, body, redirect: "error", signal });
    } catch {
      return null; // no network; what waits stays as it is
    }
  }

  /**
   * @param {Database} database
   * @param {Push[]} push
   * @param {Answer | null} answer
   * @returns {Promise<Round>}
   */
  async #accept(database, push, answer) {
    if (!answer) return ended("unreachable"); // cut short, or a page of the wireless network's own
    const { received, waiting } = await apply(database, push, answer, this.line.kinds, this.line.now());
    return { state: answer.more || waiting ? "again" : "done", received, sent: push.length };
  }

  /**
   * @param {Database} database
   * @param {Push[]} push
   * @param {string} code the reason for a record that is at fault by itself
   * @returns {Promise<Round>}
   */
  async #halve(database, push, code) {
    if (push.length === 0) return ended("failed");
    if (push.length === 1) await refuse(database, push[0], { code, detail: "" });
    this.#most = Math.ceil(push.length / 2);
    return ended("again");
  }
}

/**
 * @param {State | "again"} state
 * @returns {Round}
 */
const ended = state => ({ state, received: 0, sent: 0 });

/**
 * @param {Response} response
 * @returns {Promise<Answer | null>}
 */
async function read(response) {
  try {
    const answer = await response.json();
    return answer.v === 1 && Array.isArray(answer.records) && Array.isArray(answer.refused) ? answer : null;
  } catch {
    return null;
  }
}

/** @param {string} text */
function gzip(text) {
  const packed = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Response(packed).arrayBuffer();
}
