/** A PIN, and what is kept of it: rounds, salt and hash, in hex and with dots between. Twin: server/pins.py. */

const ROUNDS = 600_000; // OWASP's floor for PBKDF2 with SHA-256; it slows a guess, and no PIN withstands a computer
const SALT_BYTES = 16;
const HASH_BITS = 256;

/** @param {string} text */
export const isPin = text => /^[0-9]{4,12}$/.test(text);

/** @param {string} pin */
export async function keepPin(pin) {
  const salt = toHex(crypto.getRandomValues(new Uint8Array(SALT_BYTES)));
  return `${ROUNDS}.${salt}.${await hashOf(pin, ROUNDS, salt)}`;
}

/**
 * @param {string} pin
 * @param {string} kept
 */
export async function isRight(pin, kept) {
  const [rounds, salt, hash] = kept.split(".");
  return hash === (await hashOf(pin, Number(rounds), salt));
}

/**
 * @param {string} pin
 * @param {number} iterations
 * @param {string} salt
 */
async function hashOf(pin, iterations, salt) {
  const key = await crypto.subtle.importKey("raw", new TextEncoder().encode(pin), "PBKDF2", false, ["deriveBits"]);
  const how = { name: "PBKDF2", hash: "SHA-256", iterations, salt: new TextEncoder().encode(salt) };
  return toHex(new Uint8Array(await crypto.subtle.deriveBits(how, key, HASH_BITS)));
}

/** @param {Uint8Array} bytes */
const toHex = bytes => [...bytes].map(byte => byte.toString(16).padStart(2, "0")).join("");
