/** A locked phone hears answers of its device's passkey, and of others who would like to be it. */

import assert from "node:assert/strict";
import { createHash, generateKeyPairSync, sign } from "node:crypto";
import { beforeEach, test } from "node:test";
import { toBase64url } from "../../web/phone/base64url.js";
import { newChallenge } from "../../web/phone/challenges.js";
import { changeLock, currentLock } from "../../web/phone/lock.js";
import { addPasskey, dropPasskey, tryPasskey } from "../../web/phone/passkeys.js";
import { newBrowser } from "./browser.js";

/**
 * What an authenticator does, and what a hostile one would do otherwise.
 * @typedef {{type?: string, challenge?: string, origin?: string, crossOrigin?: boolean, site?: string, flags?: number,
 *   spoil?: (answer: {client: Buffer, authenticator: Buffer, signature: Buffer}) => void}} Otherwise
 */

const OURS = "https://unlearn.test";
const NOW = Date.now();
const MINUTE = 60_000;
const [PRESENT, VERIFIED] = [1, 4]; // WebAuthn Level 3 §6.1
const HASH_BYTES = 32;
const KEYS = {
  "-7": generateKeyPairSync("ec", { namedCurve: "P-256" }),
  "-257": generateKeyPairSync("rsa", { modulusLength: 2048 }),
};
/** @typedef {keyof typeof KEYS} Alg */
const [ES256, RS256] = /** @type {Alg[]} */ (["-7", "-257"]);

beforeEach(() => newBrowser());

for (const alg of [ES256, RS256]) {
  test(`the device's own answer opens, as often as it is asked anew (${alg})`, async () => {
    await locked(alg);
    for (let time = 0; time < 3; time++) assert.equal(await tried(alg), "");
  });

  test(`an answer with one bit of its signature flipped does not open (${alg})`, async () => {
    await locked(alg);
    for (const at of [0, 1, 5, 40, -1]) {
      const spoil = (/** @type {{signature: Buffer}} */ { signature }) => {
        signature[at < 0 ? signature.length + at : at] ^= 1;
      };
      assert.equal(await tried(alg, { spoil }), "not_opened");
    }
  });
}

for (const [what, otherwise] of Object.entries(
  /** @type {{[what: string]: Otherwise}} */ ({
    "to another challenge": { challenge: "AAAA" },
    "to no challenge": { challenge: "" },
    "to another site": { origin: "https://evil.example" },
    "to the same site on another port": { origin: "https://unlearn.test:8443" },
    "inside another site": { crossOrigin: true },
    "for another site's passkey": { site: "evil.example" },
    "that makes a passkey": { type: "webauthn.create" },
    "that nobody was there for": { flags: VERIFIED },
    "that the device knew nobody for": { flags: PRESENT },
    "whose flags were changed after it was signed": {
      flags: PRESENT,
      spoil: ({ authenticator }) => {
        authenticator[HASH_BYTES] = PRESENT | VERIFIED;
      },
    },
    "whose words were changed after it was signed": {
      origin: "https://evil.example",
      spoil: answer => {
        answer.client = Buffer.from(answer.client.toString().replace("evil.example", "unlearn.test"));
      },
    },
    "that is no JSON": {
      spoil: answer => {
        answer.client = Buffer.from("{");
      },
    },
    "that is JSON of nothing": {
      spoil: answer => {
        answer.client = Buffer.from("null");
      },
    },
    "that is cut short": {
      spoil: answer => {
        answer.authenticator = answer.authenticator.subarray(0, HASH_BYTES);
      },
    },
    "with no signature": {
      spoil: answer => {
        answer.signature = Buffer.alloc(0);
      },
    },
    "with a signature that says it is longer than it is": {
      spoil: ({ signature }) => {
        signature[3] = 200;
      },
    },
  }),
)) {
  test(`an answer ${what} does not open, and no PIN is counted`, async () => {
    await locked(ES256);
    assert.equal(await tried(ES256, otherwise), "not_opened");
    assert.deepEqual([(await currentLock(NOW))?.isOn, (await currentLock(NOW))?.wrong], [true, 0]);
  });
}

test("a signature whose number has fewer bytes than others opens too", async () => {
  await locked(ES256);
  const challenge = await newChallenge("open");
  let said = answered(ES256, { challenge });
  while (!isShort(Object.fromEntries(said).signature)) said = answered(ES256, { challenge });
  assert.equal(await tryPasskey(said, OURS), "");
});

test("an answer that was good once is not good again", async () => {
  await locked(ES256);
  const said = answered(ES256, { challenge: await newChallenge("open") });
  assert.equal(await tryPasskey(said, OURS), "");
  assert.equal(await tryPasskey(said, OURS), "not_opened");
});

