"""What is asked of a journal in PostgreSQL while a transaction holds it locked."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from server.storage.pull import Pull, check_epoch, echoes
from sync.exchange import fits, join_push
from sync.record import Record, decode, encode


class Stored(NamedTuple):
    id: str
    number: int
    state: bytes


class Journal:
    """A journal that is locked: what was read of it, and what is to be stored."""

    def __init__(self, account: str, epoch: str, newest: int) -> None:
        self.account = account
        self.epoch = epoch
        self.since = self.newest = newest
        self.rows: dict[str, Stored] = {}
        self.changed: set[str] = set()
        self.later: list[Stored] = []  # everything after number `since`, in order

    def states(self, ids: Iterable[str]) -> dict[str, bytes]:
        """Give the states of those ids that the journal has."""
        return {each: self.rows[each].state for each in ids if each in self.rows}

    def store(self, states: dict[str, bytes]) -> None:
        """Give each state the journal's next number."""
        for record_id, state in states.items():
            self.newest += 1
            self.rows[record_id] = Stored(record_id, self.newest, state)
        self.changed |= states.keys()

    def stored(self) -> list[Stored]:
        """Give what is to be stored, in order."""
        return sorted((self.rows[each] for each in self.changed), key=_number)


class Push:
    """A device's push, and what it lacks."""

    def __init__(self, account: str, records: Sequence[Record], pull: Pull) -> None:
        self.account = account
        self.ids = [record.id for record in records]
        self.records = records
        self.pull = pull

    def apply(self, journal: Journal) -> None:
        """Join the push, or raise EpochChanged."""
        check_epoch(self.pull, journal.epoch, journal.newest)
        self.joined = join_push(journal.states(self.ids), self.records)
        journal.store(self.joined.changed)
        self._echoes = [journal.rows[each] for each in echoes(self.records, self.joined)]

    def had(self, journal: Journal) -> list[str]:
        """Name what the device pushed and nobody has changed since, in this transaction either."""
        return [row.id for row in self._echoes if journal.rows[row.id].number == row.number]

    def stale(self, journal: Journal) -> list[Stored]:
        """Give what the device pushed in an older state than the server has had since before its cursor."""
        rows = [journal.rows[each] for each in self.joined.differing]
        return sorted((row for row in rows if row.number <= self.pull.cursor), key=_number)

    def fresh(self, journal: Journal) -> list[Stored] | None:
        """Give what came after the device's cursor, or None when the journal has not been read from there on."""
        if self.pull.cursor < journal.since:
            return None
        had = set(self.had(journal))
        return [row for row in journal.later if row.number > self.pull.cursor and row.id not in had]


class Change:
    """The server's own save."""

    def __init__(self, account: str, record_id: str, edit: Callable[[Record | None], Record]) -> None:
        self.account = account
        self.ids = [record_id]
        self._edit = edit

    def apply(self, journal: Journal) -> None:
        """Store what `edit` makes of the record."""
        (record_id,) = self.ids
        before = journal.states(self.ids).get(record_id)
        self.record = self._edit(decode(before) if before else None)
        after = fits(encode(self.record))
        decode(after)  # what is stored can be read again, or is refused now
        if after != before:
            journal.store({record_id: after})


Work = Push | Change


def _number(row: Stored) -> int:
    return row.number
