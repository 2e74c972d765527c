"""How wide the two paths of a trait are drawn: by use that fades. Twin: web/phone/widths.js.

A moment is a step on the path that was taken: its stronger reaction; on both where they are alike. A path's use on a day
is U = Σ rating/100 · 2^(−age/60 days) of its steps, and its share of the widest is U / (U + 10).
The old path has a head start of 30 full practices at the first entry, which fades alike: it was walked long before.

Why so: a habit grows in smaller and smaller steps towards a plateau, and a missed day changes next to nothing (Lally et
al. 2010, Eur J Soc Psychol 40:998: 66 days in the median), which a share of use has and a count of days in a row has not;
60 days are near that. What was learned first stays beside what is learned later (Bouton 2004; PMC4598943): neither path
ever goes below the thinnest. The three numbers are choices for a picture and no measure of anybody's brain.

Whole numbers only, so that both hosts draw the same: a full practice today counts 100 · 2^16.
"""

from collections.abc import Iterable

from server.practice_numbers import Practised

HALF_LIFE = 60  # days
ONE = 2**16  # the weight of today
DAILY = 64783  # ONE · 2^(−1/60), rounded
PRACTICE = 100 * ONE
HALF_WAY = 10 * PRACTICE  # the use at which a path has half of the greatest width
HEAD_START = 30
THINNEST, WIDEST = 2, 22  # units of the picture


def path_widths(practices: Iterable[Practised], day: int) -> tuple[int, int]:
    """The old and the new path's widths on that day, from what was practised until then, the earliest first."""
    until = [each for each in practices if each.day <= day]
    old = sum(_step(each.old or 0, each.new or 0) * weight(day - each.day) for each in until)
    new = sum(_step(each.new or 0, each.old or 0) * weight(day - each.day) for each in until)
    first = min((each.day for each in until), default=day)
    return _width(old + HEAD_START * 100 * weight(day - first)), _width(new)


def share(width: int) -> int:
    """How much of the greatest width a path has, in percent."""
    return (width - THINNEST) * 100 // (WIDEST - THINNEST)


def weight(age: int) -> int:
    """What an entry of so many days ago still counts, of ONE: exactly half after each half-life."""
    halvings, days = divmod(age, HALF_LIFE)
    return WEIGHTS[days] >> min(halvings, 17)


def _step(rating: int, other: int) -> int:
    return rating if rating >= other else 0


def _weights() -> list[int]:
    weights = [ONE]
    for _ in range(HALF_LIFE - 1):
        weights.append(weights[-1] * DAILY // ONE)
    return weights


WEIGHTS = _weights()


def _width(use: int) -> int:
    return THINNEST + (WIDEST - THINNEST) * use // (use + HALF_WAY)
