/** Keys from passphrases, as devices make them. */

import assert from "node:assert/strict";
import { test } from "node:test";
import "../../web/keys/vendor/argon2.umd.min.js";
import { keyFor, newKey, Unsafe } from "../../web/keys/derive.js";
import { readKdf } from "../../web/keys/kdf.js";
import { isObvious } from "../../web/keys/obvious.js";
import { newRecoveryKey, readRecoveryKey } from "../../web/keys/recovery_key.js";
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

test("a recovery key is seven groups of four letters, read back however it is typed", () => {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const key = newRecoveryKey(bytes);
  assert.match(key, /^([0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{4}$/);
  const typed = [key, key.toLowerCase(), key.replaceAll("-", " "), key.replaceAll("0", "o").replaceAll("1", "l")];
  for (const each of typed) assert.deepEqual(readRecoveryKey(each), bytes);
});

test("a recovery key with a letter wrong, or with two swapped, is none", () => {
  const letters = newRecoveryKey().replaceAll("-", "");
  for (let at = 0; at < letters.length; at++) {
    for (const letter of "0123456789ABCDEFGHJKMNPQRSTVWXYZ") {
      const wrong = letters.slice(0, at) + letter + letters.slice(at + 1);
      assert.equal(readRecoveryKey(wrong) === null, letter !== letters[at], wrong);
    }
    const swapped = letters.slice(0, at) + (letters[at + 1] ?? "") + letters[at] + letters.slice(at + 2);
    if (swapped !== letters) assert.equal(readRecoveryKey(swapped), null, swapped);
  }
  for (const none of ["", "0", letters.slice(1), `${letters}0`, "Z".repeat(28)])
    assert.equal(readRecoveryKey(none), null);
});
