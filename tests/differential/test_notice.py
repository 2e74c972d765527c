"""A first trait, rest, and the map of traits: the same from the server and from the phone."""

import pytest
from msgspec.structs import replace

from sync.record import new, save
from tests.differential.example import NOBODY, NOON, PLACE, sent
from tests.differential.hostile import HOSTILE, steeped
from tests.differential.phone import Phone
from tests.differential.server import Server
from tests.differential.test_two_hosts import same


@pytest.mark.parametrize("text", [*HOSTILE, ""], ids=lambda text: ascii(text[:20]))
def test_a_first_trait_begins_the_same(phone: Phone, text: str) -> None:
    phone.hold([])
    server = Server([])
    for name in ("came_up", "came_up_as", "name", "instead", "place", "constructor"):
        same(phone, server, sent("/begin", [("id", PLACE.id), (name, text)], PLACE.id))
        same(phone, server, replace(PLACE, address=f"/traits/{PLACE.id}?begun=yes"))


def test_a_trait_rests_and_is_taken_up_the_same(phone: Phone) -> None:
    held = steeped("before", "2026-11-22T18:03:00+01:00[Europe/Madrid]")
    phone.hold(held)
    server = Server(held)
    for way in ("rest", "rest", "wake", "wake", "bin", "rest"):
        for pairs in ([], [("onward", "/notice")], [("onward", "//elsewhere.example")]):
            same(phone, server, sent(f"/traits/{held[0].id}/{way}", pairs, held[0].id))
            same(phone, server, replace(PLACE, address="/notice"))


@pytest.mark.parametrize("count", [0, 1, 2, 3, 5, 7, 12, 13])
def test_the_map_of_traits_is_drawn_the_same(phone: Phone, count: int) -> None:
    ids = [f"01938f6e-0000-7000-a000-{n:012}" for n in range(count)]
    held = [save(new(id, "trait"), "phone", {"name": f"Trait 🙂 {id}"}, NOON) for id in ids]
    for n, id in enumerate(ids):
        sets_off = [ids[(n + step) % count] for step in (0, 1, 2, 6)] + [NOBODY]
        lesson = new(f"01938f6e-0000-7000-b000-{n:012}", "lesson")
        held.append(save(lesson, "phone", {"trait_id": id, "sets_off": sets_off, "rule_so": "hide"}, NOON))
    phone.hold(held)
    for address in ["/explore", *(f"/explore?trait={id}" for id in ids[:1]), *(f"/traits/{id}" for id in ids[:2])]:
        same(phone, Server(held), replace(PLACE, address=address))
