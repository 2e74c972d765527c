"""Figures: what was measured, what was promised, as a table for people and as JSON for comparing."""

import platform
import statistics
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec

TIMES = 15
YES_OR_NO = "yes or no"  # a unit


class Figure(msgspec.Struct, frozen=True, omit_defaults=True):
    name: str
    value: float
    unit: str
    at_most: float | None = None
    at_least: float | None = None
    size: int | None = None  # records in the journal
    best_peer: str = ""

    @property
    def is_met(self) -> bool:
        """Whether the figure keeps what was promised, if anything was."""
        return (self.at_most is None or self.value <= self.at_most) and (
            self.at_least is None or self.value >= self.at_least
        )


class Bench(msgspec.Struct, frozen=True):
    """One run, and the machine it ran on: compare ratios, not absolutes."""

    taken_at: int  # seconds since the epoch
    machine: str
    python: str
    figures: list[Figure]


def median_ms(work: Callable[[], object], times: int = TIMES) -> float:
    """Time some work in ms; the first run, which warms up, does not count."""
    work()
    return statistics.median(_ms(work) for _ in range(times))


def table(figures: Iterable[Figure]) -> str:
    """Lay figures out in columns."""
    rows = [("figure", "N", "measured", "promised", "", "best peers")]
    rows += [
        (
            each.name,
            f"{each.size:,}" if each.size else "",
            _shown(each.value, each.unit),
            _limit(each),
            "" if each.is_met else "MISSED",
            each.best_peer,
        )
        for each in figures
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(_line(row, widths).rstrip() for row in rows)


def write(figures: list[Figure], path: Path) -> None:
    """Keep a run as JSON."""
    bench = Bench(int(time.time()), platform.platform(), platform.python_version(), figures)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(msgspec.json.format(msgspec.json.encode(bench)) + b"\n")


def _ms(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def _line(row: tuple[str, ...], widths: list[int]) -> str:
    name, *numbers, missed, peers = (
        cell.rjust(width) if 0 < column < len(row) - 2 else cell.ljust(width)
        for column, (cell, width) in enumerate(zip(row, widths, strict=True))
    )
    return "  ".join([name, *numbers, missed, peers])


def _limit(figure: Figure) -> str:
    if figure.at_least is not None:
        shown = _shown(figure.at_least, figure.unit)
        return shown if figure.unit == YES_OR_NO else f"≥ {shown}"
    return "" if figure.at_most is None else f"≤ {_shown(figure.at_most, figure.unit)}"


def _shown(value: float, unit: str) -> str:
    if unit == YES_OR_NO:
        return "yes" if value else "no"
    decimals = 2 if value < 10 else 1 if value < 100 else 0
    number = f"{value:,.{decimals}f}" if value % 1 else f"{value:,.0f}"
    return f"{number} {unit}".rstrip()
