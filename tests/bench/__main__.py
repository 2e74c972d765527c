"""`make bench`: measure, print a table, write var/bench.json; status 1 when a promise is missed.

`make bench ARGS="bulk edits"` measures these alone, and "sync" is all of the sync layer's.
"""

import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from tests.attacks import storm, timing
from tests.bench import (
    bulk,
    edits,
    first_visit,
    floors,
    journal_page,
    over_link,
    phone_arrival,
    phone_pages,
    pushes,
    slow_visit,
)
from tests.bench.figures import Figure, table, write
from tests.serving import Serving

ROOT = Path(__file__).parents[2]
Measure = Callable[[], Iterable[Figure]]


def main() -> None:
    """Take each measure that was asked for, or all."""
    asked = [each for name in sys.argv[1:] for each in (SYNC if name == "sync" else [name])]
    if unknown := set(asked) - set(MEASURES):
        sys.exit(f"{', '.join(unknown)}: there are {', '.join([*MEASURES, 'sync'])}")
    figures: list[Figure] = []
    for name in asked or MEASURES:
        figures += MEASURES[name]()
    print(table(figures))
    write(figures, ROOT / "var" / "bench.json")
    sys.exit(0 if all(figure.is_met for figure in figures) else 1)


def _served(measure: Callable[[Serving], Iterable[Figure]]) -> Measure:
    def measured() -> list[Figure]:
        with tempfile.TemporaryDirectory() as folder, Serving(Path(folder)) as server:
            return list(measure(server))

    return measured


SYNC: dict[str, Measure] = {
    "floors": floors.measure,
    "bulk": bulk.measure,
    "over_link": over_link.measure,
    "edits": edits.measure,
    "pushes": pushes.measure,
}
MEASURES: dict[str, Measure] = {
    "first_visit": _served(first_visit.measure),
    "slow_visit": _served(slow_visit.measure),
    "journal_page": _served(journal_page.measure),
    "phone_arrival": _served(phone_arrival.measure),
    "phone_pages": _served(phone_pages.measure),
    "timing": timing.measure,
    "storm": storm.measure,
    **SYNC,
}

main()
