"""The journal and the bin. Twin: web/phone/views/lists.js."""

import re
from urllib.parse import quote

from server.entries import Entry, Order
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
    found = journal.search(query, PAGE + 1, before) if is_searched else journal.newest(PAGE + 1, before)
    shown = found[:PAGE]
    return {
        **frame(here, here.words["titles"]["journal"]),
        "query": query,
        "items": items(shown, journal, here.words),
        "more_url": _more_url(shown[-1], query) if len(found) > PAGE else "",
        "count_text": "" if before or is_searched else entries_text(journal, here.words),
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


def _more_url(last: Entry, query: str) -> str:
    when, id = last.order
    searched = f"&q={quote(query, safe=UNRESERVED)}" if query else ""
    return f"/journal?before={when}~{id}{searched}"


def _place(text: str) -> Order | None:
    found = PLACE.fullmatch(text)
    return (int(found[1]), found[2]) if found else None
