"""`make lighthouse`: what Lighthouse says of each page on a middling phone with a slow connection; status 1 below 100.

Each page is a first visit, answered by the server: a page from the phone's own worker is faster than Lighthouse can see.
`make lighthouse ARGS="--runs 1"` is quicker and says less.
"""

import argparse
import os
import statistics
import sys
import tempfile
from pathlib import Path

import msgspec

from tests.browser.device import PASSPHRASE
from tests.serving import Serving
from tools.lighthouse.asking import Report, Visitor, ask, signed_in

ROOT = Path(__file__).parents[2]
NEWCOMER, MARA = Visitor("a newcomer"), "mara@example.org"
PUBLIC = ("/", "/learn")
HERS = ("/", "/practise", "/journal", "/learn")
MOST_PAINT_MS = 1500  # until the largest paint
HEADINGS = ("page", "seen by", "perf", "a11y", "best", "SEO", "LCP", "CLS", "TBT", "page", "in all")


class Row(msgspec.Struct, frozen=True):
    """The median of a page's runs."""

    path: str
    visitor: str
    report: Report
    is_public: bool

    @property
    def is_met(self) -> bool:
        """Whether this page is as good as Lighthouse can say; nobody searches for what is somebody's own."""
        scores = {name: score for name, score in self.report.scores.items() if self.is_public or name != "seo"}
        return min(scores.values()) == 100 and self.report.paint_ms < MOST_PAINT_MS and self.report.shift == 0


def main() -> None:
    """Open each page as each visitor, and print, keep and judge what came out."""
    arguments = argparse.ArgumentParser("make lighthouse")
    arguments.add_argument("--runs", type=int, default=3, help="of which the median counts")
    runs = arguments.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        server = Serving(Path(folder))
        server.run("account", "add", MARA, typed=PASSPHRASE)
        server.run("demo", MARA)
        with server:
            mara = signed_in(server.url, MARA, PASSPHRASE)
            asked = [(path, NEWCOMER) for path in PUBLIC] + [(path, mara) for path in HERS]
            rows = [Row(path, who.name, _median(server.url + path, who, runs), path in PUBLIC) for path, who in asked]
    print(_table(rows))
    print(f"Lighthouse {rows[0].report.version}, median of {runs}; load {os.getloadavg()[0]:.2f}")
    kept = ROOT / "var" / "lighthouse.json"
    kept.parent.mkdir(exist_ok=True)
    kept.write_bytes(msgspec.json.format(msgspec.json.encode(rows)) + b"\n")
    sys.exit(0 if all(row.is_met for row in rows) else 1)


def _median(url: str, visitor: Visitor, runs: int) -> Report:
    """Of each figure the median of its own."""
    reports = [ask(url, visitor) for _ in range(runs)]
    figures = ("paint_ms", "shift", "blocked_ms", "page_bytes", "bytes")
    return msgspec.structs.replace(
        reports[0],
        scores={name: round(statistics.median(each.scores[name] for each in reports)) for name in reports[0].scores},
        faults=sorted({fault for each in reports for fault in each.faults}),
        **{name: statistics.median(getattr(each, name) for each in reports) for name in figures},
    )


def _table(rows: list[Row]) -> str:
    lines = [HEADINGS, *(_cells(row) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADINGS))]
    shown = [
        "  ".join(
            cell.ljust(width) if at < 2 else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        for line in lines
    ]
    faults = [f"{row.path}, {row.visitor}: {fault}" for row in rows if not row.is_met for fault in row.report.faults]
    return "\n".join([*shown, *faults])


def _cells(row: Row) -> tuple[str, ...]:
    report = row.report
    scores = [str(score) if row.is_public or name != "seo" else "–" for name, score in report.scores.items()]
    figures = [f"{report.paint_ms / 1000:.2f} s", f"{report.shift:.3g}", f"{report.blocked_ms:.0f} ms"]
    sizes = [f"{size / 1000:.1f} kB" for size in (report.page_bytes, report.bytes)]
    return (row.path, row.visitor, *scores, *figures, *sizes)


main()