test("a wrong answer ends its challenge", async () => {
  await locked(ES256);
  const challenge = await newChallenge("open");
  assert.equal(await tryPasskey(answered(ES256, { challenge, flags: PRESENT }), OURS), "not_opened");
  assert.equal(await tryPasskey(answered(ES256, { challenge }), OURS), "not_opened");
});

for (const [when, asked] of Object.entries({ late: NOW - 6 * MINUTE, "before it was asked": NOW + 6 * MINUTE })) {
  test(`an answer that comes ${when} does not open`, async () => {
    await locked(ES256);
    const challenge = await newChallenge("open", asked);
    assert.equal(await tryPasskey(answered(ES256, { challenge }), OURS), "not_opened");
  });
}

test("another key's answer does not open, and none does once the passkey is taken away", async () => {
  await locked(ES256);
  assert.equal(await tried(RS256), "not_opened");
  await dropPasskey();
  assert.equal(await tried(ES256), "not_opened");
});

test("nothing opens by itself: neither where nothing was asked nor with nothing said", async () => {
  await locked(ES256);
  assert.equal(await tryPasskey(answered(ES256, { challenge: "" }), OURS), "not_opened");
  await newChallenge("open");
  assert.equal(await tryPasskey([], OURS), "not_opened");
});

for (const [what, [about, otherwise, alg]] of Object.entries(
  /** @type {{[what: string]: ["add" | "open", Otherwise, string]}} */ ({
    "for whom no PIN was typed": ["open", {}, ES256],
    "that the device knew nobody for": ["add", { flags: PRESENT }, ES256],
    "of an answer that opens": ["add", { type: "webauthn.get" }, ES256],
    "of another site": ["add", { origin: "https://evil.example" }, ES256],
    "with an algorithm that nobody here can verify": ["add", {}, "-8"],
    "called constructor": ["add", {}, "constructor"],
    "whose key is of another kind than it says": ["add", {}, RS256],
  }),
)) {
  test(`a new passkey ${what} is not kept`, async () => {
    await locked();
    const challenge = await newChallenge(about);
    assert.equal(await addPasskey(made(ES256, { challenge, ...otherwise }, alg), OURS), false);
    assert.equal((await currentLock(NOW))?.passkey, undefined);
  });
}

test("no passkey is kept where there is no lock", async () => {
  const challenge = await newChallenge("add");
  assert.equal(await addPasskey(made(ES256, { challenge }), OURS), false);
  assert.equal(await currentLock(NOW), null);
});

/**
 * A lock that is on, with this device's passkey.
 * @param {Alg} [alg]
 */
async function locked(alg) {
  await changeLock(() => ({ kept: "", after: 5, used: NOW, isOn: true, wrong: 0, tried: 0, asked: 0 }));
  if (alg) assert.ok(await addPasskey(made(alg, { challenge: await newChallenge("add") }), OURS));
}

/**
 * @param {Alg} alg
 * @param {Otherwise} [otherwise]
 */
async function tried(alg, otherwise) {
  return tryPasskey(answered(alg, { challenge: await newChallenge("open"), ...otherwise }), OURS);
}

/**
 * @param {Alg} alg
 * @param {Otherwise} otherwise
 * @param {string} said which algorithm the page says it is
 * @returns {[string, string][]}
 */
function made(alg, otherwise, said = alg) {
  const key = KEYS[alg].publicKey.export({ type: "spki", format: "der" });
  const pairs = answered(alg, { type: "webauthn.create", ...otherwise });
  return [...pairs, ["id", "an-id"], ["key", toBase64url(key)], ["alg", said]];
}

/**
 * @param {Alg} alg
 * @param {Otherwise} otherwise
 * @returns {[string, string][]}
 */
function answered(alg, { type = "webauthn.get", challenge, origin = OURS, crossOrigin = false, ...rest }) {
  const { site = "unlearn.test", flags = PRESENT | VERIFIED, spoil } = rest;
  const client = Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin }));
  const counter = Buffer.alloc(4);
  const authenticator = Buffer.concat([hashOf(site), Buffer.of(flags), counter]);
  const signed = Buffer.concat([authenticator, hashOf(client)]);
  const answer = { client, authenticator, signature: sign("sha256", signed, KEYS[alg].privateKey) };
  spoil?.(answer);
  return Object.entries(answer).map(([name, bytes]) => [name, toBase64url(bytes)]);
}

/** @param {string | Buffer} bytes */
const hashOf = bytes => createHash("sha256").update(bytes).digest();

/**
 * Whether the first of its two numbers begins with a zero, which DER leaves out: one in 256 does.
 * @param {string} signature
 */
const isShort = signature => Buffer.from(signature, "base64url")[3] < 32;
