"""The journal and the bin. Twin: web/phone/views/lists.js."""

import re
from urllib.parse import quote

from server.entries import Order
from server.journal import Journal
from server.views.frame import Context, Here, frame
from server.views.items import items
from server.words import UNRESERVED, Words, count

PAGE = 30  # entries that the journal shows at a time
PLACE = re.compile(r"(-?[0-9]{1,15})~([0-9A-Za-z-]{1,64})")


def journal_page(journal: Journal, here: Here) -> Context:
    """The newest entries of every kind, a page at a time, or those in which the query is found."""
    query = here.query.get("q", "")
    before = _place(here.query.get("before", ""))
    is_searched = bool(query.strip(" \t\r\n"))
    found, further = (
        journal.search(query, PAGE + 1, before) if is_searched else (journal.newest(PAGE + 1, before), None)
    )
    shown = found[:PAGE]
    last = shown[-1].order if len(found) > PAGE else further
    words = here.words
    return {
        **frame(here, words["titles"]["journal"]),
        "query": query,
        "items": items(shown, journal, words),
        "none_text": words["journal"][_none(query, before, further)],
        "more_url": _more_url(last, query) if last else "",
        "more_text": words["journal"]["further" if further else "more"],
        "count_text": "" if before or is_searched else entries_text(journal, words),
    }


def bin_page(journal: Journal, here: Here) -> Context:
    """What was put in the bin."""
    return {
        **frame(here, here.words["titles"]["bin"]),
        "items": items(journal.binned(), journal, here.words),
    }


def entries_text(journal: Journal, words: Words) -> str:
    """How many entries there are, in words."""
    return count(words["counts"]["entries"], journal.count(), words)


def _none(query: str, before: Order | None, further: Order | None) -> str:
    """What is said where nothing is listed."""
    if further:
        return "none_yet"
    if query:
        return "none_more" if before else "none_found"
    return "empty"


def _more_url(last: Order, query: str) -> str:
    when, id = last
    searched = f"&q={quote(query, safe=UNRESERVED)}" if query else ""
    return f"/journal?before={when}~{id}{searched}"


def _place(text: str) -> Order | None:
    found = PLACE.fullmatch(text)
    return (int(found[1]), found[2]) if found else None
