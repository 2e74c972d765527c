"""Thirty-two devices at once, with commits shared and not, in journals of their own and all in one."""

import statistics
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.bench.device import LAPTOP, Device
from tests.bench.figures import Figure
from tests.bench.load import Load, Pusher, load
from tests.bench.measured import Measured
from tests.bench.records import as_record, entries

DEVICES = 32
SECONDS, WARMING = 5, 1
LEAST_PER_SECOND = 1500
MOST_P99_MS = 100
LONE_COMMITS = [sys.executable, "-m", "tests.bench.lone_commits"]


def measure() -> Iterator[Figure]:
    """Acknowledged pushes, on the cores that the load itself takes part of."""
    yield from _measure("own journals", DEVICES, promised=True)
    yield from _measure("own journals, group commit off", DEVICES, LONE_COMMITS)
    yield from _measure("all in one journal", 1)


def _measure(how: str, people: int, command: list[str] | None = None, *, promised: bool = False) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        server = Measured(Path(folder))
        server.command = command or server.command
        tokens = server.add_people(people)
        with server:
            names = [f"device{number:06d}" for number in range(DEVICES)]
            written = [as_record(entry, name) for entry, name in zip(entries(DEVICES), names, strict=True)]
            pushers = [
                Pusher(server.port, tokens[number % people], name, record)
                for number, (name, record) in enumerate(zip(names, written, strict=True))
            ]
            load(pushers, WARMING)
            before = server.cpu_ms
            measured = load(pushers, SECONDS)
            spent = server.cpu_ms - before
            _check(server, tokens, pushers)
    yield from _figures(f"{DEVICES} devices push, {how}", measured, spent, promised=promised)


def _check(server: Measured, tokens: list[str], pushers: list[Pusher]) -> None:
    """See that everything acknowledged is there."""
    there = 0
    for token in tokens:
        with Device(server.port, token, LAPTOP) as laptop:
            laptop.pull()
            there += len(laptop.records)
    for pusher in pushers:
        pusher.close()
    acknowledged = sum(pusher.acknowledged for pusher in pushers)
    assert there == acknowledged, f"{acknowledged} pushes were acknowledged, but {there} records are there"


def _figures(name: str, measured: Load, spent: float, *, promised: bool) -> Iterator[Figure]:
    percentiles = statistics.quantiles(measured.waits_ms, n=100)
    least, most = (LEAST_PER_SECOND, MOST_P99_MS) if promised else (None, None)
    yield Figure(f"{name}: a second", measured.per_second, "", at_least=least)
    yield Figure(f"{name}: p50", percentiles[49], "ms")
    yield Figure(f"{name}: p99", percentiles[98], "ms", at_most=most)
    yield Figure(f"{name}: server's CPU for one", spent / len(measured.waits_ms), "ms")
