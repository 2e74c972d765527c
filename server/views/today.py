"""Today: a greeting, and each active trait with the one next thing worth doing. Twin: web/phone/views/today.js."""

from server import moments
from server.entries import Entry
from server.journal import Journal
from server.reactions import part_of_day
from server.text import shorten
from server.views.frame import Context, Here, frame
from server.views.items import TITLE_LENGTH, card, items, title_of, url_of
from server.views.notice import MOST_SHOWN, MOST_TRAITS, is_rested
from server.views.plans import plan_context
from server.words import Words, fill, set_apart

DAY = 24 * 60 * 60 * 1000  # ms
AWAY = 4 * DAY  # without an entry for so long, a person is welcomed back
REVIEW_AFTER = 14 * DAY
WORTH_A_REVIEW = 5  # moments since the last one
EXPLORED_FIRST = 3  # moments; by then whoever has not explored the lesson has chosen to skip it
MOST_TOOLS = 100  # newest tools that are looked through


def today(journal: Journal, here: Here) -> Context:
    """Today: a welcome for who is new, else each active trait with its two paths, and what was written last."""
    newest = journal.newest(5)
    named = journal.of_kind("trait", MOST_TRAITS)
    traits = [trait for trait in named if not is_rested(trait)]
    tools = journal.of_kind("tool", MOST_TOOLS) if traits else []
    resting = [trait for trait in named if is_rested(trait)]
    return {
        **frame(here, here.words["titles"]["today"]),
        "welcome": not newest and not here.email,
        "greeting": _greeting(here),
        "back": bool(newest) and here.now - newest[0].when > AWAY,
        "traits": _cards(traits[:MOST_SHOWN], tools, journal, here),
        "more": [_link(each, here.words) for each in traits[MOST_SHOWN:]],
        "resting": [_link(each, here.words) for each in resting],
        "newest": items(newest, journal, here),
    }


def _cards(traits: list[Entry], tools: list[Entry], journal: Journal, here: Here) -> list[Context]:
    """Each trait with what is next; a plan that is for any trait is offered with one of them."""
    cards = []
    for trait in traits:
        found = next_thing(trait, tools, journal, here)
        cards.append({**card(trait, journal, here), "next": found})
        tools = [tool for tool in tools if url_of(tool) != found["url"]]
    return cards


def next_thing(trait: Entry, tools: list[Entry], journal: Journal, here: Here) -> Context:
    """The first of these that applies: log, explore, equip, rehearse, review, try a plan, log again.

    Exploring is optional: it is offered until a tool or EXPLORED_FIRST moments show that the person went on without it.
    A review is due REVIEW_AFTER the last one, or after the trait was named, when WORTH_A_REVIEW moments came since.
    """
    words = here.words
    logged = journal.of_trait(trait.id, "practice", WORTH_A_REVIEW)
    lessons = journal.of_trait(trait.id, "lesson", 1)
    reviews = journal.of_trait(trait.id, "review", 1)
    theirs = [tool for tool in tools if tool.values.get("trait_id", "") in ("", trait.id)]
    plans = [tool for tool in theirs if plan_context(tool)["if_trigger"]]
    since = reviews[0].when if reviews else trait.when
    if not logged:
        return _next("log", f"/quick?trait={trait.id}", words)
    if not lessons and not theirs and len(logged) < EXPLORED_FIRST:
        return _next("explore", f"/explore?trait={trait.id}", words)
    if not theirs:
        return _next("equip", f"/equip?trait={trait.id}", words)
    for plan in plans:
        if not plan.values.get("rehearsed_at"):
            return _next("rehearse", url_of(plan), words, plan)
    is_worth_it = len(logged) == WORTH_A_REVIEW and logged[-1].when > since
    if is_worth_it and here.now - since >= REVIEW_AFTER:
        return _next("review", f"/rewire/{trait.id}/review", words)
    planned = [*(review for review in reviews if plan_context(review)["if_trigger"]), *plans]
    if planned:
        return _next("try", url_of(planned[0]), words, planned[0])
    return _next("again", f"/quick?trait={trait.id}", words)


def _link(trait: Entry, words: Words) -> Context:
    return {"url": url_of(trait), "name": title_of(trait, words)}


def _next(name: str, url: str, words: Words, plan: Entry | None = None) -> Context:
    parts = ("if_trigger", "then_action")
    trigger, action = (shorten(plan.values[part], TITLE_LENGTH) if plan else "" for part in parts)
    said = {"trigger": set_apart(trigger, words), "action": set_apart(action, words)}
    return {"name": name, "url": url, "text": fill(words["today"]["nexts"][name], said)}


def _greeting(here: Here) -> str:
    greetings = here.words["today"]["greetings"]
    now = moments.parse(moments.now_in(here.now, here.zone)) if moments.known_zone(here.zone) else None
    return str(greetings[part_of_day(now.hour) if now else "any"])
