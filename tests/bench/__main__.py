"""`make bench`: measure, print a table, write var/bench.json; status 1 when a promise is missed."""

import sys
import tempfile
from pathlib import Path

from tests.bench import first_visit, journal_page
from tests.bench.figures import Figure, table, write
from tests.serving import Serving

ROOT = Path(__file__).parents[2]
MEASURES = [first_visit.measure, journal_page.measure]


def main() -> None:
    """Run each measure against a server of its own."""
    figures: list[Figure] = []
    for measure in MEASURES:
        with tempfile.TemporaryDirectory() as folder, Serving(Path(folder)) as server:
            figures += measure(server)
    print(table(figures))
    write(figures, ROOT / "var" / "bench.json")
    sys.exit(0 if all(figure.is_met for figure in figures) else 1)


main()
