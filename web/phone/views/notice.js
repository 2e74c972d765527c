/**
 * Step 1, Notice: a first trait in five short screens, and the exercise for any trait. Twin: server/views/notice.py.
 * @import { Entry } from "../entries.js"
 * @import { Journal } from "../journal.js"
 * @import { Words } from "../words.js"
 * @import { Context, Here } from "./frame.js"
 * @import { Layout } from "./screens.js"
 */

import { chosenExample, prompt, wholeExamples, withExamples } from "./examples.js";
import { newForm } from "./form.js";
import { frame } from "./frame.js";
import { titleOf, urlOf } from "./items.js";
import { screens } from "./screens.js";

export const MOST_TRAITS = 200; // newest traits that pages list
export const MOST_SHOWN = 8; // of them with their pictures, or in sight: the others are folded away
/** @type {Layout} */
const SCREENS = [
  ["moment", ["came_up_as", "came_up"]],
  ["name", ["name"]],
  ["shows_up", ["shows_up"]],
  ["protected", ["protected"]],
  ["now", ["costs", "instead"]],
];

/**
 * The guided first trait; `form` is one that came back refused.
 * @param {Journal} journal
 * @param {Here} here
 * @param {Context} [refused]
 * @returns {Promise<Context>}
 */
export async function beginPage(journal, here, refused) {
  const { words } = here;
  const form = await traitForm(journal, here, refused);
  return {
    ...frame(here, words.begin.title, "notice"),
    form: { ...form, action: "/begin" },
    screens: screens(form, SCREENS, words.begin.screens, words),
    examples: wholeExamples("trait", "/begin", words),
    prompt: prompt("/begin", here),
  };
}

/**
 * The exercise on one page, and the traits that are there; `form` is one that came back refused.
 * @param {Journal} journal
 * @param {Here} here
 * @param {Context} [refused]
 * @returns {Promise<Context>}
 */
export async function noticePage(journal, here, refused) {
  const { words } = here;
  const traits = await journal.ofKind("trait", MOST_TRAITS);
  return {
    ...frame(here, words.steps.notice.title, "notice"),
    form: await traitForm(journal, here, refused),
    examples: wholeExamples("trait", "/notice", words),
    prompt: prompt("/notice", here),
    active: traits.filter(trait => !isRested(trait)).map(trait => traitLine(trait, words)),
    rested: traits.filter(isRested).map(trait => traitLine(trait, words)),
  };
}

/**
 * Whether the person lets it rest for now.
 * @param {Entry} trait
 */
export function isRested({ values }) {
  return values.state === "rested";
}

/**
 * A trait with the one button that lets it rest or takes it up again.
 * @param {Entry} trait
 * @param {Words} words
 * @returns {Context}
 */
export function traitLine(trait, words) {
  const way = isRested(trait) ? "wake" : "rest";
  return {
    url: urlOf(trait),
    title: titleOf(trait, words),
    state: words.trait[isRested(trait) ? "rested" : "active"],
    change_url: `${urlOf(trait)}/${way}`,
    change: words.trait[way],
  };
}

/**
 * @param {Journal} journal
 * @param {Here} here
 * @param {Context} [refused]
 */
async function traitForm(journal, here, refused) {
  const form = refused ?? (await newForm(journal.kinds.trait, journal, here, chosenExample("trait", here)));
  return withExamples(form, "trait", here.words);
}
