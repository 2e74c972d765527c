"""What should stand, worked out from scratch for sets of saves: nothing here is shared with sync/.

A place (a device, the server) knows a set of saves. A field of a save stands there unless the place also knows a save
of the same field that had it in its past. Two places that meet know the union of what each knew. That is all.
"""

import json
from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

DELETED = "deleted"
DELETION = "a deletion"  # whatever its vector says: what it covers is worked out here

Known = frozenset[int]  # numbers of saves
Shown = tuple[tuple[str, str], ...]  # of one write: each field that stands, and the text of its value


class Save(NamedTuple):
    record: str
    values: dict[str, str]  # JSON text by field; for a sealed save, its box
    past: Known  # all that was known of the record where it was saved
    replaced: Known  # the part of the past that was on the screen
    shreds: bool = False  # takes the words of its past away, and adds none
    origin: int | None = None  # the save that this one is, under another name


class Oracle:
    def __init__(self) -> None:
        self.saves: list[Save] = []

    def add(self, save: Save) -> int:
        self.saves.append(save)
        return len(self.saves) - 1

    def standing(self, known: Iterable[int]) -> dict[int, list[str]]:
        """The fields that stand of each save."""
        known = list(known)
        fields = {
            number: [field for field in self.saves[number].values if not self._is_replaced(number, field, known)]
            for number in known
        }
        return {number: found for number, found in fields.items() if found}

    def shown(self, known: Iterable[int]) -> Counter[Shown]:
        """What stands, without the saves' names."""
        standing = self.standing(known)
        return Counter(
            tuple(sorted((field, self.saves[number].values[field]) for field in fields))
            for number, fields in standing.items()
        )

    def is_deleted(self, known: Iterable[int]) -> bool:
        standing = self.standing(known)
        only_deletes = {number for number, fields in standing.items() if fields == [DELETED] and self._deletes(number)}
        return any(
            self._deletes(deletion)
            and DELETED in fields
            and set(standing) - only_deletes - {deletion} <= self.saves[deletion].past
            for deletion, fields in standing.items()
        )

    def origin(self, number: int) -> int:
        """The save itself, if this is one that was made under another name."""
        origin = self.saves[number].origin
        return number if origin is None else self.origin(origin)

    def _is_replaced(self, number: int, field: str, known: Iterable[int]) -> bool:
        saves = (self.saves[other] for other in known)
        return any(
            number in save.replaced and (field in save.values or (save.shreds and field != DELETED)) for save in saves
        )

    def _deletes(self, number: int) -> bool:
        return self.saves[number].values.get(DELETED) == DELETION


def shown_in(record: Any) -> Counter[Shown]:
    """The same of a record as it travels, read from its JSON."""
    return Counter(tuple(sorted(_values(write))) for write in record["writes"])


def value_text(field: str, value: Any) -> str:
    if field == DELETED and value is not None:
        return DELETION
    return json.dumps(value, sort_keys=True)


def _values(write: dict[str, Any]) -> Iterable[tuple[str, str]]:
    if "box" in write:
        return ((field, write["box"]) for field in write["keys"])
    return ((field, value_text(field, value)) for field, value in write["set"].items())
