/** Addresses of scripts that may be started, as Trusted Types ask for: ours, and no others. The policy can be made once. */

const OURS = ["/worker.js", "/keys/worker.js"];

/** @type {any} no types for it in TypeScript's DOM library yet */
const { trustedTypes } = window;
const policy = trustedTypes?.createPolicy("unlearn", { createScriptURL });

/**
 * The address, for register() and new Worker().
 * @param {string} url
 * @returns {string} for TypeScript; a TrustedScriptURL where browsers know it
 */
export function trusted(url) {
  return policy?.createScriptURL(url) ?? url;
}

/** @param {string} url */
function createScriptURL(url) {
  if (!OURS.includes(url)) throw new TypeError(`${url} is not ours`);
  return url;
}
