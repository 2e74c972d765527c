"""What the practice entries say in numbers, for pictures of all of them. Twin: web/phone/practice_numbers.js."""

from datetime import date
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from server import moments
from server.digests import digests
from server.entries import Entry
from server.journal import Journal

EPOCH_ORDINAL = date(1970, 1, 1).toordinal()


class Practised(NamedTuple):
    """One practice entry: its day (since 1970) and hour as its own wall clock had them, and what was rated."""

    id: str
    trait: str
    day: int
    hour: int
    old: int | None
    new: int | None
    before: int | None
    after: int | None
    tools: list[str]
    context: str


_known: WeakKeyDictionary[Journal, dict[str, list[Practised]]] = WeakKeyDictionary()


def practised(journal: Journal, trait: str, today: int) -> list[Practised]:
    """The practices of a trait up to today, the earliest first; one of tomorrow's date was written east of here."""
    by_trait = _known.get(journal)
    if by_trait is None:
        by_trait = _known[journal] = _read(journal)
    mine = [each for each in by_trait.get(trait, []) if each.day <= today + 1]
    return [each._replace(day=min(each.day, today)) for each in mine]


def numbers(entries: list[Entry]) -> list[list[Any]]:
    """A month's practices, newest first, each as plain values in the order of Practised; one without a date says nothing."""
    return [each for entry in entries if (each := _numbers(entry))]


def day_number(moment: moments.Moment) -> int:
    """The wall clock's day, counted from 1970."""
    return date(moment.year, moment.month, moment.day).toordinal() - EPOCH_ORDINAL


def today_in(now: int, zone: str) -> int:
    """The day that clocks in the zone show."""
    moment = moments.parse(moments.now_in(now, zone))
    return day_number(moment) if moment else 0


def _read(journal: Journal) -> dict[str, list[Practised]]:
    newest_first = [each for month in digests(journal, "practice", numbers) for each in month]
    by_trait: dict[str, list[Practised]] = {}
    for each in reversed(newest_first):
        practice = Practised(*each)
        by_trait.setdefault(practice.trait, []).append(practice)
    return by_trait


def _numbers(entry: Entry) -> list[Any] | None:
    moment = moments.parse(entry.values.get("happened_at"))
    if not moment:
        return None
    values = entry.values
    rated = [values.get(name) for name in ("old_reaction", "new_reaction", "distress_before", "distress_after")]
    about = [values.get("tool_ids") or [], values.get("context") or ""]
    return [entry.id, values.get("trait_id") or "", day_number(moment), moment.hour, *rated, *about]
