/** How moments and days are told; server/ passes the same cases: tests/server/test_dates.py. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { agoText } from "../../web/phone/ago.js";
import { dayOf } from "../../web/phone/days.js";
import { nowIn, parse, stamp, timeText } from "../../web/phone/moments.js";
import { nearText, rangeText } from "../../web/phone/views/dates.js";

const cases = json("../vectors/dates.json");

for (const { name, text, now, zone, language, shown } of cases.near) {
  const today = dayOf(nowIn(now, zone));
  test(`nearText: ${name}`, () => assert.equal(nearText(text, today, wordsOf(language)), shown));
}

for (const { first, last, language, shown } of cases.range) {
  test(`rangeText: ${shown}`, () => assert.equal(rangeText(first, last, wordsOf(language)), shown));
}

for (const { ms, language, text } of cases.ago) {
  test(`agoText: ${ms} ${language}`, () => assert.equal(agoText(ms, wordsOf(language)), text));
}

for (const { text, pattern, shown } of cases.time) {
  test(`timeText: ${shown}`, () => {
    const moment = parse(text);
    const english = wordsOf("en");
    assert.ok(moment);
    assert.equal(timeText(moment, { ...english, dates: { ...english.dates, time: pattern } }), shown);
  });
}

for (const { text, stamp: stamped } of cases.stamp) {
  test(`stamp: ${text}`, () => assert.equal(stamp(text), stamped));
}

/** @param {string} language */
function wordsOf(language) {
  return json(`../../web/words/${language}.json`);
}

/** @param {string} path */
function json(path) {
  return JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8"));
}
