"""Who knows which saves, kept beside the history as it goes: what the oracle is asked about."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from tests.histories.oracle import Known, Oracle, Save

SERVER = "server"
NOTHING: Known = frozenset()


class Page(NamedTuple):
    """What a place knew when it was copied."""

    known: dict[str, Known]
    unsent: dict[str, list[int]]


class Ledger:
    def __init__(self) -> None:
        self.oracle = Oracle()
        self._known: dict[str, dict[str, Known]] = defaultdict(dict)
        self._unsent: dict[str, dict[str, list[int]]] = defaultdict(dict)
        self.excused: set[int] = set()
        self.shown: dict[str, Known] = {}  # on the page that a device has open

    def known(self, place: str, record: str) -> Known:
        return self._known[place].get(record, NOTHING)

    def learn(self, place: str, record: str, known: Known) -> None:
        """A place now knows this, and nothing else, of a record."""
        self._known[place][record] = known

    def write(self, place: str, save: Save) -> None:
        number = self.oracle.add(save)
        self._known[place][save.record] = save.past | {number}
        self._unsent[place].setdefault(save.record, []).append(number)

    def settle(self, place: str, record: str) -> None:
        """The device was told that the server has all it wrote to the record."""
        self._unsent[place].pop(record, None)

    def rename(self, place: str) -> None:
        """What the device has not sent goes on as other saves: those that have the old names may be there or not."""
        for record, numbers in self._unsent[place].items():
            names: dict[int, int] = {}
            for number in numbers:
                save = self.oracle.saves[number]
                past, replaced = _renamed(save.past, names), _renamed(save.replaced, names)
                names[number] = self.oracle.add(save._replace(past=past, replaced=replaced, origin=number))
            self._known[place][record] = _renamed(self._known[place][record], names)
            self.shown[place] = _renamed(self.shown.get(place, NOTHING), names)
            self._unsent[place][record] = list(names.values())

    def copy(self, place: str) -> Page:
        unsent = {record: list(numbers) for record, numbers in self._unsent[place].items()}
        return Page(dict(self._known[place]), unsent)

    def restore(self, place: str, page: Page) -> None:
        """A place is as it was; what it alone held is gone, and nobody can be blamed."""
        before = self.held()
        self._known[place] = dict(page.known)
        self._unsent[place] = {record: list(numbers) for record, numbers in page.unsent.items()}
        self.excused |= before - self.held()

    def held(self) -> set[int]:
        """Every save that some place knows, by the name that it first had."""
        known = (number for records in self._known.values() for numbers in records.values() for number in numbers)
        return self.origins(known)

    def origins(self, numbers: Iterable[int]) -> set[int]:
        return {self.oracle.origin(number) for number in numbers}


def _renamed(known: Known, names: dict[int, int]) -> Known:
    return frozenset(names.get(number, number) for number in known)
