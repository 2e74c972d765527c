"""Entries: a record as a person meets it, its fields read and its rivals beside them. Twin: web/phone/entries.js."""

from collections.abc import Sequence
from typing import Any, NamedTuple, TypeGuard

import msgspec

from server import moments
from server.kinds import Kind, kinds
from sync.record import Record, Standing, Write, is_deleted, read

Field = dict[str, Any]
Order = tuple[int, str]


class Rival(NamedTuple):
    """Another value that still stands for a field, and the dot of its save."""

    value: Any
    by: str
    at: int


class Entry(msgspec.Struct, frozen=True):
    """A record of a known kind. `values` and `rivals` hold only what fits the kind's fields; `when` is ms, 0 unknown."""

    id: str
    kind: str
    values: dict[str, Any]
    rivals: dict[str, list[Rival]]
    when: int
    binned: bool
    seen: dict[str, int]
    writes: Sequence[Write] = ()

    @property
    def order(self) -> Order:
        """Sorts entries newest first."""
        return (-self.when, self.id)


def read_entry(record: Record) -> Entry | None:
    """The record as an entry; None when this version does not know its kind, or when nothing of it is left."""
    kind = kinds().get(record.kind)
    if not kind:
        return None
    standing = read(record)
    values: dict[str, Any] = {}
    rivals: dict[str, list[Rival]] = {}
    for field in kind.fields:
        candidates = _candidates(field, standing.get(field["name"]))
        if candidates:
            values[field["name"]] = candidates[0].value
            rivals[field["name"]] = candidates[1:]
    binned = is_deleted(record)
    if not values and binned:
        return None
    moment = moments.parse(values.get("happened_at"))
    return Entry(record.id, record.kind, values, rivals, moment.ms if moment else 0, binned, record.seen, record.writes)


def kind_of(entry: Entry) -> Kind:
    """The entry's kind."""
    return kinds()[entry.kind]


def whole(value: Any) -> TypeGuard[int | float]:
    """Whether JavaScript would call the value an integer: 5.0 is one there, true is none."""
    return (isinstance(value, int) and not isinstance(value, bool)) or (isinstance(value, float) and value.is_integer())


def _candidates(field: Field, standing: Standing | None) -> list[Rival]:
    """The values that fit the field, the shown one first."""
    if not standing:
        return []
    all_of_it = [(standing.value, standing.by, standing.at), *standing.rivals]
    return [Rival(_fitted(field, value), by, at) for value, by, at in all_of_it if _fits(field, value)]


def _fits(field: Field, value: Any) -> bool:
    match field["type"]:
        case "number":
            return value is None or (whole(value) and field["min"] <= value <= field["max"])
        case "moment":
            return moments.parse(value) is not None
        case "many" | "emotions":
            return isinstance(value, list)
        case _:
            return isinstance(value, str)


def _fitted(field: Field, value: Any) -> Any:
    match field["type"]:
        case "number":
            return None if value is None else int(value)
        case "many":
            return [each for each in value if isinstance(each, str)]
        case "emotions":
            return [_emotion(each) for each in value if isinstance(each, dict) and isinstance(each.get("name"), str)]
        case _:
            return value


def _emotion(emotion: dict[str, Any]) -> dict[str, Any]:
    intensity = emotion.get("intensity")
    return {
        "name": emotion["name"],
        "intensity": int(intensity) if whole(intensity) and 0 <= intensity <= 100 else None,
    }
