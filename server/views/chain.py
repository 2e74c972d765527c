"""A lesson as a chain: what happened, the rule, how it helped, what keeps it alive. Twin: web/phone/views/chain.js.

The links are those of a longitudinal formulation (Beck 1995): early experience, the rule it taught, what maintains it.
"""

from server.entries import Entry
from server.forms import tidy
from server.journal import Journal
from server.views.frame import Context
from server.views.items import title_of, url_of
from server.words import Words

RULE = ("when", "then", "so")
MOST_NAMED = 20


def chained(lesson: Entry, journal: Journal, words: Words) -> Context:
    """What of the lesson is written, each part a link of the chain."""
    said = words["chain"]
    rule = [tidy(lesson.values.get(f"rule_{part}", "")) for part in RULE]
    parts = [
        _link("happened", lesson, "what_happened", words),
        {
            **_link("rule", lesson, "", words),
            "rule": [{"label": said[part], "text": text or said["gap"]} for part, text in zip(RULE, rule, strict=True)],
        },
        _link("helped", lesson, "helped_then", words),
        _link("alive", lesson, "keeps_alive", words),
        {**_link("sets_off", lesson, "", words), "traits": _set_off(lesson, journal, words)},
    ]
    written = [part for part in parts if part["text"] or part["traits"] or (part["rule"] and any(rule))]
    return {"url": url_of(lesson), "links": written, "is_closed": any(rule) and written[-1]["name"] != "rule"}


def others_set_off(lesson: Entry, journal: Journal) -> list[Entry]:
    """The traits that the lesson's trait sets off, but for itself and those that are gone."""
    ids = dict.fromkeys(lesson.values.get("sets_off", [])[:MOST_NAMED])
    found = [journal.get(id) for id in ids if id != lesson.values.get("trait_id")]
    return [entry for entry in found if entry and entry.kind == "trait" and not entry.binned]


def _set_off(lesson: Entry, journal: Journal, words: Words) -> list[Context]:
    return [{"url": url_of(trait), "name": title_of(trait, words)} for trait in others_set_off(lesson, journal)]


def _link(name: str, lesson: Entry, field: str, words: Words) -> Context:
    text = tidy(lesson.values.get(field, "")) if field else ""
    return {"name": name, "label": words["chain"][name], "text": text, "rule": [], "traits": []}
