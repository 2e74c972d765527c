"""A person with a great many traits and tools, in names of every script: the same from the server and from the phone."""

from msgspec.structs import replace

from server.views.notice import MOST_SHOWN
from sync.record import new, save
from tests.differential.example import NOON, PLACE
from tests.differential.phone import Phone
from tests.differential.server import Server
from tests.differential.test_two_hosts import same

NAMES = (
    "👨‍👩‍👧‍👦" * 17,
    "🇪🇸" * 60,
    "e\u0301" * 60,
    "أصمت حين يرفع أحدهم صوته " * 4,
    "别人提高声音我就沉默" * 12,
    "W" * 120,
)


def test_of_a_great_many_traits_a_page_shows_some_and_lists_the_others(phone: Phone) -> None:
    ids = [f"01938f6e-0000-7000-a000-{n:012}" for n in range(60)]
    held = [
        save(
            new(id, "trait"), "phone", {"name": NAMES[n % len(NAMES)], "happened_at": f"2026-11-22T18:{n:02}:00Z"}, NOON
        )
        for n, id in enumerate(ids)
    ]
    phone.hold(held)
    server = Server(held)
    for asked, listed in (("", 50), (ids[-1], 50), (ids[0], 51)):
        place = replace(PLACE, address=f"/journal?trait={asked}")
        same(phone, server, place)
        assert server.answer(place).html.count('<option value="01938f6e') == listed
    for address in ("/", "/rewire", "/explore", "/notice"):
        place = replace(PLACE, address=address)
        same(phone, server, place)
        assert server.answer(place).html.count('class="paths"') <= MOST_SHOWN


def test_a_name_is_cut_the_same_on_every_page(phone: Phone) -> None:
    ids = [f"01938f6e-0000-7000-b000-{n:012}" for n in range(len(NAMES))]
    held = [save(new(id, "trait"), "phone", {"name": name}, NOON) for id, name in zip(ids, NAMES, strict=True)]
    phone.hold(held)
    server = Server(held)
    for address in ("/", "/explore", "/rewire", "/quick", "/practise", *(f"/traits/{id}" for id in ids)):
        same(phone, server, replace(PLACE, address=address))
