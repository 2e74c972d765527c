/**
 * The five steps' pages: a first useful form each, and what is there already. Twin: server/views/steps.py.
 * @import { Journal } from "../journal.js"
 * @import { Context, Here } from "./frame.js"
 */

import { kindOfStep, newForm } from "./form.js";
import { frame } from "./frame.js";
import { items } from "./items.js";
import { SAVED, traitChoices } from "./quick.js";

const SHOWN = 20; // newest entries that a step's page lists

/**
 * A step's page; `form` is one that came back refused.
 * @param {string} step
 * @param {Journal} journal
 * @param {Here} here
 * @param {Context} [form]
 * @returns {Promise<Context>}
 */
export async function stepPage(step, journal, here, form) {
  const kind = kindOfStep(step, journal.kinds);
  const likely = (await traitChoices(journal, here)).find(each => each.chosen)?.id ?? "";
  const chosen = { trait_id: here.query.trait || likely };
  return {
    ...frame(here, here.words.steps[step].title, step),
    intro: here.words.steps[step].intro,
    form: form ?? { ...(await newForm(kind, journal, here, chosen)), onward: step === "practise" ? SAVED : "" },
    items: await items(await journal.ofKind(kind.kind, SHOWN), journal, here.words),
  };
}
