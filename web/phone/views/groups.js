/**
 * Practices by tool, by context and by time of day, with how many each mean is of. Twin: server/views/groups.py.
 * @import { Kinds } from "../entries.js"
 * @import { Journal } from "../journal.js"
 * @import { Practised } from "../practice_numbers.js"
 * @import { Mean } from "../reactions.js"
 * @import { Words } from "../words.js"
 * @import { Context } from "./frame.js"
 */

import { FEW, mean, PARTS, partOfDay } from "../reactions.js";
import { fill } from "../words.js";
import { meanText } from "./charts.js";
import { titleOf, urlOf } from "./items.js";
import { momentsText } from "./trends.js";

const MOST_TOOLS = 20;
const PLACE = 10; // of 0 in a picture of 220

/**
 * Distress before and after with each tool, the most used first; of few entries only that they are few.
 * @param {Practised[]} held
 * @param {Journal} journal
 * @param {Words} words
 */
export async function byTool(held, journal, words) {
  /** @type {Map<string, Practised[]>} */
  const found = new Map();
  for (const each of held.filter(({ before, after }) => before !== null && after !== null)) {
    for (const id of new Set(each.tools)) {
      const some = found.get(id) ?? [];
      some.push(each);
      found.set(id, some);
    }
  }
  const mostUsed = [...found].sort(([, a], [, b]) => b.length - a.length).slice(0, MOST_TOOLS);
  const tools = await Promise.all(mostUsed.map(([id]) => journal.get(id)));
  return mostUsed.flatMap(([, some], at) => {
    const tool = tools[at];
    if (tool?.kind !== "tool") return [];
    return [{ url: urlOf(tool), name: titleOf(tool, words), ...distressOf(some, words) }];
  });
}

/**
 * Both reactions in each context that was named.
 * @param {Practised[]} held
 * @param {Kinds} kinds
 * @param {Words} words
 */
export function byContext(held, kinds, words) {
  const choices = kinds.practice.fields.find(({ name }) => name === "context")?.choices ?? [];
  const names = choices.filter(Boolean).map(name => [name, words.choices.context[name]]);
  return groups(held, names, each => each.context, words);
}

/**
 * Both reactions in the morning, the afternoon, the evening and at night.
 * @param {Practised[]} held
 * @param {Words} words
 */
export function byPartOfDay(held, words) {
  const names = PARTS.map(([name]) => [name, words.rewire.parts[name]]);
  return groups(held, names, each => partOfDay(each.hour), words);
}

/**
 * @param {Practised[]} held
 * @param {string[][]} names
 * @param {(each: Practised) => string} groupOf
 * @param {Words} words
 * @returns {Context[]}
 */
function groups(held, names, groupOf, words) {
  return names.flatMap(([name, label]) => {
    const some = held.filter(each => groupOf(each) === name && (each.old !== null || each.new !== null));
    if (!some.length) return [];
    const [old, fresh] = [mean(some.map(each => each.old)), mean(some.map(each => each.new))];
    return [
      {
        label,
        few: fewText(some.length, words),
        old: enoughText(old, words),
        new: enoughText(fresh, words),
        old_wide: wide(old),
        new_wide: wide(fresh),
      },
    ];
  });
}

/**
 * A mean; of few ratings only how many they are.
 * @param {Mean} mean
 * @param {Words} words
 */
function enoughText(mean, words) {
  if (0 < mean.rated && mean.rated < FEW) return fill(words.rewire.mean_few, { count: String(mean.rated) });
  return meanText(mean, words);
}

/** @param {Mean} mean */
const wide = ({ value, rated }) => (value !== null && rated >= FEW ? value : 0);

/**
 * @param {Practised[]} some
 * @param {Words} words
 */
function distressOf(some, words) {
  const before = mean(some.map(each => each.before)).value ?? 0;
  const after = mean(some.map(each => each.after)).value ?? 0;
  const said = { before: String(before), after: String(after), moments: momentsText(some.length, words) };
  return {
    few: fewText(some.length, words),
    text: fill(words.rewire.distress, said),
    before: PLACE + 2 * before,
    after: PLACE + 2 * after,
  };
}

/**
 * @param {number} number
 * @param {Words} words
 */
function fewText(number, words) {
  return number < FEW ? fill(words.rewire.few, { moments: momentsText(number, words) }) : "";
}
