"""If–then plans, offered when their moment comes. Twin: web/phone/views/plans.js."""

import re

from server.entries import Entry
from server.journal import Journal
from server.search import fold
from server.views.frame import Context, Here
from server.views.items import title_of, url_of
from server.words import Words

MOST = 3  # plans offered at once: a list to choose from would be one more thing to do
LOOKED_AT = 200  # newest tools, and reviews
SHORTEST = 4  # letters of a word that says something
BLANKS = " \t\r\n"
BETWEEN = re.compile("[ \t\r\n!-/:-@\\[-`{-~\u00a1\u00ab\u00bb\u00bf\u2013\u2014\u2018-\u201e\u2026]+")


def plans_fragment(journal: Journal, here: Here) -> Context:
    """The plans for what is being written, by `situation` and `trait_id` of the query."""
    situation, trait_id = here.query.get("situation", ""), here.query.get("trait_id", "")
    return {"words": here.words, "plans": offered_plans(situation, trait_id, journal, here.words)}


def offered_plans(situation: str, trait_id: str, journal: Journal, words: Words) -> list[Context]:
    """The plans that match, as a page prints them."""
    return [
        {**plan_context(entry), "url": url_of(entry), "name": title_of(entry, words), "kind": entry.kind}
        for entry in matching_plans(situation, trait_id, journal, words)
    ]


def plan_context(entry: Entry) -> Context:
    """The plan of a tool or a review; two empty texts where there is none."""
    plan = {name: entry.values.get(name, "").strip(BLANKS) for name in ("if_trigger", "then_action")}
    return plan if all(plan.values()) else dict.fromkeys(plan, "")


def matching_plans(situation: str, trait_id: str, journal: Journal, words: Words) -> list[Entry]:
    """The tools and reviews whose plan fits: those that share a telling word with the situation, then the trait's own.

    A plan helps when its trigger is met as it was written down (Gollwitzer & Sheeran 2006), so words come first.
    """
    planned = [*journal.of_kind("tool", LOOKED_AT), *journal.of_kind("review", LOOKED_AT)]
    return fitting(planned, situation, trait_id, words)


def fitting(planned: list[Entry], situation: str, trait_id: str, words: Words) -> list[Entry]:
    """Those of the entries with a plan for the situation or the trait, in their order."""
    plans = [(entry, plan_context(entry)["if_trigger"]) for entry in planned]
    told = telling_words(situation, words)
    by_words = [entry for entry, trigger in plans if trigger and told & telling_words(trigger, words)]
    of_trait = [entry for entry, trigger in plans if trigger and trait_id and entry.values.get("trait_id") == trait_id]
    return [*by_words, *(entry for entry in of_trait if entry not in by_words)][:MOST]


def telling_words(text: str, words: Words) -> set[str]:
    """The folded words that say something, without a plural's last letter."""
    found = {word for word in BETWEEN.split(fold(text)) if len(word) >= SHORTEST} - set(words["plans"]["common"])
    return {word[:-1] if word.endswith("s") and len(word) > SHORTEST else word for word in found}
