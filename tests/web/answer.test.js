import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { answer } from "../../web/phone/answer.js";
import { replicaDatabase } from "../../web/phone/database.js";
import { hostOf } from "../../web/phone/host.js";
import { adopt, forget } from "../../web/phone/replica.js";
import { fillDisk, newBrowser } from "./browser.js";
import { shell } from "./built_shell.js";

const PRACTICE = { situation: "The meeting at <nine>", old_reaction: "70", emotions_1_name: "tense" };

beforeEach(() => {
  newBrowser();
});

test("what only the server can answer is left to it", async () => {
  for (const path of [
    "/session",
    "/health",
    "/sync/changes",
    "/nowhere",
    "/traits",
    "/traits/a/b/c",
    "/traits//edit",
  ]) {
    assert.equal(await ask(path), null, path);
  }
  for (const path of ["/sync", "/accounts", "/sign-in", "/sign-out", "/"]) {
    assert.equal(await send(path, {}), null, path);
  }
});

test("a page is made for one person at one moment, and nothing keeps it", async () => {
  const page = await answered(ask("/practise"));

  assert.equal(page.status, 200);
  assert.equal(page.headers.get("Content-Type"), "text/html; charset=utf-8");
  assert.equal(page.headers.get("Cache-Control"), "no-store");
  for (const name of Object.keys(shell.headers.every)) assert.ok(page.headers.has(name), name);
  const [, nonce] = /'nonce-([^']+)'/.exec(page.headers.get("Content-Security-Policy") ?? "") ?? [];
  assert.ok((await page.text()).includes(`<script src="/shell/v1/vendor/htmx.min.js" nonce="${nonce}" defer>`));
});

test("what is saved has an address of its own, and its draft is gone", async () => {
  await keepDraft("/practices");
  const saved = await answered(send("/practices", PRACTICE));

  assert.equal(saved.status, 303);
  const url = saved.headers.get("Location") ?? "";
  assert.match(url, /^\/practices\/[0-9a-f-]{36}$/);
  assert.match(await (await answered(ask(url))).text(), /The meeting at &lt;nine&gt;/);
  assert.equal(await draft("/practices"), undefined);
});

test("a form with a fault comes back as it was typed, and keeps its draft", async () => {
  await keepDraft("/practices");
  const refused = await answered(send("/practices", { ...PRACTICE, old_reaction: "very" }));

  assert.equal(refused.status, 422);
  const html = await refused.text();
  assert.match(html, /value="very"[^>]*aria-invalid="true"/);
  assert.match(html, /The meeting at &lt;nine&gt;<\/textarea>/);
  assert.ok(html.includes(shell.words.en.errors.not_number));
  assert.ok(await draft("/practices"));
});

test("on a full disk the form comes back with every word and the reason, and saves once there is room", async t => {
  await ask("/practise");
  const makeRoom = fillDisk();
  t.after(makeRoom);
  const refused = await answered(send("/practices", PRACTICE));
  makeRoom();

  assert.equal(refused.status, 507);
  const html = await refused.text();
  assert.ok(html.includes(shell.words.en.errors.storage_full));
  assert.match(html, /The meeting at &lt;nine&gt;<\/textarea>/);
  assert.match(html, /value="70"/);
  assert.match(html, /value="tense"/);
  assert.equal((await answered(send("/practices", PRACTICE))).status, 303);
});

test("a form begun in Mara's journal never gets into Ben's: it comes back with its words, says whose it is, and is hers", async () => {
  await adopt("mara", "mara@example.org");
  const journal = await journalOnForm("/practise");
  await keepDraft("/practices"); // it keeps her replica here
  await adopt("ben", "ben@example.org");
  const refused = await answered(send("/practices", { ...PRACTICE, journal }));

  assert.equal(refused.status, 409);
  const html = await refused.text();
  assert.match(html, /The meeting at &lt;nine&gt;<\/textarea>/);
  assert.match(html, /in the journal of mara@example\.org/);
  assert.match(html, new RegExp(`name="journal" value="${journal}"`));
  assert.equal(await (await hostOf(shell)).journal.count(), 0);

  await adopt("mara", "mara@example.org");
  assert.equal((await answered(send("/practices", { ...PRACTICE, journal }))).status, 303);
});

test("a form begun in a journal that this browser has forgotten comes back, and names nobody", async () => {
  await adopt("mara", "mara@example.org");
  const journal = await journalOnForm("/practise");
  await adopt("ben", "ben@example.org");
  const refused = await answered(send("/practices", { ...PRACTICE, journal }));

  assert.equal(refused.status, 409);
  assert.ok((await refused.text()).includes(shell.words.en.errors.other_journal));
});

