/**
 * What a device says when it is asked who holds it: WebAuthn Level 3 §7.1 and §7.2, as far as they matter to a lock that
 * asks nobody but the device it is on. Pure; whatever is no such answer is false.
 */

import { fromBase64url } from "./base64url.js";

/**
 * The credential's id, its public key (SubjectPublicKeyInfo) and that key's COSE algorithm; the first two as base64url.
 * @typedef {{id: string, key: string, alg: string}} Passkey
 */
/**
 * What came back, as base64url; a new passkey is signed by nobody.
 * @typedef {{client: string, authenticator: string, signature?: string}} Answer
 */
/**
 * What was asked, and from which page.
 * @typedef {{type: "webauthn.create" | "webauthn.get", challenge: string, origin: string}} Question
 */

const HASH_BYTES = 32;
const PRESENT_AND_VERIFIED = 0b101; // the flags UP and UV (§6.1)
const HALF = 32; // bytes of r and of s on P-256

/** How to read the key and verify with it, by COSE algorithm (RFC 9053 §2.1, RFC 8812 §2). */
const ALGORITHMS = /** @type {{[alg: string]: any}} */ ({
  "-7": { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" },
  "-257": { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" },
});

/**
 * Whether somebody whom the device knows was there and meant this page and this question; of a key nothing is shown yet.
 * @param {Answer} answer
 * @param {Question} question
 */
export async function isMeant({ client, authenticator }, { type, challenge, origin }) {
  try {
    const said = JSON.parse(new TextDecoder().decode(fromBase64url(client)));
    if (!challenge || said.type !== type || said.challenge !== challenge) return false;
    if (said.origin !== origin || said.crossOrigin === true) return false;
    const data = fromBase64url(authenticator);
    const site = await sha256(new TextEncoder().encode(new URL(origin).hostname));
    if (!site.every((byte, at) => byte === data[at])) return false;
    return ((data[HASH_BYTES] ?? 0) & PRESENT_AND_VERIFIED) === PRESENT_AND_VERIFIED;
  } catch {
    return false;
  }
}

/**
 * Whether it is meant, and this passkey signed it.
 * @param {Passkey} passkey
 * @param {Answer} answer
 * @param {Question} question
 */
export async function isSigned(passkey, answer, question) {
  if (!(await isMeant(answer, question))) return false;
  try {
    const { client, authenticator, signature = "" } = answer;
    const hash = await sha256(fromBase64url(client));
    const signed = new Uint8Array([...fromBase64url(authenticator), ...hash]);
    const bytes = fromBase64url(signature);
    const how = ALGORITHMS[passkey.alg];
    return await crypto.subtle.verify(how, await keyOf(passkey), passkey.alg === "-7" ? raw(bytes) : bytes, signed);
  } catch {
    return false;
  }
}

/**
 * Whether answers can be verified with it later.
 * @param {Passkey} passkey
 */
export async function isUsable(passkey) {
  if (!passkey.id) return false;
  return keyOf(passkey).then(
    () => true,
    () => false,
  );
}

/** @param {Passkey} passkey */
async function keyOf({ key, alg }) {
  return crypto.subtle.importKey("spki", fromBase64url(key), ALGORITHMS[alg], false, ["verify"]);
}

/** @param {Uint8Array<ArrayBuffer>} bytes */
async function sha256(bytes) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

/**
 * An ECDSA signature as WebCrypto has it, r and s side by side, from the DER that authenticators write (RFC 3279 §2.2.3).
 * @param {Uint8Array} der
 */
function raw(der) {
  const [r, afterR] = integer(der, 2);
  const [s, end] = integer(der, afterR);
  if (der[0] !== 0x30 || der[1] !== der.length - 2 || end !== der.length) throw new RangeError("no signature");
  return new Uint8Array([...r, ...s]);
}

/**
 * The number at a place in as many bytes as half a signature has, and where the next one is.
 * @param {Uint8Array} der
 * @param {number} at
 * @returns {[number[], number]}
 */
function integer(der, at) {
  const from = at + 2;
  const to = from + (der[at + 1] ?? 0);
  const first = der[from] === 0 ? from + 1 : from; // a byte that only says the number is positive
  const bytes = [...der.subarray(first, to)];
  if (der[at] !== 2 || bytes.length > HALF) throw new RangeError("no number");
  return [[...Array(HALF - bytes.length).fill(0), ...bytes], to];
}
