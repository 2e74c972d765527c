/**
 * What an answer is made from: the shell, whose replica it is, and their journal.
 * @import { Standing } from "./journal.js"
 * @import { Lock } from "./lock.js"
 * @import { Replica } from "./replica.js"
 * @import { Shell } from "./shell.js"
 */

import { replicaDatabase } from "./database.js";
import { Journal } from "./journal.js";
import { chooseLanguage } from "./languages.js";
import { currentLock } from "./lock.js";
import { chosen, currentReplica } from "./replica.js";
import { everyHeader } from "./shell.js";
import { randomStep } from "./writer.js";

/** @typedef {(path: string, init: RequestInit) => Promise<Response>} Send */
/**
 * Everything but the journal: enough for a page that only says something.
 * `zone` is the device's IANA zone, `id` is fresh for a new record, `nonce` is the answer's own, `step` is random,
 * `apart` is how much of no account is kept beside the journal, where a page tells it.
 * @typedef {{shell: Shell, replica: Replica, standing: Standing, language: string, country: string, words: any, now: number, step: number,
 *   zone: string, id: string, nonce: string, send: Send, lock?: Lock | null, apart?: string}} Frame
 */
/** @typedef {Frame & {journal: Journal}} Host */
/** @typedef {{language?: string, country?: string}} Choices */

/** What is chosen for this browser, as last read. */
/** @type {Choices} */
let choices = {};

/**
 * The host of one request.
 * @param {Shell} shell
 * @returns {Promise<Host>}
 */
export async function hostOf(shell) {
  const kept = /** @type {const} */ ([currentReplica(), chosen("language"), chosen("country"), currentLock()]);
  const [replica, language, country, lock] = await Promise.all(kept);
  choices = { language, country };
  const journal = new Journal(replicaDatabase(replica.device), shell.kinds);
  return { ...frame(shell, replica, await journal.standing(), choices), journal, lock };
}

/**
 * What is left when this browser can't read what it keeps: enough to say so on a page.
 * @param {Shell} shell
 * @returns {Frame}
 */
export function brokenHost(shell) {
  const nobody = { device: "", account: null, email: null, signed_out: false };
  return frame(shell, nobody, { waiting: 0, refused: {}, synced_at: 0 }, choices);
}

/**
 * Send the person to another page.
 * @param {Frame} host
 * @param {string} path
 */
export function see({ shell, nonce }, path) {
  const headers = everyHeader(shell, nonce);
  headers.set("Location", path);
  return new Response(null, { status: 303, headers });
}

/** @type {Send} */
export const send = (path, init) => fetch(path, init);

/**
 * @param {Shell} shell
 * @param {Replica} replica
 * @param {Standing} standing
 * @param {Choices} choices
 * @returns {Frame}
 */
function frame(shell, replica, standing, { language: choice = "", country = "" }) {
  const language = chooseLanguage(choice, navigator.languages, Object.keys(shell.languages));
  const { timeZone: zone } = new Intl.DateTimeFormat().resolvedOptions();
  const [id, nonce] = [crypto.randomUUID(), crypto.randomUUID()];
  const [words, now, step] = [shell.words[language], Date.now(), randomStep()];
  return { shell, replica, standing, language, country, words, now, step, zone, id, nonce, send };
}
