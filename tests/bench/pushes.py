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
from tests.postgres import PostgresServer

DEVICES = 32
SECONDS, WARMING = 5, 1
LONE_COMMITS = [sys.executable, "-m", "tests.bench.lone_commits"]


def measure() -> Iterator[Figure]:
    """Acknowledged pushes, on the cores that the load itself takes part of."""
    own = f"{DEVICES} devices push"
    yield from _figures(own, _measured(DEVICES), 1500, 100)
    yield from _figures(f"{own}, group commit off", _measured(DEVICES, LONE_COMMITS))
    yield from _figures(f"{own} to one journal", _measured(1))
    with PostgresServer() as database:
        yield from _figures(
            f"{own}, PostgreSQL", _measured(DEVICES, UNLEARN_DATABASE_URL=database.fresh_database()), 700
        )


def _measured(people: int, command: list[str] | None = None, **settings: str) -> Load:
    with tempfile.TemporaryDirectory() as folder:
        server = Measured(Path(folder), **settings)
        server.command = command or server.command
        tokens = server.add_people(people)
        with server:
            pushers = [
                Pusher(server.port, tokens[number % people], name, as_record(entry, name))
                for number, entry in enumerate(entries(DEVICES))
                for name in [f"device{number:06d}"]
            ]
            load(pushers, WARMING)
            taken = load(pushers, SECONDS)
            _check(server, tokens, pushers)
    return taken


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


def _figures(name: str, taken: Load, least: float | None = None, most_p99: float | None = None) -> Iterator[Figure]:
    percentiles = statistics.quantiles(taken.waits_ms, n=100)
    yield Figure(f"{name}, acknowledged", taken.per_second, "/s", at_least=least)
    yield Figure(f"{name}, p50", percentiles[49], "ms")
    yield Figure(f"{name}, p99", percentiles[98], "ms", most_p99)
