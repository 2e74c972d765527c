/**
 * Step 2, Explore: the lesson behind a trait, a question a screen, and the map of traits. Twin: server/views/explore.py.
 * @import { Entry } from "../entries.js"
 * @import { Journal } from "../journal.js"
 * @import { Words } from "../words.js"
 * @import { Context, Here } from "./frame.js"
 * @import { Layout } from "./screens.js"
 */

import { strip } from "../text.js";
import { chained } from "./chain.js";
import { entryPage } from "./entry.js";
import { chosenExample, wholeExamples, withExamples } from "./examples.js";
import { newForm } from "./form.js";
import { frame } from "./frame.js";
import { items, titleOf, urlOf } from "./items.js";
import { isRested, MOST_SHOWN, MOST_TRAITS } from "./notice.js";
import { screens } from "./screens.js";
import { traitMap } from "./trait_map.js";

const SHOWN = 20; // newest lessons that are listed
const PINNED = ["came_up", "shows_up", "protected", "costs", "instead"];
/** @type {Layout} */
const SCREENS = [
  ["what_happened", ["what_happened"]],
  ["rule", ["rule_when", "rule_then", "rule_so"]],
  ["helped_then", ["helped_then"]],
  ["keeps_alive", ["keeps_alive"]],
  ["sets_off", ["sets_off"]],
];

/**
 * The questions about the chosen trait, or the traits to choose from; `form` is one that came back refused.
 * @param {Journal} journal
 * @param {Here} here
 * @param {Context} [form]
 * @returns {Promise<Context>}
 */
export async function explorePage(journal, here, form) {
  const { words } = here;
  const traits = await journal.ofKind("trait", MOST_TRAITS);
  const trait = await chosenOf(traits, journal, here, form);
  const blank = () => newForm(journal.kinds.lesson, journal, here, chosenExample("lesson", here));
  const asked = form ?? (trait ? await blank() : null);
  const url = trait ? `/explore?trait=${trait.id}` : "/explore";
  const candidates = asked ? [] : activeFirst(traits).map(each => choice(each, words));
  return {
    ...frame(here, words.steps.explore.title, "explore"),
    about: trait ? pinned(trait, words) : { url: "", name: "", lines: [] },
    candidates: candidates.slice(0, MOST_SHOWN),
    more: candidates.slice(MOST_SHOWN),
    forms: asked ? [formAbout(withExamples(asked, "lesson", words), trait, url, words)] : [],
    more_traits: traits.length > 1,
    items: await items(await journal.ofKind("lesson", SHOWN), journal, here),
    map: await traitMap(traits, journal, words),
  };
}

/**
 * A lesson as a chain, and all that it says.
 * @param {Entry} entry
 * @param {Journal} journal
 * @param {Here} here
 * @returns {Promise<Context>}
 */
export async function lessonPage(entry, journal, here) {
  return { ...(await entryPage(entry, journal, here)), chain: await chained(entry, journal, here.words) };
}

/**
 * What the person wrote of the trait in step 1, to have in sight.
 * @param {Entry} trait
 * @param {Words} words
 * @returns {Context}
 */
export function pinned(trait, words) {
  const said = words.fields.trait;
  const lines = PINNED.map(name => ({ label: said[name].label, text: trait.values[name] ?? "" }));
  return {
    url: urlOf(trait),
    name: titleOf(trait, words),
    lines: lines.filter(({ text }) => strip(text, " \t\r\n")),
  };
}

/**
 * The trait that the form or the address names, or the only one there is.
 * @param {Entry[]} traits
 * @param {Journal} journal
 * @param {Here} here
 * @param {Context} [form]
 * @returns {Promise<Entry | null>}
 */
async function chosenOf(traits, journal, here, form) {
  const field = form?.fields.find((/** @type {Context} */ { name }) => name === "trait_id");
  const named = await journal.get(field ? field.value : (here.query.trait ?? ""));
  if (named?.kind === "trait") return named;
  return traits.length === 1 && !form ? traits[0] : null;
}

/** @param {Entry[]} traits */
const activeFirst = traits => [...traits.filter(each => !isRested(each)), ...traits.filter(isRested)];

/**
 * @param {Entry} trait
 * @param {Words} words
 */
const choice = (trait, words) => ({ url: `/explore?trait=${trait.id}`, name: titleOf(trait, words) });

/**
 * The form about a trait, with a draft of its own: it is chosen already, and sets off others than itself.
 * @param {Context} form
 * @param {Entry | null} trait
 * @param {string} url
 * @param {Words} words
 * @returns {Context}
 */
function formAbout(form, trait, url, words) {
  const id = trait?.id ?? "";
  const fields = form.fields.map((/** @type {Context} */ field) => ({
    ...field,
    options: field.options.filter((/** @type {Context} */ { value }) => value !== id),
  }));
  const asked = { ...form, fields };
  return {
    ...asked,
    trait_id: id,
    draft: id,
    leave: trait ? urlOf(trait) : "/",
    examples: wholeExamples("lesson", "/explore", words).map(each => ({
      ...each,
      url: each.url.replace("/explore?", trait ? `${url}&` : `${url}?`),
    })),
    screens: screens(asked, SCREENS, words.explore.screens, words),
  };
}
