/** Makes keys beside the page, which goes on being alive. Its own headers let it run WebAssembly, and reach nothing. */

import { keyFor, newKey, Unsafe } from "./derive.js";

const scope = /** @type {any} */ (self); // the types are a page's

scope.addEventListener("message", async (/** @type {MessageEvent} */ { data: { passphrase, kdf } }) => {
  try {
    scope.postMessage(await (kdf === undefined ? newKey(passphrase) : keyFor(passphrase, kdf)));
  } catch (error) {
    scope.postMessage({ fault: error instanceof Unsafe ? "unsafe_kdf" : "no_key" });
  }
});
