/**
 * Which view answers which route of the table. Twin: server/views/contents.py.
 * @import { Form, Pairs } from "../forms.js"
 * @import { Journal } from "../journal.js"
 * @import { Context, Here } from "./frame.js"
 */

import { Gone } from "../actions.js";
import { last } from "../forms.js";
import { emotionsPage } from "./emotions.js";
import { editPage, entryPage, newPage } from "./entry.js";
import { equipPage, toolPage } from "./equip.js";
import { explorePage, lessonPage } from "./explore.js";
import { filledForm } from "./form.js";
import { journalPage } from "./journal.js";
import { learnPage, readingPage } from "./learn.js";
import { libraryPage } from "./library.js";
import { binPage } from "./lists.js";
import { lockPage } from "./lock.js";
import { measuresPage } from "./measures.js";
import { beginPage, noticePage } from "./notice.js";
import { nowPage } from "./now.js";
import { plansFragment } from "./plans.js";
import { practisePage } from "./practise.js";
import { quickPage } from "./quick.js";
import { reviewPage } from "./reviews.js";
import { rewirePage, rewireTraitPage } from "./rewire.js";
import { supportPage } from "./support.js";
import { today } from "./today.js";
import { traitPage } from "./trait.js";
import { signInPage, youPage } from "./you.js";

/**
 * What a page is asked for: whose journal, from where, and for a route of a kind that kind and the id.
 * @typedef {{journal: Journal, here: Here, kind: string, id: string}} Asked
 */

/** @type {{[route: string]: (asked: Asked) => Context | Promise<Context>}} */
export const VIEWS = {
  today: ({ journal, here }) => today(journal, here),
  begin: ({ journal, here }) => beginPage(journal, here),
  notice: ({ journal, here }) => noticePage(journal, here),
  equip: ({ journal, here }) => equipPage(journal, here),
  explore: ({ journal, here }) => explorePage(journal, here),
  practise: ({ journal, here }) => practisePage(journal, here),
  rewire: ({ journal, here }) => rewirePage(journal, here),
  rewire_trait: async ({ journal, here, id }) => rewireTraitPage(await traitOf(journal, id), journal, here),
  review: async ({ journal, here, id }) => reviewPage(await traitOf(journal, id), journal, here),
  now: ({ journal, here }) => nowPage(journal, here),
  emotions: ({ journal, here }) => emotionsPage(journal, here),
  quick: ({ journal, here }) => quickPage(journal, here),
  journal: ({ journal, here }) => journalPage(journal, here),
  bin: ({ journal, here }) => binPage(journal, here),
  you: ({ journal, here }) => youPage(journal, here),
  support: ({ journal, here }) => supportPage(journal, here),
  lock: ({ here }) => lockPage(here),
  measures: ({ here }) => measuresPage(here),
  learn: ({ here }) => learnPage(here),
  reading: ({ id, here }) => readingPage(id, here),
  sign_in: ({ here }) => signInPage(here),
  library: ({ journal, here, id }) => libraryPage(id, journal, here),
  tool: async asked => toolPage(await entryOf(asked), asked.journal, asked.here),
  plans: ({ journal, here }) => plansFragment(journal, here),
  trait: async asked => traitPage(await entryOf(asked), asked.journal, asked.here),
  lesson: async asked => lessonPage(await entryOf(asked), asked.journal, asked.here),
  entry: async asked => entryPage(await entryOf(asked), asked.journal, asked.here),
  new_form: ({ journal, here, kind }) => newPage(journal.kinds[kind], journal, here),
  edit_form: async asked => editPage(await entryOf(asked), asked.journal, asked.here),
};

/**
 * The page that a refused form came from, with all that was typed: its template and its context.
 * @param {Asked} asked
 * @param {Form} form
 * @param {Pairs} pairs
 * @returns {Promise<[string, Context]>}
 */
export async function refusedView(asked, form, pairs) {
  const { journal, here, id } = asked;
  const kind = journal.kinds[asked.kind];
  const journalOf = last(pairs, "journal") || here.journal; // whose it was begun in, whoever it came back to
  const [sent, seen, was, onward, draft] = ["id", "seen", "was", "onward", "draft"].map(name => last(pairs, name));
  const hidden = { id: sent, journal: journalOf, seen, was, onward, draft };
  const entry = id ? await journal.get(id) : null;
  if (entry) {
    const again = await filledForm(kind, journal, here, form, `/${kind.plural}/${id}`, hidden);
    return ["edit.html", await editPage(entry, journal, here, again)];
  }
  const again = await filledForm(kind, journal, here, form, `/${kind.plural}`, hidden);
  if (here.path === "/begin") return ["begin.html", await beginPage(journal, here, again)];
  if (kind.kind === "practice" && draft === "now") {
    const used = pairs.flatMap(([name, value]) => (name === "tool_ids" ? [value] : []));
    return ["now.html", await nowPage(journal, here, again, used)];
  }
  if (kind.kind === "practice") return ["practise.html", await practisePage(journal, here, again)];
  if (kind.kind === "trait") return ["notice.html", await noticePage(journal, here, again)];
  if (kind.kind === "lesson") return ["explore.html", await explorePage(journal, here, again)];
  const reviewed = kind.kind === "review" ? await journal.get(last(pairs, "trait_id")) : null;
  if (reviewed?.kind === "trait") return ["review.html", await reviewPage(reviewed, journal, here, again)];
  return ["new.html", await newPage(kind, journal, here, again)];
}

/**
 * @param {Journal} journal
 * @param {string} id
 */
async function traitOf(journal, id) {
  const trait = await journal.get(id);
  if (trait?.kind !== "trait") throw new Gone();
  return trait;
}

/** @param {Asked} asked */
async function entryOf({ journal, kind, id }) {
  const entry = await journal.get(id);
  if (entry?.kind !== kind) throw new Gone();
  return entry;
}
