"""Rewire's pages from both hosts: what they say of known numbers, and the same bytes of a year and of impossible dates."""

from datetime import UTC, datetime
from typing import Any

import pytest
from msgspec.structs import replace

from server.demo import invent
from sync.record import Record, delete, new, save
from tests.differential.example import IDS, NOON, PLACE
from tests.differential.phone import Phone
from tests.differential.server import Server

TRAIT, BREATH, LETTER = IDS[0], IDS[1], IDS[2]
RANGES = ["", "?range=1y", "?range=all", "?range=12w"]


def kept(id: str, kind: str, **fields: Any) -> Record:
    return save(new(id, kind), "phone", fields, NOON)


def practice(n: int, at: str, **fields: Any) -> Record:
    return kept(f"01938f6e-0000-7000-9000-{n:012}", "practice", trait_id=TRAIT, happened_at=at, **fields)


def shown(phone: Phone, held: list[Record], address: str) -> str:
    """What both hosts say, in one line."""
    phone.hold(held)
    asked = replace(PLACE, address=address, language="en")
    answer = Server(held).answer(asked)
    assert phone.answer(asked) == answer, address
    return " ".join(answer.html.split())


def test_a_tool_says_what_distress_did_from_five_moments_on(phone: Phone) -> None:
    """Before: (90 + 80 + 70 + 60 + 51) / 5 = 70.2. After: (50 + 40 + 30 + 20 + 12) / 5 = 30.4. The sixth tells no after."""
    numbers = [(90, 50), (80, 40), (70, 30), (60, 20), (51, 12), (99, None)]
    held = [
        kept(TRAIT, "trait", name="Hurry"),
        kept(BREATH, "tool", name="Long breath"),
        kept(LETTER, "tool", name="A kind letter"),
        *(
            practice(
                n,
                f"2026-11-{10 + n}T1{n}:00:00Z",
                tool_ids=[BREATH, BREATH, *([LETTER] if n < 4 else []), "nobody"],
                distress_before=before,
                distress_after=after,
                old_reaction=10 * n,
                context="work" if n < 5 else "home",
            )
            for n, (before, after) in enumerate(numbers)
        ),
    ]
    page = shown(phone, held, f"/rewire/{TRAIT}")
    assert "from 70 to 30 on average, 5 moments" in page
    assert page.count("Too few to say yet: 4 moments.") == 2  # the letter's, and the afternoon's
    assert '<th scope="row">At work</th> <td>20 (5)' in page
    assert "Too few to say yet: 1 moment." in page  # at home


def test_where_no_reaction_was_rated_no_line_is_drawn(phone: Phone) -> None:
    held = [kept(TRAIT, "trait", name="Hurry"), practice(1, "2026-11-20T10:00:00Z", distress_before=40)]
    page = shown(phone, held, f"/rewire/{TRAIT}")
    assert "No reaction was rated in this time." in page
    assert 'class="curves"' not in page
    assert "Days with logged moments since 31 August 2026: 1." in page


def test_quick_logs_of_one_reaction_say_what_changed_and_where_it_came_back(phone: Phone) -> None:
    """The old reaction lately: (80 + 60 + 40) / 3. Before: 90. The new one was logged once, on the 19th."""
    old = [("10-05", 90), ("10-06", 90), ("10-07", 90), ("11-16", 80), ("11-17", 60), ("11-20", 40)]
    held = [
        kept(TRAIT, "trait", name="Hurry"),
        *(practice(n, f"2026-{day}T13:00:00Z", old_reaction=rated) for n, (day, rated) in enumerate(old)),
        practice(7, "2026-11-19T13:00:00Z", new_reaction=100),
    ]
    page = shown(phone, held, f"/rewire/{TRAIT}")
    assert (
        "In the last four weeks the old reaction was 60 of 100 on average. In the four weeks before it was 90." in page
    )
    assert "20 November 2026: the old reaction was stronger." in page
    assert '<th scope="row">Afternoon</th> <td>70' not in page
    assert "too few (1)" in page  # the afternoons' new reaction
    assert "The lines across are at 0, 50 and 100." in page


def test_the_width_of_each_path_can_be_read(phone: Phone) -> None:
    """Ten full new steps are 10 of 10 + 10, and the head start is 30 of 30 + 10: see tests/vectors/rewire.json."""
    steps = [practice(n, "2026-11-22T10:00:00Z", new_reaction=100) for n in range(10)]
    page = shown(phone, [kept(TRAIT, "trait", name="Hurry"), *steps], f"/rewire/{TRAIT}")
    assert '<th scope="row">Now</th><td>75</td><td>50</td>' in page


def test_traits_at_rest_are_folded_away_and_bins_say_nothing(phone: Phone) -> None:
    held = [
        kept(TRAIT, "trait", name="Hurry"),
        kept(IDS[3], "trait", name="Worry", state="rested"),
        delete(practice(1, "2026-11-20T10:00:00Z", old_reaction=90), "phone", NOON + 1),
    ]
    page = shown(phone, held, "/rewire")
    assert page.index("Hurry") < page.index("Traits at rest") < page.index("Worry")
    assert page.count("No moments logged yet.") == 2
    assert "No moments logged yet." in shown(phone, held, f"/rewire/{TRAIT}")


@pytest.mark.parametrize("address", [f"/rewire/{TRAIT}{each}" for each in RANGES])
def test_impossible_dates_neither_break_a_page_nor_make_it_long(phone: Phone, address: str) -> None:
    years = [1900, 1970, 2025, 2026, 2199]
    dates = [f"{year}-{month:02}-28T{month:02}:00:00+23:59" for year in years for month in range(1, 13)]
    held = [
        kept(TRAIT, "trait", name="Hurry"),
        *(practice(n, at, old_reaction=n, new_reaction=60 - n) for n, at in enumerate(dates)),
    ]
    assert len(shown(phone, held, address)) < 150_000


def test_a_year_is_drawn_the_same(phone: Phone) -> None:
    until = datetime.fromtimestamp(PLACE.now / 1000, UTC).date()
    held = invent(3, 400, until)
    phone.hold(held)
    server = Server(held)
    traits = [record.id for record in held if record.kind == "trait"]
    pages = [f"/rewire/{trait}{each}" for trait in traits for each in [*RANGES, "/review"]]
    for address in ["/", "/rewire", *pages]:
        asked = replace(PLACE, address=address, language="en")
        assert phone.answer(asked) == server.answer(asked), address
