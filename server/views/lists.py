"""The bin, and how many entries there are. Twin: web/phone/views/lists.js."""

from server.journal import Journal
from server.views.frame import Context, Here, frame
from server.views.items import items
from server.words import Words, count


def bin_page(journal: Journal, here: Here) -> Context:
    """What was put in the bin."""
    return {
        **frame(here, here.words["titles"]["bin"]),
        "items": items(journal.binned(), journal, here.words),
    }


def entries_text(journal: Journal, words: Words) -> str:
    """How many entries there are, in words."""
    return count(words["counts"]["entries"], journal.count(), words)
