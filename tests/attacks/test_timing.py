"""The statistic that the timing of sign-ins is judged by."""

import random

from tests.attacks.timing import ks


def test_two_samples_of_one_thing_are_not_told_apart_and_of_two_things_are() -> None:
    chance = random.Random(7)  # noqa: S311 - no secret
    some, others = ([chance.gauss(5, 1) for _ in range(2000)] for _ in range(2))
    assert ks(some, others)[1] > 0.05
    assert ks(some, [each + 0.2 for each in others])[1] < 0.001


def test_it_gives_the_figures_of_the_books() -> None:
    d, p = ks([1, 2, 3, 4], [5, 6, 7, 8])
    assert d == 1
    assert p < 0.03
    assert ks([1, 2, 3], [1, 2, 3]) == (0, 1)
