/**
 * The words for feelings: those of ours and the person's own, as a form offers them. Twin: server/views/feelings.py.
 * @import { Entry, Field, Kind } from "../entries.js"
 * @import { Journal } from "../journal.js"
 * @import { Words } from "../words.js"
 * @import { Context, Here } from "./frame.js"
 */

import { oneLine } from "../forms.js";
import { lengthOf } from "../text.js";
import { fill, setApart } from "../words.js";

const SPARE_ROWS = 2; // empty rows offered for feelings in other words
const MOST_OWN = 200; // words that a person keeps

/**
 * A word of the vocabulary: its name in forms, whether it is put away, and the record that says so, if there is one.
 * @typedef {{key: string, word: string, isAway: boolean, entry: Entry | null}} Feeling
 */

/**
 * Each group's label and its feelings, those put away too; the person's own words come last, the oldest first.
 * @param {Journal} journal
 * @param {Words} words
 * @returns {Promise<{label: string, feelings: Feeling[]}[]>}
 */
export async function vocabulary(journal, words) {
  const newest = await journal.ofKind("emotion", MOST_OWN);
  const named = newest.map(entry => /** @type {const} */ ([oneLine(entry.values.name ?? ""), entry]));
  /** @type {Map<string, Entry>} */
  const kept = new Map();
  for (const [word, entry] of named) if (word && !kept.has(word)) kept.set(word, entry);
  const groups = [];
  let ours = 0;
  for (const group of words.emotions) {
    const feelings = [];
    for (const word of group.words) {
      feelings.push(feelingOf(`w${ours++}`, word, kept.get(word)));
      kept.delete(word);
    }
    groups.push({ label: group.label, feelings });
  }
  const own = [...kept].reverse().map(([word, entry], at) => feelingOf(`o${at}`, word, entry));
  return [...groups, { label: words.feelings.own, feelings: own }];
}

/**
 * What was felt, then what can be chosen, by groups; and the rows in which other words can be typed.
 * @param {Kind} kind
 * @param {Field} field
 * @param {[string, string][]} typed
 * @param {Journal} journal
 * @param {Here} here
 * @returns {Promise<{groups: Context[], rows: Context[]}>}
 */
export async function feelingGroups(kind, field, typed, journal, { words }) {
  const asked = typed.map((row, at) => rowOf(kind, field, String(at + 1), row, words));
  const canBeChosen = (/** @type {Context} */ { word }) => word !== "" && lengthOf(word) <= field.max_name;
  const named = new Set(typed.map(([name]) => name));
  const offered = (await vocabulary(journal, words)).map(({ label, feelings }) => ({
    label,
    rows: feelings
      .filter(({ word, isAway }) => !isAway && !named.has(word))
      .map(({ key, word }) => rowOf(kind, field, key, [word, ""], words)),
  }));
  const groups = [{ label: words.feelings.chosen, rows: asked.filter(canBeChosen) }, ...offered];
  const spare = Array.from({ length: SPARE_ROWS }, (_, at) =>
    rowOf(kind, field, String(typed.length + at + 1), ["", ""], words),
  );
  const rows = [...asked.filter(row => !canBeChosen(row)), ...spare].map((row, at) => ({
    ...row,
    word_label: fill(words.rows.name, { number: String(at + 1) }),
    intensity_label: fill(words.rows.intensity, { number: String(at + 1) }),
  }));
  return { groups: groups.filter(group => group.rows.length), rows };
}

/**
 * @param {string} key
 * @param {string} word
 * @param {Entry} [entry]
 * @returns {Feeling}
 */
function feelingOf(key, word, entry) {
  return { key, word, isAway: entry?.values.archived === "archived", entry: entry ?? null };
}

/**
 * @param {Kind} kind
 * @param {Field} field
 * @param {string} key
 * @param {[string, string]} row
 * @param {Words} words
 * @returns {Context}
 */
function rowOf(kind, field, key, [word, intensity], words) {
  const name = `${field.name}_${key}`;
  return {
    word,
    word_name: `${name}_name`,
    word_id: `${kind.kind}-${field.name}-${key}-name`,
    word_label: word,
    chosen: word !== "" && !/^[wo]/.test(key),
    intensity,
    intensity_name: `${name}_intensity`,
    intensity_id: `${kind.kind}-${field.name}-${key}-intensity`,
    intensity_label: fill(words.feelings.strength, { word: setApart(word, words) }),
  };
}
