"""The library, plans and their rehearsal, from both hosts."""

import pytest
from msgspec.structs import replace

from server.words import words_of
from sync.record import Record, new, save
from tests.differential.example import IDS, NOBODY, NOON, PLACE, sent
from tests.differential.hostile import plain, steeped
from tests.differential.phone import Phone
from tests.differential.server import Server
from tests.differential.test_two_hosts import same

NONE = ["constructor", "__proto__", "toString", "nothing", "%3Cb%3E"]
ADDRESSES = [
    f"/equip?trait={IDS[0]}",
    f"/equip?trait={IDS[2]}",
    "/equip?trait=constructor",
    f"/library/worry_time?trait={IDS[0]}",
    "/library/worry_time?trait=%22%3E",
    *(f"/library/{slug}" for slug in [*words_of("en")["library"], *NONE]),
]


def steeped_and_plain() -> list[Record]:
    return [*steeped("before", "2026-11-22T18:03:00+01:00[Europe/Madrid]"), *(plain(n, n % 4) for n in range(9))]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("language", ["en", "es"])
def test_the_library_is_the_same(phone: Phone, address: str, language: str) -> None:
    held = steeped_and_plain()
    phone.hold(held)
    same(phone, Server(held), replace(PLACE, address=address, language=language))


def test_a_plan_is_rehearsed_the_same(phone: Phone) -> None:
    held = steeped_and_plain()
    phone.hold(held)
    server = Server(held)
    for record in held:
        for zone in ("America/New_York", "Mars/Olympus", ""):
            pairs = [("said", "in other words"), ("zone", zone)]
            same(phone, server, sent(f"/tools/{record.id}/rehearsed", pairs, record.id))
        same(phone, server, replace(PLACE, address="/equip"))


def test_a_tool_is_taken_from_the_library_once(phone: Phone) -> None:
    held = [save(new(id, "tool"), "phone", {"name": id, "library": "worry_time"}, NOON) for id in IDS[:2]]
    phone.hold(held)
    server = Server(held)
    for slug in ("worry_time", "fear_ladder", "fear_ladder", "constructor", "constructor", ""):
        for path in ("/tools", "/traits"):
            pairs = [("id", NOBODY if path == "/tools" else IDS[5]), ("name", "x"), ("library", slug)]
            same(phone, server, sent(path, pairs, NOBODY))
        same(phone, server, replace(PLACE, address=f"/library/{slug or 'five_senses'}"))
        same(phone, server, replace(PLACE, address="/equip"))


def test_using_a_tool_of_the_library_takes_it_once(phone: Phone) -> None:
    phone.hold([])
    server = Server([])
    for at, slug in enumerate(["five_senses", "five_senses", "constructor", "fear_ladder", NOBODY]):
        for rated in ({}, {"new_reaction": "40"}):
            pairs = [("id", IDS[at]), ("draft", "now"), ("tool_ids", slug), *rated.items()]
            place = replace(PLACE, id=f"01938f6e-0000-7000-d000-{at:012}")
            same(phone, server, replace(sent("/practices", pairs, IDS[at]), id=place.id))
            same(phone, server, replace(place, address=f"/practices/{IDS[at]}"))
            same(phone, server, replace(place, address="/now"))
    tools = [record for record in server.records.values() if record.kind == "tool"]
    assert len(tools) == 2
