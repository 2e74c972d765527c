"""Whole journals over loopback: sent up from empty, and taken down by a fresh device."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.bench.device import LAPTOP, PHONE, Device
from tests.bench.figures import Figure
from tests.bench.measured import Cost, Measured, medians
from tests.bench.promises import promised
from tests.bench.records import as_record, entries

SIZES = [1_000, 10_000, 100_000]
RUNS = 5  # after one that warms the server up
WAYS_DOWN = {"download by a fresh device": "zstd", "download, gzip alone": "gzip"}


def measure() -> Iterator[Figure]:
    """Fill journals of each size, on a server of its own each."""
    for size in SIZES:
        yield from _measure(size)


def _measure(size: int) -> Iterator[Figure]:
    """Each run is of another person, so that every upload begins with an empty journal."""
    written = [as_record(entry, PHONE) for entry in entries(size)]
    costs: dict[str, list[Cost]] = {"upload from empty": [], **{way: [] for way in WAYS_DOWN}}
    with tempfile.TemporaryDirectory() as folder:
        server = Measured(Path(folder))
        tokens = server.add_people(1 + RUNS)
        with server:
            for token in tokens:
                with Device(server.port, token, PHONE) as phone:
                    for record in written:
                        phone.keep(record)
                    costs["upload from empty"].append(server.cost([phone], phone.upload))
                    for way, codings in WAYS_DOWN.items():
                        costs[way].append(_download(server, token, codings, phone))
            peak = server.peak_mb
    for name, runs in costs.items():
        cost = medians(runs[1:])
        yield promised(name, size, cost.wall_ms, "ms")
        yield promised(f"{name}, bytes both ways", size, cost.bytes / 1e6, "MB")
        yield promised(f"{name}, server's CPU", size, cost.cpu_ms, "ms")
    yield promised("server's peak memory", size, peak, "MB")


def _download(server: Measured, token: str, codings: str, phone: Device) -> Cost:
    with Device(server.port, token, LAPTOP, takes=codings) as laptop:
        cost = server.cost([laptop], laptop.pull)
    assert laptop.records == phone.records, "the devices differ"
    assert laptop.cursor == len(laptop.records), "the journal is not what was sent"
    return cost
