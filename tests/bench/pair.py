"""Two devices of one person, in step, and their server."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from tests.bench.device import LAPTOP, PHONE, Device
from tests.bench.measured import Cost, Measured
from tests.bench.records import as_record, entries

LATER = 1_900_000_000_000  # ms since the epoch: after all that the journals hold
STRIDE = 7919  # a prime, so that edits fall anywhere in a journal
WORDING = "They laughed at me, and I laughed with them until none of us knew why, {}"


class Pair:
    def __init__(self, server: Measured, phone: Device, laptop: Device) -> None:
        self.server = server
        self.phone = phone
        self.laptop = laptop
        self._names = list(phone.records)
        self._edits = count(1)

    @property
    def devices(self) -> list[Device]:
        return [self.phone, self.laptop]

    def edit(self) -> str:
        """Save other words on the phone, which knows of them alone until it asks."""
        number = next(self._edits)
        name = self._names[number * STRIDE % len(self._names)]
        self.phone.save(name, {"situation": WORDING.format(number)}, LATER)
        return name

    def one_edit(self) -> Cost:
        """An edit, from the moment when the phone asks to that when the laptop, which then asks, has it."""
        name = self.edit()
        cost = self.server.cost(self.devices, self._both_ask)
        self.check_one(name)
        return cost

    def nothing_to_do(self) -> Cost:
        """The laptop asks, and there is nothing."""
        return self.server.cost([self.laptop], self.laptop.exchange)

    def check_one(self, name: str) -> None:
        """See that an edit arrived, and leave all else out of the processor's caches."""
        assert self.laptop.records[name] == self.phone.records[name], "the edit did not arrive"

    def check(self) -> None:
        """See that neither lacks anything that the other has."""
        assert not self.phone.unsent
        assert self.laptop.records == self.phone.records, "the devices differ"

    def _both_ask(self) -> None:
        self.phone.exchange()
        self.laptop.exchange()


@contextmanager
def open_pair(size: int) -> Iterator[Pair]:
    """A journal of so many entries, on a server of its own, which both devices have."""
    with tempfile.TemporaryDirectory() as folder:
        server = Measured(Path(folder))
        [token] = server.add_people(1)
        with server, Device(server.port, token, PHONE) as phone, Device(server.port, token, LAPTOP) as laptop:
            for entry in entries(size):
                phone.keep(as_record(entry, phone.name))
            phone.upload()
            laptop.pull()
            yield Pair(server, phone, laptop)
