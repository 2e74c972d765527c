/** What a timed guide says at each moment, by a clock that the test moves. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { breathAt, senseAt, startOf } from "../../web/page/pace.js";
import { Stopwatch } from "../../web/page/stopwatch.js";

const PACE = { in: 4, out: 6, minutes: 2 };
const EACH = { each: 6 };

test("a stopwatch leaves pauses out", () => {
  let now = 5000;
  const watch = new Stopwatch(() => now);
  assert.equal(watch.elapsed, 0);
  watch.start();
  now += 1500;
  assert.equal(watch.elapsed, 1500);
  watch.pause();
  now += 60_000;
  assert.equal(watch.elapsed, 1500);
  assert.equal(watch.isRunning, false);
  watch.start();
  watch.start();
  now += 500;
  assert.equal(watch.elapsed, 2000);
  watch.moveTo(300);
  now += 200;
  assert.equal(watch.elapsed, 500);
});

test("a breath counts its seconds in, then out, and begins again", () => {
  const said = [0, 999, 1000, 3999, 4000, 9999, 10_000].map(at => breathAt(at, PACE));
  assert.deepEqual(
    said.map(({ part, second, round }) => [part, second, round]),
    [
      ["in", 1, 1],
      ["in", 1, 1],
      ["in", 2, 1],
      ["in", 4, 1],
      ["out", 1, 1],
      ["out", 6, 1],
      ["in", 1, 2],
    ],
  );
});

test("the lungs fill and empty without a jump", () => {
  const filled = Array.from({ length: 200 }, (_, at) => breathAt(at * 50, PACE).fullness);
  assert.equal(filled[0], 0);
  assert.equal(breathAt(4000, PACE).fullness, 1);
  assert.ok(filled.every(each => each >= 0 && each <= 1));
  assert.ok(filled.every((each, at) => at === 0 || Math.abs(each - filled[at - 1]) < 0.03));
  assert.ok(filled.slice(1, 81).every((each, at) => each > filled[at]));
  assert.ok(filled.slice(81).every((each, at) => each < filled[at + 80]));
});

for (const { pace, rounds } of [
  { pace: PACE, rounds: 12 },
  { pace: { in: 4, out: 7, minutes: 1 }, rounds: 6 },
  { pace: { in: 8, out: 12, minutes: 1 }, rounds: 3 },
]) {
  test(`${rounds} whole breaths of ${pace.in} and ${pace.out} seconds`, () => {
    const end = rounds * 1000 * (pace.in + pace.out);
    assert.deepEqual([breathAt(end - 1, pace).isDone, breathAt(end - 1, pace).round], [false, rounds]);
    const last = breathAt(end + 5000, pace);
    assert.deepEqual([last.isDone, last.part, last.round, last.rounds], [true, "out", rounds, rounds]);
    assert.ok(last.fullness < 1e-9);
  });
}

test("each sense has a moment for each of its things", () => {
  const said = [0, 5999, 6000, 29_999, 30_000, 53_999, 54_000, 72_000, 84_000, 89_999].map(at => senseAt(at, EACH));
  assert.deepEqual(
    said.map(({ sense, things, noticed }) => [sense, things, noticed]),
    [
      [0, 5, 0],
      [0, 5, 0],
      [0, 5, 1],
      [0, 5, 4],
      [1, 4, 0],
      [1, 4, 3],
      [2, 3, 0],
      [3, 2, 0],
      [4, 1, 0],
      [4, 1, 0],
    ],
  );
  assert.deepEqual(senseAt(90_000, EACH), { part: "4", isDone: true, sense: 4, things: 1, noticed: 1 });
});

test("one can go on to the next sense or back to the one before", () => {
  const second = senseAt(40_000, EACH);
  assert.equal(startOf(second, EACH, 1), 54_000);
  assert.equal(startOf(second, EACH, -1), 0);
  assert.equal(startOf(senseAt(1000, EACH), EACH, -1), 0);
  assert.equal(senseAt(startOf(senseAt(85_000, EACH), EACH, 1), EACH).isDone, true);
});
