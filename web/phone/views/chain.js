/**
 * A lesson as a chain: what happened, the rule, how it helped, what keeps it alive. Twin: server/views/chain.py.
 *
 * The links are those of a longitudinal formulation (Beck 1995): early experience, the rule it taught, what maintains it.
 * @import { Entry } from "../entries.js"
 * @import { Journal } from "../journal.js"
 * @import { Words } from "../words.js"
 * @import { Context } from "./frame.js"
 */

import { tidy } from "../forms.js";
import { titleOf, urlOf } from "./items.js";

const RULE = ["when", "then", "so"];
const MOST_NAMED = 20;

/**
 * What of the lesson is written, each part a link of the chain.
 * @param {Entry} lesson
 * @param {Journal} journal
 * @param {Words} words
 * @returns {Promise<Context>}
 */
export async function chained(lesson, journal, words) {
  const said = words.chain;
  const rule = RULE.map(part => tidy(lesson.values[`rule_${part}`] ?? ""));
  const isRuled = rule.some(Boolean);
  const parts = [
    linkOf("happened", lesson, "what_happened", words),
    {
      ...linkOf("rule", lesson, "", words),
      rule: RULE.map((part, at) => ({ label: said[part], text: rule[at] || said.gap })),
    },
    linkOf("helped", lesson, "helped_then", words),
    linkOf("alive", lesson, "keeps_alive", words),
    { ...linkOf("sets_off", lesson, "", words), traits: await setOff(lesson, journal, words) },
  ];
  const written = parts.filter(part => part.text || part.traits.length || (part.rule.length && isRuled));
  return { url: urlOf(lesson), links: written, is_closed: isRuled && written[written.length - 1].name !== "rule" };
}

/**
 * The traits that the lesson's trait sets off, but for itself and those that are gone.
 * @param {Entry} lesson
 * @param {Journal} journal
 * @returns {Promise<Entry[]>}
 */
export async function othersSetOff({ values }, journal) {
  const ids = new Set(/** @type {string[]} */ ((values.sets_off ?? []).slice(0, MOST_NAMED)));
  const found = await Promise.all([...ids].filter(id => id !== values.trait_id).map(id => journal.get(id)));
  return found.filter(entry => entry?.kind === "trait" && !entry.binned).filter(entry => entry !== null);
}

/**
 * @param {Entry} lesson
 * @param {Journal} journal
 * @param {Words} words
 */
async function setOff(lesson, journal, words) {
  return (await othersSetOff(lesson, journal)).map(trait => ({ url: urlOf(trait), name: titleOf(trait, words) }));
}

/**
 * @param {string} name
 * @param {Entry} lesson
 * @param {string} field
 * @param {Words} words
 * @returns {Context}
 */
function linkOf(name, { values }, field, words) {
  return { name, label: words.chain[name], text: field ? tidy(values[field] ?? "") : "", rule: [], traits: [] };
}