for (const [when, prepare] of /** @type {[string, () => Promise<unknown>][]} */ ([
  ["the replica becomes the account's", async () => {}],
  ["its words move into the one that the account has", maraWasHere],
])) {
  test(`a form begun before signing in is the account's after it: ${when}`, async () => {
    await prepare();
    const journal = await journalOnForm("/practise");
    await adopt("mara", "mara@example.org");

    assert.equal((await answered(send("/practices", { ...PRACTICE, journal }))).status, 303);
  });
}

test("an edit that the disk has no room for comes back on the entry's own form", async t => {
  const url = (await answered(send("/traits", { name: "I go quiet" }))).headers.get("Location") ?? "";
  const makeRoom = fillDisk();
  t.after(makeRoom);
  const refused = await answered(send(url, { name: "I go loud" }));
  makeRoom();

  assert.equal(refused.status, 507);
  assert.match(await refused.text(), new RegExp(`action="${url}"[^]*value="I go loud"`));
  assert.match(await (await answered(ask(url))).text(), /I go quiet/);
});

test("an entry that is not there, or is of another kind, is nowhere", async () => {
  const url = (await answered(send("/traits", { name: "I go quiet" }))).headers.get("Location") ?? "";
  const elsewhere = url.replace("traits", "tools");

  for (const path of [elsewhere, `${elsewhere}/edit`, "/traits/nobody"]) {
    assert.equal((await answered(ask(path))).status, 404, path);
  }
  for (const path of [`${elsewhere}/bin`, "/traits/nobody/back", elsewhere]) {
    assert.equal((await answered(send(path, { name: "x" }))).status, 404, path);
  }
});

test("only a form as our pages send it is read", async () => {
  const json = { method: "POST", headers: { "Content-Type": "application/json" }, body: '{"name":"x"}' };
  const endless = { method: "POST", body: new URLSearchParams(Array.from({ length: 1001 }, () => ["name", "x"])) };

  assert.equal((await answered(ask("/traits", json))).status, 415);
  assert.equal((await answered(ask("/traits", endless))).status, 400);
});

test("everything can be taken away as one file", async () => {
  await send("/traits", { name: "I go quiet" });
  const file = await answered(ask("/you/export"));

  assert.equal(file.headers.get("Content-Disposition"), 'attachment; filename="unlearn.json"');
  assert.ok(file.headers.has("Content-Security-Policy"));
  assert.equal((await file.json()).records[0].writes[0].set.name, "I go quiet");
});

test("what is half typed is taken away too, for it is nowhere else", async () => {
  await keepDraft("/practices");
  const file = await answered(ask("/you/export"));

  assert.deepEqual(await file.json(), { records: [], drafts: [{ path: "/practices", fields: [] }] });
});

test("an entry that the server would not take says why", async () => {
  const url = (await answered(send("/traits", { name: "I go quiet" }))).headers.get("Location") ?? "";
  await refuse(url.split("/")[2]);

  assert.ok((await (await answered(ask(url))).text()).includes(shell.words.en.refusals.too_large));
  assert.match(await (await answered(ask("/you"))).text(), new RegExp(`href="${url}"`));
});

/**
 * @param {string} path
 * @param {RequestInit} [init]
 */
async function ask(path, init) {
  return answer(new Request(`https://unlearn.test${path}`, init), await hostOf(shell));
}

/**
 * @param {string} path
 * @param {{[name: string]: string}} form
 */
function send(path, form) {
  return ask(path, { method: "POST", body: new URLSearchParams(form) });
}

/**
 * Whose journal the page's form says that it is begun in.
 * @param {string} path
 */
async function journalOnForm(path) {
  const [, journal = ""] = /name="journal" value="([^"]+)"/.exec(await (await answered(ask(path))).text()) ?? [];
  assert.ok(journal);
  return journal;
}

/** Mara's replica waits with half-typed words while nobody is signed in. */
async function maraWasHere() {
  await adopt("mara", "mara@example.org");
  await keepDraft("/traits");
  await forget((await adopt("ben", "ben@example.org")).device);
}

/** @param {Promise<Response | null>} asked */
async function answered(asked) {
  const response = await asked;
  assert.ok(response);
  return response;
}

async function database() {
  return replicaDatabase((await hostOf(shell)).replica.device);
}

/** @param {string} path */
async function keepDraft(path) {
  await (await database()).write(["drafts"], tx => tx.objectStore("drafts").put({ path, fields: [] }));
}

/** @param {string} path */
async function draft(path) {
  return (await database()).read(["drafts"], tx => tx.objectStore("drafts").get(path));
}

/** @param {string} id */
async function refuse(id) {
  await (await database()).write(["records"], async tx => {
    const row = await tx.objectStore("records").get(id);
    await tx.objectStore("records").put({ ...row, refused: { code: "too_large", detail: "70000 bytes" } });
  });
}
