/**
 * How a device makes a key from a passphrase, as text: argon2id.KIBIBYTES.PASSES.LANES.SALT or
 * pbkdf2-sha256.ROUNDS.SALT. What a server may ask for lies within these bounds, whatever it says. Twin: server/keys.py.
 */

import { fromBase64url, toBase64url } from "../phone/base64url.js";

/** @typedef {{suite: string, costs: number[], salt: Uint8Array<ArrayBuffer>}} Kdf */

const SALT_BYTES = 16;
const MOST_SALT_BYTES = 64;
/**
 * Of each cost the least and the most: OWASP's and ASVS's floors, and what a phone bears.
 * @type {{[suite: string]: [number, number][]}}
 */
const BOUNDS = {
  argon2id: [
    [46 * 1024, 256 * 1024],
    [1, 10],
    [1, 4],
  ],
  "pbkdf2-sha256": [[600_000, 5_000_000]],
};

/**
 * A new one with a salt of its own.
 * @param {"argon2id" | "pbkdf2-sha256"} suite
 */
export function newKdf(suite) {
  const costs = suite === "argon2id" ? "65536.3.1" : "600000";
  return `${suite}.${costs}.${toBase64url(crypto.getRandomValues(new Uint8Array(SALT_BYTES)))}`;
}

/**
 * What the text says; null when we don't know it, or when it would be too weak or too much.
 * @param {string} text
 * @returns {Kdf | null}
 */
export function readKdf(text) {
  const [suite, ...rest] = text.split(".");
  const bounds = Object.hasOwn(BOUNDS, suite) ? BOUNDS[suite] : [];
  const [numbers, salts] = [rest.slice(0, bounds.length), rest.slice(bounds.length)];
  if (!bounds.length || salts.length !== 1 || !/^[A-Za-z0-9_-]{22,86}$/.test(salts[0])) return null;
  if (!numbers.every((number, at) => isWithin(number, bounds[at])) || salts[0].length % 4 === 1) return null;
  const salt = fromBase64url(salts[0]);
  if (salt.length < SALT_BYTES || salt.length > MOST_SALT_BYTES) return null;
  return { suite, costs: numbers.map(Number), salt };
}

/**
 * @param {string} number
 * @param {[number, number]} bounds
 */
function isWithin(number, [least, most]) {
  return /^[1-9][0-9]{0,6}$/.test(number) && Number(number) >= least && Number(number) <= most;
}
