"""Where in an entry a search found its word. Twin: web/phone/views/excerpt.js."""

from collections.abc import Iterator

from server.entries import Entry, kind_of
from server.journal import Journal
from server.search import is_begun, is_similar, pieces_of, terms_of
from server.views.frame import Context
from server.views.items import title_of
from server.words import Words, choice_label

BEFORE, AFTER = 32, 64  # code points of the text around the word
NOWHERE = {"label": "", "before": "", "match": "", "after": ""}


def excerpt_of(entry: Entry, word: str, journal: Journal, words: Words) -> Context:
    """The first text of the entry with the word as it was typed, else with one like it: the word, and what is around it."""
    texts = list(_texts(entry, journal, words))
    for fits in (is_begun, is_similar):
        for label, text in texts:
            for start, stop in pieces_of(text):
                if any(fits(word, term) for term in terms_of(text[start:stop])):
                    return {
                        "label": label,
                        "before": _ending(text[:start]),
                        "match": text[start:stop],
                        "after": _beginning(text[stop:]),
                    }
    return NOWHERE


def _ending(text: str) -> str:
    return text if len(text) <= BEFORE else "…" + text[-BEFORE:]


def _beginning(text: str) -> str:
    return text if len(text) <= AFTER else text[:AFTER] + "…"


def _texts(entry: Entry, journal: Journal, words: Words) -> Iterator[tuple[str, str]]:
    """What search looks at, each text with its field's name."""
    for field in kind_of(entry).fields:
        value = entry.values.get(field["name"])
        if not value or field.get("hidden"):
            continue
        label = words["fields"][entry.kind][field["name"]]["label"]
        match field["type"]:
            case "line" | "text":
                yield label, value
            case "emotions":
                yield from ((label, emotion["name"]) for emotion in value)
            case "one" | "many":
                for each in [value] if field["type"] == "one" else value:
                    if "choices" in field:
                        yield label, choice_label(field["name"], each, words)
                    elif named := journal.get(each):
                        yield label, title_of(named, words)
