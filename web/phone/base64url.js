/** Bytes as text: base64url without padding (RFC 4648 §5), as WebAuthn writes them. */

/** @param {ArrayBuffer | Uint8Array} bytes */
export function toBase64url(bytes) {
  const binary = String.fromCharCode(...new Uint8Array(bytes));
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/**
 * @param {string} text throws when it is none
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function fromBase64url(text) {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), letter => letter.charCodeAt(0));
}
