"""Entries as lists and trait cards show them. Twin: web/phone/views/items.js."""

from collections.abc import Iterable

from server import moments
from server.entries import Entry, kind_of
from server.journal import Journal
from server.practice_numbers import practised, today_in
from server.reactions import mean
from server.text import shorten
from server.views.dates import near_text
from server.views.frame import Context, Here
from server.widths import path_widths
from server.words import Words, fill

TITLE_LENGTH = 90  # code points
RECENT = 10  # practices that a card says something of


def items(entries: Iterable[Entry], journal: Journal, here: Here) -> list[Context]:
    """One line for each entry."""
    return [item(entry, journal, here) for entry in entries]


def item(entry: Entry, journal: Journal, here: Here) -> Context:
    """An entry on one line: what, when, about which trait."""
    url, words, happened = url_of(entry), here.words, entry.values.get("happened_at")
    return {
        "url": url,
        "kind": entry.kind,
        "kind_label": words["kinds"][entry.kind]["one"],
        "title": title_of(entry, words),
        "when": near_text(happened, here.today, words),
        "at": moments.stamp(happened),
        "note": note_of(entry, words),
        "trait_name": trait_name(entry, journal, words),
        "back_url": f"{url}/back",
        "shred_url": f"{url}/shred",
    }


def url_of(entry: Entry) -> str:
    """Where the entry's page is."""
    return f"/{kind_of(entry).plural}/{entry.id}"


def title_of(entry: Entry, words: Words) -> str:
    """The entry's first words, shortened; its kind when it has none."""
    texts = (entry.values.get(name) for name in kind_of(entry).titles)
    title = next((text for text in texts if text), "")
    return shorten(title, TITLE_LENGTH) or str(words["kinds"][entry.kind]["untitled"])


def note_of(entry: Entry, words: Words) -> str:
    """What a practice entry's numbers say, in a few words."""
    parts = [
        fill(words["notes"][name], {"number": str(entry.values[name])})
        for name in ("old_reaction", "new_reaction")
        if entry.values.get(name) is not None
    ]
    before, after = entry.values.get("distress_before"), entry.values.get("distress_after")
    if before is not None and after is not None:
        parts.append(fill(words["notes"]["distress"], {"before": str(before), "after": str(after)}))
    return " · ".join(parts)


def trait_name(entry: Entry, journal: Journal, words: Words) -> str:
    """The name of the trait that the entry is about, or ""."""
    trait = trait_of(entry, journal)
    return title_of(trait, words) if trait else ""


def trait_of(entry: Entry, journal: Journal) -> Entry | None:
    """The trait that the entry is about, None when there is none."""
    trait = journal.get(entry.values.get("trait_id") or "")
    return trait if trait and trait.kind == "trait" else None


def card(trait: Entry, journal: Journal, here: Here) -> Context:
    """A trait with its two paths as wide as each was used, and what its last practices say."""
    words = here.words
    today = today_in(here.now, here.zone)
    old, new = path_widths(practised(journal, trait.id, today), today)
    recent = journal.of_trait(trait.id, "practice", RECENT)
    old_mean, new_mean = (
        mean(entry.values.get(name) for entry in recent).value for name in ("old_reaction", "new_reaction")
    )
    return {
        "url": url_of(trait),
        "name": title_of(trait, words),
        "old": old,
        "new": new,
        "paths_text": _paths_text(old_mean, new_mean, words),
        "practise_url": f"/practise?trait={trait.id}",
        "rewire_url": f"/rewire/{trait.id}",
    }


def _paths_text(old: int | None, new: int | None, words: Words) -> str:
    if old is None and new is None:
        return str(words["paths"]["none"])
    unknown = str(words["paths"]["unknown"])
    return fill(
        words["paths"]["some"],
        {"old": unknown if old is None else str(old), "new": unknown if new is None else str(new)},
    )
