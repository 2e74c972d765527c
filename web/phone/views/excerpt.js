/**
 * Where in an entry a search found its word. Twin: server/views/excerpt.py.
 * @import { Entry } from "../entries.js"
 * @import { Journal } from "../journal.js"
 * @import { Words } from "../words.js"
 */

import { kindOf } from "../entries.js";
import { isBegun, isSimilar, piecesOf, termsOf } from "../search.js";
import { choiceLabel } from "../words.js";
import { titleOf } from "./items.js";

const [BEFORE, AFTER] = [32, 64]; // code points of the text around the word
export const NOWHERE = { label: "", before: "", match: "", after: "" };

/**
 * The first text of the entry with the word as it was typed, else with one like it: the word, and what is around it.
 * @param {Entry} entry
 * @param {string} word
 * @param {Journal} journal
 * @param {Words} words
 */
export async function excerptOf(entry, word, journal, words) {
  const texts = await textsOf(entry, journal, words);
  for (const fits of [isBegun, isSimilar]) {
    for (const [label, text] of texts) {
      for (const [start, stop] of piecesOf(text)) {
        const match = text.slice(start, stop);
        if (termsOf(match).some(term => fits(word, term))) {
          return { label, before: ending(text.slice(0, start)), match, after: beginning(text.slice(stop)) };
        }
      }
    }
  }
  return NOWHERE;
}

/** @param {string} text */
function ending(text) {
  const letters = [...text];
  return letters.length <= BEFORE ? text : `…${letters.slice(-BEFORE).join("")}`;
}

/** @param {string} text */
function beginning(text) {
  const letters = [...text];
  return letters.length <= AFTER ? text : `${letters.slice(0, AFTER).join("")}…`;
}

/**
 * What search looks at, each text with its field's name.
 * @param {Entry} entry
 * @param {Journal} journal
 * @param {Words} words
 * @returns {Promise<[string, string][]>}
 */
async function textsOf(entry, journal, words) {
  /** @type {[string, string][]} */
  const texts = [];
  for (const field of kindOf(entry).fields) {
    const value = entry.values[field.name];
    if (!value || field.hidden) continue;
    const { label } = words.fields[entry.kind][field.name];
    switch (field.type) {
      case "line":
      case "text":
        texts.push([label, value]);
        break;
      case "emotions":
        texts.push(...value.map((/** @type {{name: string}} */ { name }) => [label, name]));
        break;
      case "one":
      case "many":
        for (const each of field.type === "one" ? [value] : value) {
          const named = field.choices ? null : await journal.get(each);
          if (field.choices) texts.push([label, choiceLabel(field.name, each, words)]);
          else if (named) texts.push([label, titleOf(named, words)]);
        }
    }
  }
  return texts;
}
