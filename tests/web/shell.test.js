import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { dropOtherVersions, everyHeader, precache, read } from "../../web/phone/shell.js";

const files = ["/shell/v2/page/start.js", "/shell/v2/styles/unlearn.css"];
const data = {
  words: {},
  languages: {},
  routes: [],
  kinds: {},
  headers: { every: {}, page: {} },
  lifelines: { finder: "", countries: [] },
  sign_up: "open",
  providers: [],
};
const manifest = { version: "v2", files, render: String, data };

/** @type {Set<string>} paths that the server has */
let served;

beforeEach(() => {
  served = new Set(files);
  globalThis.caches = /** @type {any} */ (new Caches());
});

test("a version is kept whole", async () => {
  await precache(manifest);
  served.clear();

  assert.equal(await (await read(manifest, files[1])).text(), files[1]);
});

test("a version of which one file can't be had is not kept at all", async () => {
  served.delete(files[1]);

  await assert.rejects(precache(manifest));
  assert.equal(await (await caches.open("unlearn-shell-v2")).match(files[0]), undefined);
});

test("only our own other versions are deleted", async () => {
  for (const name of ["unlearn-shell-v1", "unlearn-shell-v2", "unlearn-pictures", "another-app"])
    await caches.open(name);
  await dropOtherVersions("v2");

  assert.deepEqual(await caches.keys(), ["unlearn-shell-v2", "unlearn-pictures", "another-app"]);
});

test("every answer made here carries the server's headers, each with its own nonce", () => {
  const headers = {
    every: { "Content-Security-Policy": "script-src 'nonce-{nonce}'", "X-Content-Type-Options": "nosniff" },
  };
  const carried = everyHeader(/** @type {any} */ ({ headers }), "abc");

  assert.equal(carried.get("Content-Security-Policy"), "script-src 'nonce-abc'");
  assert.equal(carried.get("X-Content-Type-Options"), "nosniff");
});

/** Cache Storage as browsers have it and Node has not, as far as a shell goes. */
class Caches {
  /** @type {Map<string, KeptFiles>} */
  #caches = new Map();

  /** @param {string} name */
  async open(name) {
    const cache = this.#caches.get(name) ?? new KeptFiles();
    this.#caches.set(name, cache);
    return cache;
  }

  async keys() {
    return [...this.#caches.keys()];
  }

  /** @param {string} name */
  async delete(name) {
    return this.#caches.delete(name);
  }
}

class KeptFiles {
  /** @type {Map<string, string>} */
  #files = new Map();

  /** @param {string[]} paths */
  async addAll(paths) {
    const missing = paths.find(path => !served.has(path));
    if (missing) throw new TypeError(`${missing}: 404`);
    for (const path of paths) this.#files.set(path, path);
  }

  /** @param {string} path */
  async match(path) {
    const file = this.#files.get(path);
    return file === undefined ? undefined : new Response(file);
  }
}
