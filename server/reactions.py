"""Reactions over time: means by stretches of days, by groups, and setbacks. Twin: web/phone/reactions.js.

The mean is rounded half up. Fewer than FEW entries say nothing on their own, and are shown as that.
"""

from collections.abc import Iterable
from typing import NamedTuple

from server.practice_numbers import Practised

FEW = 5
WEEK = 7
MOST_STRETCHES = 104  # that a curve has room for
SINGLE_DAYS = 28  # up to which each day stands alone
PARTS = (("morning", 5), ("afternoon", 12), ("evening", 18), ("night", 22))  # from this hour on


class Mean(NamedTuple):
    """A mean of how many; None of none."""

    value: int | None
    rated: int


class Stretch(NamedTuple):
    """So many days from the first on, and both reactions in them."""

    first: int
    old: Mean
    new: Mean


class Setback(NamedTuple):
    """An entry with which the old reaction came back, and the days until the new was at least as strong (None: not yet)."""

    id: str
    day: int
    days: int | None


def mean(numbers: Iterable[int | None]) -> Mean:
    """The mean of the numbers that there are."""
    rated = [number for number in numbers if number is not None]
    return Mean((2 * sum(rated) + len(rated)) // (2 * len(rated)) if rated else None, len(rated))


def stretch_days(first: int, last: int) -> int:
    """How many days a stretch of the curve has: one, a week, or as many weeks as keep it readable."""
    days = last - first + 1
    return 1 if days <= SINGLE_DAYS else WEEK * -(-days // (WEEK * MOST_STRETCHES))


def stretches(practices: Iterable[Practised], first: int, last: int) -> list[Stretch]:
    """The days from first to last in stretches that end with the last day, empty ones too."""
    size = stretch_days(first, last)
    count = -(-(last - first + 1) // size)
    begins = last + 1 - count * size
    held: list[list[Practised]] = [[] for _ in range(count)]
    for each in practices:
        if begins <= each.day <= last:
            held[(each.day - begins) // size].append(each)
    return [
        Stretch(begins + at * size, mean(each.old for each in some), mean(each.new for each in some))
        for at, some in enumerate(held)
    ]


def setbacks(practices: Iterable[Practised]) -> list[Setback]:
    """The setbacks among the entries that rate a reaction, the earliest first.

    One is where the old reaction is stronger than the new right after an entry in which it was not (relapse: Bouton 2002).
    Who logs one reaction only, as a quick log does, tells of a moment in which the other was not there.
    """
    found: list[Setback] = []
    new_held = False
    back: Practised | None = None
    for each in practices:
        if each.old is None and each.new is None:
            continue
        if (each.old or 0) <= (each.new or 0):
            if back:
                found.append(Setback(back.id, back.day, max(0, each.day - back.day)))
            new_held, back = True, None
        elif new_held:
            new_held, back = False, each
    return [*found, Setback(back.id, back.day, None)] if back else found


def part_of_day(hour: int) -> str:
    """The part of the day that the hour is in."""
    return next((name for name, begins in reversed(PARTS) if hour >= begins), "night")
