/**
 * Step 4, Practise: the full form for a moment, and those logged last. Twin: server/views/practise.py.
 * @import { Journal } from "../journal.js"
 * @import { Context, Here } from "./frame.js"
 */

import { newForm } from "./form.js";
import { frame } from "./frame.js";
import { items } from "./items.js";
import { likelyTrait, SAVED } from "./quick.js";

const SHOWN = 20; // newest entries that are listed

/**
 * The form, with the trait that is most likely meant; `form` is one that came back refused.
 * @param {Journal} journal
 * @param {Here} here
 * @param {Context} [form]
 * @returns {Promise<Context>}
 */
export async function practisePage(journal, here, form) {
  const { title, intro } = here.words.steps.practise;
  const chosen = { trait_id: here.query.trait || (await likelyTrait(journal, here)) };
  return {
    ...frame(here, title, "practise"),
    intro,
    form: form ?? { ...(await newForm(journal.kinds.practice, journal, here, chosen)), onward: SAVED },
    items: await items(await journal.ofKind("practice", SHOWN), journal, here),
  };
}
