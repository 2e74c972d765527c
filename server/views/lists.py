"""The bin, a page at a time, and how many entries there are. Twin: web/phone/views/lists.js."""

import re

from server.entries import Entry, Order
from server.journal import Journal
from server.views.devices import Where, where_of
from server.views.frame import Context, Here, frame
from server.views.history import binned_text
from server.views.items import item
from server.words import Words, count

PAGE = 30  # entries that the bin shows at a time
PLACE = re.compile(r"(-?[0-9]{1,15})~([0-9A-Za-z-]{1,64})")


def bin_page(journal: Journal, here: Here) -> Context:
    """What was put in the bin, and when; after the place `before` in the order."""
    before = _place(here.query.get("before", ""))
    found = journal.binned(PAGE + 1, before)
    shown = found[:PAGE]
    where = where_of(journal, here)
    return {
        **frame(here, here.words["titles"]["bin"]),
        "items": [_binned(entry, where, journal, here) for entry in shown],
        "is_further": bool(before),
        "more_url": _more_url(shown[-1].order) if len(found) > PAGE else "",
    }


def entries_text(journal: Journal, words: Words) -> str:
    """How many entries there are, in words."""
    return count(words["counts"]["entries"], journal.count(), words)


def _binned(entry: Entry, where: Where, journal: Journal, here: Here) -> Context:
    return {**item(entry, journal, here), "put": binned_text(entry, where, here)}


def _more_url(last: Order) -> str:
    when, id = last
    return f"/bin?before={when}~{id}"


def _place(text: str) -> Order | None:
    found = PLACE.fullmatch(text)
    return (int(found[1]), found[2]) if found else None
