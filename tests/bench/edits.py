"""One edit, and nothing at all, between two devices in step: what a day of use consists of."""

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack

from sync.record import decode, read
from tests.bench.bulk import SIZES
from tests.bench.connection import Connection
from tests.bench.figures import YES_OR_NO, Figure
from tests.bench.measured import Cost, medians
from tests.bench.pair import LATER, Pair, open_pair
from tests.bench.promises import promised

TIMES, WARMING = 100, 10  # a few ms each
MOST_GROWTH = 1.3  # from the smallest journal to the largest


def measure() -> Iterator[Figure]:
    """Take all sizes in turn, one edit each, so that what else the machine does falls on all of them alike."""
    with ExitStack() as stack:
        pairs = {size: stack.enter_context(open_pair(size)) for size in SIZES}
        edits = _in_turn(pairs, Pair.one_edit)
        nothing = _in_turn(pairs, Pair.nothing_to_do)
        live = {size: statistics.median(_live(pair)) for size, pair in pairs.items()}
        kept = {size: keeps_both(pair) for size, pair in pairs.items()}
    for size in SIZES:
        yield from _costs("one edit, both ask once", size, edits[size])
        yield promised("one edit, live", size, live[size], "ms")
        yield from _costs("nothing to do", size, nothing[size])
        yield promised("same field edited offline, both kept", size, kept[size], YES_OR_NO)
    small, large = SIZES[0], SIZES[-1]
    yield Figure(f"one edit, {large:,} to {small:,}", edits[large].wall_ms / edits[small].wall_ms, "", MOST_GROWTH)


def keeps_both(pair: Pair) -> bool:
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


def _in_turn(pairs: dict[int, Pair], work: Callable[[Pair], Cost]) -> dict[int, Cost]:
    """The medians for each size."""
    rounds = [[work(pair) for pair in pairs.values()] for _ in range(WARMING + TIMES)][WARMING:]
    return {size: medians(costs) for size, costs in zip(pairs, zip(*rounds, strict=True), strict=True)}


def _live(pair: Pair) -> Iterator[float]:
    """From the moment when an edit is sent to that when the laptop, woken by its stream, has it."""
    stream = Connection(pair.server.port)
    changes = pair.laptop.changes(stream)
    next(changes)  # the number as it stands
    for _ in range(TIMES):
        name = pair.edit()
        began = time.perf_counter()
        pair.phone.send()
        next(changes)
        pair.laptop.exchange()
        yield (time.perf_counter() - began) * 1000
        pair.check_one(name)
        pair.phone.receive()
    stream.close()
    pair.check()


def _costs(name: str, size: int, cost: Cost) -> Iterator[Figure]:
    yield promised(name, size, cost.wall_ms, "ms")
    yield promised(f"{name}, bytes both ways", size, cost.bytes, "B")
    yield promised(f"{name}, server's CPU", size, cost.cpu_ms, "ms")
