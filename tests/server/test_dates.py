"""How moments and days are told; web/phone passes the same cases: tests/web/dates.test.js."""

from typing import Any

from server import moments
from server.ago import ago_text
from server.days import day_of
from server.views.dates import near_text, range_text
from server.words import words_of
from tests.server.test_vectors import each


@each("dates", "near")
def test_near_text(case: dict[str, Any]) -> None:
    today = day_of(moments.now_in(case["now"], case["zone"]))
    assert near_text(case["text"], today, words_of(case["language"])) == case["shown"]


@each("dates", "range")
def test_range_text(case: dict[str, Any]) -> None:
    assert range_text(case["first"], case["last"], words_of(case["language"])) == case["shown"]


@each("dates", "ago")
def test_ago_text(case: dict[str, Any]) -> None:
    assert ago_text(case["ms"], words_of(case["language"])) == case["text"]


@each("dates", "time")
def test_time_text(case: dict[str, Any]) -> None:
    words = words_of("en")
    words = {**words, "dates": {**words["dates"], "time": case["pattern"]}}
    moment = moments.parse(case["text"])
    assert moment
    assert moments.time_text(moment, words) == case["shown"]


@each("dates", "stamp")
def test_stamp(case: dict[str, Any]) -> None:
    assert moments.stamp(case["text"]) == case["stamp"]
