/**
 * A recovery key: 128 random bits in Crockford's base32, which has no letters to mistake, and two letters to check by
 * (the number modulo 1021, a prime: no wrong or swapped letter passes). Seven groups of four.
 */

const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const [BYTES, DIGITS] = [16, 26];
const CHECK = 1021n;

/** @param {Uint8Array<ArrayBuffer>} [bytes] */
export function newRecoveryKey(bytes = crypto.getRandomValues(new Uint8Array(BYTES))) {
  const number = bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  const letters = toLetters(number, DIGITS) + toLetters(number % CHECK, 2);
  return (letters.match(/.{4}/g) ?? []).join("-");
}

/**
 * The bytes of a key as somebody typed it; null when it is none.
 * @param {string} typed
 * @returns {Uint8Array<ArrayBuffer> | null}
 */
export function readRecoveryKey(typed) {
  const letters = typed
    .toUpperCase()
    .replaceAll(/[\s‐-―-]/g, "")
    .replaceAll("O", "0")
    .replaceAll(/[IL]/g, "1");
  if (letters.length !== DIGITS + 2 || ![...letters].every(letter => LETTERS.includes(letter))) return null;
  const [number, check] = [letters.slice(0, DIGITS), letters.slice(DIGITS)].map(toNumber);
  if (number >> BigInt(8 * BYTES) || number % CHECK !== check) return null;
  return Uint8Array.from({ length: BYTES }, (_, at) => Number((number >> BigInt(8 * (BYTES - 1 - at))) & 255n));
}

/**
 * @param {bigint} number
 * @param {number} length
 */
function toLetters(number, length) {
  return Array.from({ length }, (_, at) => LETTERS[Number((number >> BigInt(5 * (length - 1 - at))) & 31n)]).join("");
}

/** @param {string} letters */
function toNumber(letters) {
  return [...letters].reduce((sum, letter) => (sum << 5n) | BigInt(LETTERS.indexOf(letter)), 0n);
}
