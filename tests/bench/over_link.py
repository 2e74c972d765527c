"""The same over a phone's link: 100 ms there and back, 5 Mbit/s up, 20 Mbit/s down."""

import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.bench.device import LAPTOP, PHONE, Device
from tests.bench.figures import Figure
from tests.bench.link import phone_link
from tests.bench.measured import Measured
from tests.bench.pair import Pair
from tests.bench.promises import promised
from tests.bench.records import as_record, entries

SIZES = [1_000, 10_000]
RUNS = 5
EDITS = 20


def measure() -> Iterator[Figure]:
    """A journal up, down to a fresh device, and an edit, over connections that are open already."""
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            server = Measured(Path(folder))
            tokens = server.add_people(1 + RUNS)
            with server, phone_link(server.port) as port:
                yield from _measure(server, tokens, port, size)


def _measure(server: Measured, tokens: list[str], port: int, size: int) -> Iterator[Figure]:
    written = [as_record(entry, PHONE) for entry in entries(size)]
    ups, downs, edits = [], [], []
    for run, token in enumerate(tokens):
        at = port if run else server.port  # the first, which warms the server up, has no time to lose
        with Device(at, token, PHONE) as phone, Device(at, token, LAPTOP) as laptop:
            for record in written:
                phone.keep(record)
            ups.append(server.cost([phone], phone.upload).wall_ms)
            downs.append(server.cost([laptop], laptop.pull).wall_ms)
            pair = Pair(server, phone, laptop)
            pair.check()
            edits.append([pair.one_edit().wall_ms for _ in range(EDITS if run == RUNS else 1)])
    yield promised("upload, phone link", size, statistics.median(ups[1:]), "ms")
    yield promised("download, phone link", size, statistics.median(downs[1:]), "ms")
    yield promised("one edit, both ask once, 100 ms round trip", size, statistics.median(edits[-1]), "ms")
