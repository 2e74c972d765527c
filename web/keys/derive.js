/** Keys from a passphrase: what is sent, and later what seals, are both made from one that never leaves the device. Twin: server/keys.py. */

import { toBase64url } from "../phone/base64url.js";
import { newKdf, readKdf } from "./kdf.js";

/** @typedef {import("./kdf.js").Kdf} Kdf */
/** @typedef {{key: string, kdf: string}} Made the key in base64url, and how it was made */

const KEY_BYTES = 32;
const AUTH = "auth"; // beside it there will be "kek", which is never sent

/** The server asks for a key that would be too easy to guess from, or that we know nothing of. */
export class Unsafe extends Error {}

/**
 * The key to sign in with.
 * @param {string} passphrase
 * @param {string} kdf
 * @returns {Promise<Made>} rejects with Unsafe, or with what the browser says that can't do it
 */
export async function keyFor(passphrase, kdf) {
  const read = readKdf(kdf);
  if (!read) throw new Unsafe(kdf);
  const main = await stretch(new TextEncoder().encode(passphrase.normalize("NFKC")), read);
  return { key: toBase64url(await expand(main, AUTH)), kdf };
}

/**
 * A key for a passphrase that is new: Argon2id, or PBKDF2 where the browser refuses WebAssembly or has no room for it.
 * @param {string} passphrase
 */
export function newKey(passphrase) {
  return keyFor(passphrase, newKdf("argon2id")).catch(() => keyFor(passphrase, newKdf("pbkdf2-sha256")));
}

/**
 * HKDF-SHA256 without salt (RFC 5869): one secret gives as many keys as it has uses.
 * @param {Uint8Array<ArrayBuffer>} secret
 * @param {string} use
 */
export async function expand(secret, use) {
  const from = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveBits"]);
  const info = new TextEncoder().encode(use);
  const hkdf = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(0), info };
  return new Uint8Array(await crypto.subtle.deriveBits(hkdf, from, KEY_BYTES * 8));
}

/**
 * @param {Uint8Array<ArrayBuffer>} passphrase
 * @param {Kdf} kdf
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
async function stretch(passphrase, { suite, costs, salt }) {
  if (suite === "argon2id") {
    const [memorySize, iterations, parallelism] = costs;
    const { hashwasm } = /** @type {any} */ (globalThis); // vendor/argon2.umd.min.js stands before this in the worker
    const asked = { memorySize, iterations, parallelism, salt, hashLength: KEY_BYTES, outputType: "binary" };
    return hashwasm.argon2id({ password: passphrase, ...asked });
  }
  const from = await crypto.subtle.importKey("raw", passphrase, "PBKDF2", false, ["deriveBits"]);
  const pbkdf2 = { name: "PBKDF2", hash: "SHA-256", salt, iterations: costs[0] };
  return new Uint8Array(await crypto.subtle.deriveBits(pbkdf2, from, KEY_BYTES * 8));
}
