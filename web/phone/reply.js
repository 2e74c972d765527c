/**
 * What came back from the server, held to be the server's own: a wireless network answers for it with pages of its own,
 * and a line can be cut in the middle. What is not an answer changes nothing here.
 * @import { Answer, Outbox } from "./outbox.js"
 */

const LONGEST_PAUSE_MS = 3_600_000; // a clock or a proxy that is wrong must not silence a phone for good
const PAUSE_MS = 5000; // when nothing is said
const JITTER = 0.5; // of the pause: phones that were sent away together do not come back together

/**
 * The answer, or null when this is none to what was asked.
 * @param {Response} response
 * @param {Outbox} asked
 * @returns {Promise<Answer | null>}
 */
export async function readAnswer(response, asked) {
  const answer = await json(response);
  return isAnswer(answer) && goesOn(answer, asked) ? answer : null;
}

/**
 * The code of the problem that the server tells of; "" when this is not the server.
 * @param {Response} response
 * @returns {Promise<string>}
 */
export async function problemCode(response) {
  const code = (await json(response))?.code;
  return typeof code === "string" ? code : "";
}

/**
 * How long to leave the server alone, in ms.
 * @param {Response} response
 * @param {number} now
 */
export function pauseOf({ headers }, now) {
  const said = headers.get("Retry-After") ?? "";
  const asked = /^\d+$/.test(said) ? 1000 * Number(said) : Date.parse(said) - now;
  const pause = Math.min(asked > 0 ? asked : PAUSE_MS, LONGEST_PAUSE_MS);
  const random = /** @type {number} */ (crypto.getRandomValues(new Uint32Array(1))[0]) / 2 ** 32;
  return pause * (1 + JITTER * random);
}

/**
 * Whether a pause is still going on. A clock that was turned back meanwhile does not make it longer than it ever was.
 * @param {number} until
 * @param {number} now
 */
export function isPaused(until, now) {
  return now < until && until - now <= LONGEST_PAUSE_MS * (1 + JITTER);
}

/**
 * @param {Response} response
 * @returns {Promise<any>}
 */
async function json(response) {
  try {
    return await response.json();
  } catch {
    return null; // cut short, or no JSON
  }
}

/**
 * @param {any} answer
 * @returns {answer is Answer}
 */
function isAnswer(answer) {
  return (
    answer?.v === 1 &&
    isText(answer.epoch) &&
    Number.isSafeInteger(answer.cursor) &&
    answer.cursor >= 0 &&
    typeof answer.more === "boolean" &&
    Array.isArray(answer.records) &&
    answer.records.every(isRecord) &&
    Array.isArray(answer.refused) &&
    answer.refused.every((/** @type {any} */ each) => isText(each?.id) && isText(each.code))
  );
}

/** @param {any} record */
function isRecord(record) {
  return isText(record?.id) && isText(record.kind) && isVector(record.seen) && Array.isArray(record.writes);
}

/** @param {unknown} seen */
function isVector(seen) {
  return typeof seen === "object" && seen !== null && Object.values(seen).every(Number.isSafeInteger);
}

/** @param {unknown} text */
const isText = text => typeof text === "string" && text !== "";

/**
 * Whether the answer leads on from where this device is. Only what was pushed may come back from behind the cursor,
 * and cut a page there; else a server that says "more" moves on, so that asking comes to an end.
 * @param {Answer} answer
 * @param {Outbox} asked
 */
function goesOn({ epoch, cursor, more, records }, asked) {
  if (asked.epoch !== null && epoch !== asked.epoch) return false;
  if (!more) return cursor >= asked.cursor;
  return records.length > 0 && (asked.push.length > 0 || cursor > asked.cursor);
}
