import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { answer } from "../../web/phone/answer.js";
import { takeOverLanguage } from "../../web/phone/choices.js";
import { hostOf } from "../../web/phone/host.js";
import { chosen } from "../../web/phone/replica.js";
import { LANGUAGE_CHANGED } from "../../web/phone/views/you.js";
import { newBrowser } from "./browser.js";
import { shell } from "./built_shell.js";

beforeEach(() => {
  newBrowser();
});

test("a language is chosen for this browser, and no other than ours", async () => {
  assert.equal((await choose("es")).headers.get("Location"), LANGUAGE_CHANGED);
  assert.equal(await chosen("language"), "es");
  assert.match(await (await ask("/you")).text(), /<html lang="es"/);

  assert.equal((await choose("fr")).status, 400);
  assert.equal(await chosen("language"), "es");
});

test("a choice from before there was a worker is taken over, and none that was made since is undone", async () => {
  await takeOverLanguage("en", shell); // what this browser asks for is no choice
  assert.equal(await chosen("language"), undefined);

  await takeOverLanguage("constructor", shell);
  assert.equal(await chosen("language"), undefined);

  await takeOverLanguage("es", shell);
  assert.equal(await chosen("language"), "es");

  await takeOverLanguage("en", shell);
  assert.equal(await chosen("language"), "es");
});

/** @param {string} language */
function choose(language) {
  return ask("/you/language", { method: "POST", body: new URLSearchParams({ language }) });
}

/**
 * @param {string} path
 * @param {RequestInit} [init]
 */
async function ask(path, init) {
  const response = await answer(new Request(`https://unlearn.test${path}`, init), await hostOf(shell));
  assert.ok(response);
  return response;
}
