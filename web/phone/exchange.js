/**
 * The phone's half of an exchange (sync/README.md): send what was saved here, take what was joined there.
 * @import { Kinds } from "./entries.js"
 * @import { Answer, Outbox } from "./outbox.js"
 * @import { Replica } from "./replica.js"
 */

import { replicaDatabase, storageProblem } from "./database.js";
import { apply, refuse, startOver, take } from "./outbox.js";
import { currentReplica, markSignedOut } from "./replica.js";
import { isPaused, pauseOf, problemCode, readAnswer } from "./reply.js";
import { inSession } from "./session.js";

/** @typedef {{entries: number, cursor: number}} Arrival of a journal that comes in several answers: how much of it is here */
/**
 * `arriving` is told after each answer that is not the last, and once with null when no more comes.
 * @typedef {{kinds: Kinds, send: (path: string, init: RequestInit) => Promise<Response>, now: () => number,
 *   arriving?: (arrival: Arrival | null) => Promise<void>}} Line
 */
/** @typedef {"done" | "no_account" | "signed_out" | "unreachable" | "later" | "failed"} State */
/** @typedef {{state: State, received: number, sent: number}} Outcome how it ended, and how many records changed hands */
/** @typedef {{state: State | "again", received: number, sent: number, restarted?: boolean}} Round */

const MOST_RECORDS = 500; // in one push
const PULLED_AT_ONCE = 1000;
const MOST_RESTARTS = 3; // in one run
const WORTH_GZIP = 1000; // characters; below that gzip's own overhead eats the gain
const PATIENCE_MS = 60_000; // for one request on a bad line

/** Exchanges the current replica's records with the server, one request at a time. */
export class Exchange {
  /** @type {Promise<Outcome> | null} */
  #running = null;
  #asked = false;
  #most = MOST_RECORDS; // in the next push
  #room = MOST_RECORDS; // in any: what a server or a proxy has let through
  #notBefore = 0;
  /** The device that has asked in this life: each asks before it tells, for it may have been set back to an older copy. */
  #hasAsked = "";
  /** @type {{text: string, response: Promise<Response | null>} | null} asked while the answer before it is taken in */
  #ahead = null;

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
      this.line.arriving?.(null);
    });
    return this.#running;
  }

  async #run() {
    const outcome = /** @type {Outcome} */ ({ state: "done", received: 0, sent: 0 });
    this.#most = MOST_RECORDS;
    this.#room = MOST_RECORDS;
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
    for (let restarts = 0; state === "again" && restarts < MOST_RESTARTS; ) {
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
    if (isPaused(this.#notBefore, this.line.now())) return ended("later");
    try {
      const most = this.#hasAsked === replica.device ? this.#most : 0;
      return await this.#turn(replica, await take(replicaDatabase(replica.device), most));
    } catch (error) {
      if (!storageProblem(error)) throw error;
      console.error(error);
      return ended("failed"); // a full disk, say: nothing of the answer was kept
    }
  }

  /**
   * One request and what its answer does.
   * @param {Replica} replica
   * @param {Outbox} outbox
   * @returns {Promise<Round>}
   */
  async #turn(replica, outbox) {
    const response = await this.#send(replica, outbox);
    switch (response?.status) {
      case 200:
        return this.#accept(replica, outbox, await readAnswer(response, outbox));
      case 400:
        return (await problemCode(response)) === "malformed"
          ? this.#halve(replica, outbox, "bad_record")
          : ended("failed");
      case 401:
        return this.#signOut(replica, await problemCode(response));
      case 409:
        return this.#startOver(replica, await problemCode(response));
      case 413:
        return this.#halve(replica, outbox, "too_large");
      case 429:
      case 503:
        this.#notBefore = this.line.now() + pauseOf(response, this.line.now());
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
  async #send(replica, outbox) {
    const text = requestText(replica, outbox);
    const ahead = this.#ahead?.text === text ? await this.#ahead.response : null;
    this.#ahead = null;
    return ahead?.ok ? ahead : this.#post(replica, text); // what went wrong then may be the fault of another moment
  }

  /**
   * @param {Replica} replica
   * @param {string} text
   * @returns {Promise<Response | null>}
   */
  async #post({ account }, text) {
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
   * @param {Replica} replica
   * @param {Outbox} outbox
   * @param {Answer | null} answer
   * @returns {Promise<Round>}
   */
  async #accept(replica, { push }, answer) {
    if (!answer) return ended("unreachable"); // cut short, or a page of the wireless network's own
    const { device } = replica;
    if (answer.more && !push.length) {
      const text = requestText(replica, { ...answer, push: [] });
      this.#ahead = { text, response: this.#post(replica, text) };
    }
    const applied = await apply(replicaDatabase(device), push, answer, this.line.kinds, this.line.now());
    if (!answer.more) this.#hasAsked = device;
    else await this.line.arriving?.({ entries: applied.entries, cursor: answer.cursor });
    this.#most = Math.min(2 * this.#most, this.#room);
    const state = answer.more || applied.waiting ? "again" : "done";
    return { state, received: applied.received, sent: push.length, restarted: applied.renamed };
  }

  /**
   * @param {Replica} replica
   * @param {string} code
   */
  async #signOut({ device }, code) {
    if (code !== "signed_out") return ended("failed");
    await markSignedOut(device);
    return ended("signed_out");
  }

  /**
   * @param {Replica} replica
   * @param {string} code
   */
  async #startOver({ device }, code) {
    if (code !== "epoch_changed") return ended("failed");
    await startOver(replicaDatabase(device));
    this.#hasAsked = "";
    return { ...ended("again"), restarted: true };
  }

  /**
   * A push that was refused whole is sent in parts, down to the record at fault, which must not hold up the others.
   * A record is at fault only if the same request without it is taken: a request that is wrong itself is nobody's fault.
   * @param {Replica} replica
   * @param {Outbox} outbox
   * @param {"bad_record" | "too_large"} code the reason for a record that is at fault by itself
   * @returns {Promise<Round>}
   */
  async #halve(replica, outbox, code) {
    const [first, ...others] = outbox.push;
    if (!first) return ended("failed");
    if (others.length) {
      this.#most = Math.ceil(outbox.push.length / 2);
      if (code === "too_large") this.#room = this.#most;
      return ended("again");
    }
    const without = await this.#turn(replica, { ...outbox, push: [] });
    if (without.restarted || (without.state !== "again" && without.state !== "done")) return without;
    await refuse(replicaDatabase(replica.device), [{ ...first, code, detail: "" }]);
    this.#most = this.#room;
    return { ...without, state: "again" };
  }
}

/**
 * @param {State | "again"} state
 * @returns {Round}
 */
const ended = state => ({ state, received: 0, sent: 0 });

/**
 * @param {Replica} replica
 * @param {Outbox} outbox
 */
function requestText({ device }, { epoch, cursor, push }) {
  const about = JSON.stringify({ v: 1, device, epoch, cursor, limit: PULLED_AT_ONCE });
  return `${about.slice(0, -1)},"records":[${push.map(each => each.body).join(",")}]}`;
}

/** @param {string} text */
function gzip(text) {
  const packed = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Response(packed).arrayBuffer();
}
