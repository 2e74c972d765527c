"""A journal as the views ask it: a person's entries, newest first. Twin: web/phone/journal.js, over IndexedDB."""

import functools
from collections.abc import Iterable
from typing import Any

from server.entries import Entry, Order, kind_of, read_entry
from server.lines import Filters, Index, Line, Names, Place, line_of
from sync.record import Record


class Journal:
    """All entries of one person, read from their records; with `before`, from those that have changed since."""

    def __init__(self, records: Iterable[Record], before: "Journal | None" = None) -> None:
        changed = {record.id: read_entry(record) for record in records}
        everything = {**(before.entries if before else {}), **changed}
        known = before.lines.copy() if before else {}  # at once: a search may add to them in another thread
        self.lines: dict[str, Line] = {id: line for id, line in known.items() if id not in changed}  # made so far
        self.entries: dict[str, Entry] = {id: entry for id, entry in everything.items() if entry}  # in the bin or not
        self._live = sorted((entry for entry in self.entries.values() if not entry.binned), key=lambda e: e.order)
        self._newest = [entry for entry in self._live if not kind_of(entry).aside]
        self._by_kind: dict[str, list[Entry]] = {}
        self._by_trait: dict[tuple[Any, str], list[Entry]] = {}
        for entry in self._live:
            self._by_kind.setdefault(entry.kind, []).append(entry)
            self._by_trait.setdefault((entry.values.get("trait_id"), entry.kind), []).append(entry)

    def get(self, id: str) -> Entry | None:
        """The entry, in the bin or not."""
        return self.entries.get(id)

    def newest(self, limit: int, before: Order | None = None) -> list[Entry]:
        """The newest entries of every kind that is not aside, those that come after the place `before` in the order."""
        return [entry for entry in self._newest if before is None or entry.order > before][:limit]

    def of_kind(self, kind: str, limit: int | None = None) -> list[Entry]:
        """The newest entries of one kind."""
        return self._by_kind.get(kind, [])[:limit]

    def of_trait(self, id: str, kind: str, limit: int | None = None) -> list[Entry]:
        """The newest entries of one kind that name the trait."""
        return self._by_trait.get((id, kind), [])[:limit]

    def binned(self, limit: int | None = None, before: Order | None = None) -> list[Entry]:
        """What lies in the bin, newest first, after the place `before` in the order."""
        binned = (each for each in self.entries.values() if each.binned and (before is None or each.order > before))
        return sorted(binned, key=lambda each: each.order)[:limit]

    def count(self) -> int:
        """How many entries there are outside the bin, but for those of a kind that is aside."""
        return len(self._newest)

    def find(self, filters: Filters, names: Names) -> list[Place]:
        """Where the entries are that the filters leave: those with the words as typed, then those with similar ones."""
        return sorted(self._index.find(filters, names))

    @functools.cached_property
    def _index(self) -> Index:
        return Index(self._line(entry) for entry in self._newest)

    def _line(self, entry: Entry) -> Line:
        """Made once, also for the journals that come after: cutting 10,000 entries into words takes seconds."""
        if entry.id not in self.lines:
            self.lines[entry.id] = line_of(entry)
        return self.lines[entry.id]
