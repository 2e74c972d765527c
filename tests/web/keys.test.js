/** Keys from passphrases, as devices make them. */

import assert from "node:assert/strict";
import { test } from "node:test";
import "../../web/keys/vendor/argon2.umd.min.js";
import { keyFor, newKey, Unsafe } from "../../web/keys/derive.js";
import { readKdf } from "../../web/keys/kdf.js";
import { isObvious } from "../../web/keys/obvious.js";
import { vectors } from "./vectors.js";

const PASSPHRASE = "a lighthouse in the fog";
const { key_for, read_kdf } = vectors("keys");

for (const { name, passphrase, kdf, key } of key_for) {
  test(`keyFor: ${name}`, async () => assert.deepEqual(await keyFor(passphrase, kdf), { key, kdf }));
}

for (const { name, kdf, read } of read_kdf) {
  test(`readKdf: ${name ?? kdf}`, async () => {
    assert.equal(readKdf(kdf) !== null, read);
    if (!read) await assert.rejects(keyFor(PASSPHRASE, kdf), Unsafe);
  });
}

test("a new key is made with a salt of its own, and can be made again", async () => {
  const [one, other] = [await newKey(PASSPHRASE), await newKey(PASSPHRASE)];
  assert.match(one.kdf, /^argon2id\.65536\.3\.1\./);
  assert.notEqual(one.kdf, other.kdf);
  assert.notEqual(one.key, other.key);
  assert.deepEqual(await keyFor(PASSPHRASE, one.kdf), one);
});

test("without WebAssembly a new key is made with PBKDF2", async t => {
  t.mock.method(WebAssembly, "compile", () => Promise.reject(new WebAssembly.CompileError("refused")));
  await import(String(new URL("../../web/keys/vendor/argon2.umd.min.js?anew", import.meta.url))); // it has compiled nothing yet
  const made = await newKey(PASSPHRASE);
  assert.match(made.kdf, /^pbkdf2-sha256\.600000\./);
  assert.deepEqual(await keyFor(PASSPHRASE, made.kdf), made);
});

const OBVIOUS = [
  ["passwordpassword", ""],
  ["Password-password!", ""],
  ["1234567890123456", ""],
  ["098765432109876543", ""],
  ["aaaaaaaaaaaaaaaaaaa", ""],
  ["abababababababababab", ""],
  ["qwertyuiopasdfghjkl", ""],
  ["zyxwvutsrqponmlkjihg", ""],
  ["correct horse battery staple", ""],
  ["En un lugar de la Mancha", ""],
  ["mara.holm@example.org", "mara.holm@example.org"],
  ["mara mara mara mara", "mara@example.org"],
  ["               ", ""],
];
for (const [passphrase, email] of OBVIOUS) {
  test(`many would guess ${JSON.stringify(passphrase)}`, () => assert.ok(isObvious(passphrase, email)));
}

for (const passphrase of [
  PASSPHRASE,
  "una farola en la niebla",
  "雾中的灯塔照亮了海边的小镇和归来的船",
  "mara goes to the river early",
  "k7#pQ z!2mW v9&xT",
]) {
  test(`not many would guess ${passphrase}`, () => assert.ok(!isObvious(passphrase, "mara@example.org")));
}
