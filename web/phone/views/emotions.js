/**
 * The vocabulary of feelings, to add to and to tidy. Twin: server/views/emotions.py.
 * @import { Kind } from "../entries.js"
 * @import { Journal } from "../journal.js"
 * @import { Context, Here } from "./frame.js"
 * @import { Feeling } from "./feelings.js"
 */

import { wasOf } from "../actions.js";
import { canonical } from "../canonical.js";
import { fill, setApart } from "../words.js";
import { vocabulary } from "./feelings.js";
import { frame } from "./frame.js";

/**
 * The words in use by groups, and those put away; each with the form that moves it to the other side.
 * @param {Journal} journal
 * @param {Here} here
 * @returns {Promise<Context>}
 */
export async function emotionsPage(journal, here) {
  const kind = journal.kinds.emotion;
  const groups = await vocabulary(journal, here.words);
  const shown = (/** @type {Feeling[]} */ feelings, /** @type {boolean} */ away) =>
    feelings.filter(({ isAway }) => isAway === away).map(feeling => wordOf(feeling, kind, here));
  return {
    ...frame(here, here.words.titles.emotions),
    form: { id: here.id, journal: here.journal, zone: here.zone },
    groups: groups
      .map(({ label, feelings }) => ({ label, words: shown(feelings, false) }))
      .filter(group => group.words.length),
    away: groups.flatMap(({ feelings }) => shown(feelings, true)),
  };
}

/**
 * @param {Feeling} feeling
 * @param {Kind} kind
 * @param {Here} here
 * @returns {Context}
 */
function wordOf({ word, isAway, entry }, kind, { words }) {
  const label = isAway ? words.vocabulary.bring_back_word : words.vocabulary.put_away_word;
  return {
    word,
    label: fill(label, { word: setApart(word, words) }),
    action: entry ? `/${kind.plural}/${entry.id}` : `/${kind.plural}`,
    seen: entry ? canonical(entry.seen) : "",
    was: entry ? canonical(wasOf(kind, entry)) : "",
    archived: isAway ? "" : "archived",
  };
}
