"""One edit, and nothing at all, between two devices in step: what a day of use consists of."""

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack

from sync.record import decode, read
from tests.bench.bulk import PROMISED, SIZES
from tests.bench.connection import Connection
from tests.bench.figures import YES_OR_NO, Figure
from tests.bench.measured import Cost
from tests.bench.pair import LATER, Pair, open_pair

TIMES, WARMING = 100, 10  # a few ms each
MOST_GROWTH = 1.3  # from the smallest journal to the largest


def measure() -> Iterator[Figure]:
    """Take all sizes in turn, one edit each, so that what else the machine does falls on all of them alike."""
    with ExitStack() as stack:
        pairs = {size: stack.enter_context(open_pair(size)) for size in SIZES}
        edits = _in_turn(pairs, Pair.one_edit)
        nothing = _in_turn(pairs, Pair.nothing_to_do)
        live = {size: statistics.median(_live(pair)) for size, pair in pairs.items()}
        kept = {size: _keeps_both(pair) for size, pair in pairs.items()}
    for size in SIZES:
        yield from _costs("one edit, both ask once", size, edits[size], 5, 1200, EDIT_PEERS)
        yield _figure("one edit, live", size, live[size], "ms", 6, "Yjs 2 ms; TinyBase 2 ms; PouchDB 27 ms")
        yield from _costs("nothing to do", size, nothing[size], 0.7, 450, NOTHING_PEERS)
        yield Figure(
            "same field edited offline: both kept", kept[size], YES_OR_NO, at_least=1, size=size, best_peer=LOSERS
        )
    small, large = SIZES[0], SIZES[-1]
    growth = edits[large][0] / edits[small][0]
    yield Figure(f"one edit, {large:,} to {small:,}", growth, "", MOST_GROWTH)


EDIT_PEERS = ("Anki 12 ms; Actual 17 ms; Yjs 35 ms", "Yjs 1,300 B; Anki 7,700 B")
NOTHING_PEERS = ("Anki 0.7 ms; TinyBase 5 ms", "Anki 500 B")
LOSERS = "none: Anki, Actual, Yjs, TinyBase lose one; PouchDB hides one"


def _in_turn(pairs: dict[int, Pair], work: Callable[[Pair], Cost]) -> dict[int, tuple[float, float, float]]:
    """The median wall, bytes and CPU for each size."""
    rounds = [[work(pair) for pair in pairs.values()] for _ in range(WARMING + TIMES)][WARMING:]
    return {
        size: (
            statistics.median(cost.wall_ms for cost in costs),
            statistics.median(cost.bytes for cost in costs),
            statistics.mean(cost.cpu_ms for cost in costs),
        )
        for size, costs in zip(pairs, zip(*rounds, strict=True), strict=True)
    }


def _live(pair: Pair) -> Iterator[float]:
    """From the moment when an edit is sent to that when the laptop, woken by its stream, has it."""
    stream = Connection(pair.server.port)
    changes = pair.laptop.changes(stream)
    next(changes)  # the number as it stands
    for _ in range(TIMES):
        pair.edit()
        began = time.perf_counter()
        pair.phone.send()
        next(changes)
        pair.laptop.exchange()
        yield (time.perf_counter() - began) * 1000
        pair.phone.receive()
        pair.check()
    stream.close()


def _keeps_both(pair: Pair) -> bool:
    """Write the same field on both while neither asks; then both ask, and the first once more."""
    name = next(iter(pair.phone.records))
    wordings = {"phone": "They laughed with me", "laptop": "They laughed at me"}
    pair.phone.save(name, {"situation": wordings["phone"]}, LATER + 1)
    pair.laptop.save(name, {"situation": wordings["laptop"]}, LATER + 2)
    for device in (pair.phone, pair.laptop, pair.phone):
        device.exchange()
    pair.check()
    shown = read(decode(pair.phone.records[name]))["situation"]
    return {shown.value, *(rival.value for rival in shown.rivals)} == set(wordings.values())


def _costs(
    name: str, size: int, cost: tuple[float, float, float], most_ms: float, most_bytes: float, peers: tuple[str, str]
) -> Iterator[Figure]:
    wall, crossed, cpu = cost
    yield _figure(f"{name}: wall", size, wall, "ms", most_ms, peers[0])
    yield _figure(f"{name}: bytes both ways", size, crossed, "B", most_bytes, peers[1])
    yield Figure(f"{name}: server's CPU, mean", cpu, "ms", size=size)


def _figure(name: str, size: int, value: float, unit: str, limit: float, peers: str) -> Figure:
    if size != PROMISED:
        return Figure(name, value, unit, size=size)
    return Figure(name, value, unit, limit, size=size, best_peer=peers)
