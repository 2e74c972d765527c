"""Whole journals over loopback: sent up from empty, and taken down by a fresh device."""

import statistics
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.bench.device import LAPTOP, PHONE, Device
from tests.bench.figures import Figure
from tests.bench.measured import Cost, Measured
from tests.bench.records import as_record, entries

SIZES = [1_000, 10_000, 100_000]
PROMISED = 10_000
RUNS = 5  # after one that warms the server up


def measure() -> Iterator[Figure]:
    """Fill journals of each size, on a server of its own each."""
    for size in SIZES:
        yield from measure_size(size)


def measure_size(size: int) -> Iterator[Figure]:
    """Each run is of another person, so that every upload begins with an empty journal."""
    written = [as_record(entry, PHONE) for entry in entries(size)]
    ups, downs = [], []
    with tempfile.TemporaryDirectory() as folder:
        server = Measured(Path(folder))
        tokens = server.add_people(1 + RUNS)
        with server:
            for token in tokens:
                with Device(server.port, token, PHONE) as phone, Device(server.port, token, LAPTOP) as laptop:
                    for record in written:
                        phone.keep(record)
                    ups.append(server.cost([phone], phone.upload))
                    downs.append(server.cost([laptop], laptop.pull))
                    assert laptop.records == phone.records, "the devices differ"
                    assert len(laptop.records) == laptop.cursor == size, "the journal is not what was sent"
            peak = server.peak_mb
    yield from _figures("upload from empty", size, ups, (450, 1.85, 250), UPLOAD_PEERS)
    yield from _figures("download by a fresh device", size, downs, (150, 1.9, 100), DOWNLOAD_PEERS)
    yield _figure("server, peak memory", size, peak, "MB", 110, "Anki 80 MB; Actual 260 MB")


UPLOAD_PEERS = ("Anki 806 ms; Yjs 903 ms; PouchDB 2.6 s", "Anki 1.95 MB; Yjs 15 MB", "Anki 540 ms")
DOWNLOAD_PEERS = ("Anki 165 ms; Yjs 655 ms; TinyBase 2.0 s", "Anki 2.28 MB", "Anki 80 ms")


def _figures(
    name: str, size: int, costs: list[Cost], limits: tuple[float, float, float], peers: tuple[str, str, str]
) -> Iterable[Figure]:
    counted = costs[1:]
    wall, crossed, cpu = (
        statistics.median(each)
        for each in zip(*((cost.wall_ms, cost.bytes, cost.cpu_ms) for cost in counted), strict=True)
    )
    yield _figure(f"{name}: wall", size, wall, "ms", limits[0], peers[0])
    yield _figure(f"{name}: bytes both ways", size, crossed / 1e6, "MB", limits[1], peers[1])
    yield _figure(f"{name}: server's CPU", size, cpu, "ms", limits[2], peers[2])


def _figure(name: str, size: int, value: float, unit: str, limit: float, peers: str) -> Figure:
    """The peers were measured, and the promises made, at one size."""
    if size != PROMISED:
        return Figure(name, value, unit, size=size)
    return Figure(name, value, unit, limit, size=size, best_peer=peers)
