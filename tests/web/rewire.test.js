/** The numbers of Rewire as they were worked out by hand; tests/server/test_rewire_numbers.py checks the same. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { partOfDay, setbacks, stretches } from "../../web/phone/reactions.js";
import { pathWidths } from "../../web/phone/widths.js";

const vectors = JSON.parse(readFileSync(new URL("../vectors/rewire.json", import.meta.url), "utf8"));

for (const { name, practices: rows, day, old, new: fresh } of vectors.widths) {
  test(`paths are as wide as their use: ${name}`, () => {
    assert.deepEqual(pathWidths(practices(rows), day), { old, new: fresh });
  });
}

for (const { name, practices: rows, first, last, stretches: expected } of vectors.stretches) {
  test(`means are by days or weeks with gaps: ${name}`, () => {
    const found = stretches(practices(rows), first, last);
    const said = found.map(each => [each.first, each.old.value, each.old.rated, each.new.value, each.new.rated]);
    assert.deepEqual(said, expected);
  });
}

test("three hundred years fit into the picture", () => {
  const { first, last, stretches: count } = vectors.most_stretches;
  assert.equal(stretches([], first, last).length, count);
});

for (const { name, practices: rows, setbacks: expected } of vectors.setbacks) {
  test(`a setback is told with what followed: ${name}`, () => {
    const found = setbacks(practices(rows)).map(({ day, days }) => [day, days]);
    assert.deepEqual(found, expected);
  });
}

test("each hour is in a part of the day", () => {
  for (const [hour, part] of vectors.parts) assert.equal(partOfDay(hour), part, hour);
});

/**
 * Each row is a day, both reactions, and how often.
 * @param {[number, number | null, number | null, number?][]} rows
 */
function practices(rows) {
  return rows.flatMap(([day, old, fresh, times = 1]) => {
    const each = {
      id: "id",
      trait: "",
      day,
      hour: 12,
      old,
      new: fresh,
      before: null,
      after: null,
      tools: [],
      context: "",
    };
    return Array.from({ length: times }, () => each);
  });
}
