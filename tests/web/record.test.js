/** Cases that sync/record.py passes too: tests/sync/test_vectors.py. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { BadValue } from "../../web/phone/canonical.js";
import { encode, isDeleted, newRecord, putBack, read, remove, save, shred } from "../../web/phone/record.js";

const vectors = JSON.parse(readFileSync(new URL("../vectors/record.json", import.meta.url), "utf8"));

for (const { name, record, text } of vectors.encode) {
  test(`encode: ${name}`, () => assert.equal(encode(record), text));
}

for (const { name, record, shown, deleted } of vectors.read) {
  test(`read: ${name}`, () => {
    assert.deepEqual(read(record), shown);
    assert.equal(isDeleted(record), deleted);
  });
}

for (const { name, record, device, fields, now, base, text } of vectors.save) {
  test(`save: ${name}`, () => assert.equal(encode(save(record, device, fields, now, base ?? undefined)), text));
}

for (const { name, record, device, now, text } of vectors.delete) {
  test(`remove: ${name}`, () => assert.equal(encode(remove(record, device, now)), text));
}

for (const { name, record, device, now, text } of vectors.put_back) {
  test(`putBack: ${name}`, () => assert.equal(encode(putBack(record, device, now)), text));
}

for (const { name, record, text } of vectors.shred) {
  test(`shred: ${name}`, () => {
    if (text === null) assert.throws(() => shred(record), /deleted/);
    else assert.equal(encode(shred(record)), text);
  });
}

for (const { name, fields } of vectors.refused) {
  test(`refused: ${name}`, () => assert.throws(() => save(newRecord("r", "practice"), "phone", fields, 1), BadValue));
}

test("nothing given is ever changed", () => {
  for (const { record } of vectors.read) {
    const before = structuredClone(record);
    const fields = { situation: ["bus"] };
    const saved = save(record, "phone", fields, 1);
    fields.situation.push("late");
    remove(record, "phone", 1);
    putBack(record, "phone", 1);
    assert.deepEqual(record, before);
    assert.deepEqual(read(saved).situation?.value, ["bus"]);
  }
});
