"""What Rewire shows is what the entries say: numbers worked out by hand, which tests/web/rewire.test.js checks as well."""

import json
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.practice_numbers import Practised
from server.reactions import part_of_day, setbacks, stretches
from server.widths import HALF_LIFE, ONE, path_widths, weight
from tests.postgres import ROOT

VECTORS = json.loads((ROOT / "tests/vectors/rewire.json").read_text())
ratings = st.none() | st.integers(0, 100)
histories = st.lists(st.tuples(st.integers(0, 500), ratings, ratings), max_size=30)


def practices(rows: Iterable[Sequence[Any]]) -> list[Practised]:
    """Each row is a day, both reactions, and how often."""
    return [
        Practised("id", "", day, 12, old, new, None, None, [], "")
        for day, old, new, *times in rows
        for _ in range(*(times or [1]))
    ]


def named(name: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", VECTORS[name], ids=lambda case: case["name"])


@named("widths")
def test_paths_are_as_wide_as_their_use(case: dict[str, Any]) -> None:
    assert path_widths(practices(case["practices"]), case["day"]) == (case["old"], case["new"])


def test_an_entry_counts_half_after_each_half_life_and_less_each_day() -> None:
    assert [weight(HALF_LIFE * times) for times in (0, 1, 2, 16, 17, 1000)] == [ONE, ONE // 2, ONE // 4, 1, 0, 0]
    weights = [weight(age) for age in range(4 * HALF_LIFE)]
    assert all(earlier > later for earlier, later in pairwise(weights))
    assert abs(weight(30) - 46341) < 33  # ONE · √½


@named("stretches")
def test_means_are_by_days_or_weeks_with_gaps(case: dict[str, Any]) -> None:
    found = stretches(practices(case["practices"]), case["first"], case["last"])
    assert [[each.first, *each.old, *each.new] for each in found] == case["stretches"]


def test_three_hundred_years_fit_into_the_picture() -> None:
    case = VECTORS["most_stretches"]
    assert len(stretches([], case["first"], case["last"])) == case["stretches"]


@named("setbacks")
def test_a_setback_is_told_with_what_followed(case: dict[str, Any]) -> None:
    found = setbacks(practices(case["practices"]))
    assert [[each.day, each.days] for each in found] == case["setbacks"]


@pytest.mark.parametrize(("hour", "part"), VECTORS["parts"])
def test_each_hour_is_in_a_part_of_the_day(hour: int, part: str) -> None:
    assert part_of_day(hour) == part


@given(histories, st.randoms())
def test_the_order_of_entries_makes_no_path_wider(history: list[Any], chance: Any) -> None:
    some = practices(history)
    shuffled = list(some)
    chance.shuffle(shuffled)
    assert path_widths(some, 600) == path_widths(shuffled, 600)


@given(histories, st.integers(500, 2000))
def test_without_practice_paths_thin_and_never_go(history: list[Any], day: int) -> None:
    some = practices(history)
    old, new = path_widths(some, day)
    old_later, new_later = path_widths(some, day + 1)
    assert 2 <= old_later <= old < 22
    assert 2 <= new_later <= new < 22


@given(histories, st.integers(0, 100))
def test_a_lapse_takes_nothing_from_the_new_path(history: list[Any], strength: int) -> None:
    before = path_widths(practices(history), 500)
    after = path_widths(practices([*history, (500, strength, None)]), 500)
    assert after[1] == before[1]
    assert after[0] >= before[0]
