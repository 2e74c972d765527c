"""What a record still knows of its own past: the saves of which something stands. Twin: web/phone/views/history.js."""

from server import moments
from server.entries import Entry, kind_of
from server.views.devices import Where
from server.views.frame import Context, Here
from server.words import Words, fill
from sync.record import DELETED, Write

LATEST = 7_258_118_400_000  # 1 January 2200, in ms: what comes after that no clock of ours shows


def history_of(entry: Entry, where: Where, here: Here) -> list[Context]:
    """Each save of which something stands, the last one first: when, where, and which fields it wrote."""
    return [
        {
            "when": when_of(write.at, here),
            "at": moments.stamp(moments.now_in(write.at, here.zone)) if write.at < LATEST else "",
            "where": where(write.by),
            "what": _what(write, entry, here.words),
        }
        for write in sorted(entry.writes, key=lambda write: (-write.at, write.by))
    ]


def binned_text(entry: Entry, where: Where, here: Here) -> str:
    """When and where the entry was last put in the bin; "" for one that is not in it."""
    deletions = [write for write in entry.writes if DELETED in write.fields]
    if not entry.binned or not deletions:
        return ""
    last = max(deletions, key=lambda write: write.at)
    parts = {"when": when_of(last.at, here), "where": where(last.by)}
    return fill(here.words["bin"]["put"], parts) if parts["when"] else ""


def when_of(at: int, here: Here) -> str:
    """The moment of a save on this device's clock; "" where a clock was set to beyond all calendars."""
    return moments.show(moments.now_in(at, here.zone), here.words) if at < LATEST else ""


def _what(write: Write, entry: Entry, words: Words) -> str:
    """The names of the fields that still stand from this save."""
    labels = [
        words["fields"][entry.kind][field["name"]]["label"]
        for field in kind_of(entry).fields
        if field["name"] in write.fields and not field.get("hidden") and not field.get("unasked")
    ]
    if DELETED in write.fields:
        labels.append(words["entry"]["moved"])
    return " · ".join(labels)
