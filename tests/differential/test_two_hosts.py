"""The same request over the same records gives the same bytes from the server and from the phone."""

import os
import re
from html import unescape
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from server.kinds import kinds
from sync.record import Record, delete, new, save
from tests.differential.example import IDS, NOBODY, NOON, PLACE, Asked, pages_of, sent
from tests.differential.hostile import HOSTILE, WALLS, plain, shown, steeped
from tests.differential.phone import Phone
from tests.differential.server import Server
from tests.differential.strategies import addresses, forms, journals, places

EXAMPLES = int(os.environ.get("UNLEARN_EXAMPLES", "60"))  # of each test; raise it to look for rarer differences
many = settings(
    max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)

ADDRESSES = [
    "/journal?q",
    "/journal?q=%27&kind=practice&reaction=none&trait=constructor&tool=__proto__",
    "/journal?kind=constructor&reaction=valueOf&from=2026-02-30&to=now",
    "/journal?from=2026-11-02&to=2026-11-03&q=breatge",
    "/journal?from=2026-11-03&to=2026-11-02",
    f"/journal?trait={IDS[0]}&kind=trait",
    f"/journal?tool={IDS[2]}&reaction=even",
    f"/journal?before=1~-{NOON}~zzz&q=brethe&further=yes",
    f"/journal?before=2~-{NOON}~zzz",
    "/journal?through=1~-1~a&further=yes",
    "/journal?through=0~0~zzz&before=0~-1793527200000~01938f6e-0000-7000-9000-000000000012&further=yes",
    "/journal?q=%20%09%0A",
    "/journal?q=%1C",
    "/journal?q=%C2%A0",
    "/journal?q=nothing&q=MEETING+1",
    "/journal?q=meeting%0D1",
    f"/journal?before=-{NOON}~zzz",
    "/journal?before=-0~0",
    "/journal?before=999999999999999~a",
    "/journal?before=9999999999999999~a",
    "/journal?q=meeting%0B1",
    "/journal?q=meeting%EF%BB%BF1",
    "/journal?before=-1793527200000~01938f6e-0000-7000-9000-000000000012",
    "/journal?before=-1793527200000~01938f6e-0000-7000-9000-000000000012&q=e",
    "/journal?constructor=1&__proto__=2&q=*'()!~/%3F%23%26",
    f"/practise?trait={IDS[0]}",
    f"/practise?trait={NOBODY}",
    "/explore?trait=constructor",
    f"/plans?situation=Something+quoted%3A+*%27()%21&trait_id={IDS[0]}",
    f"/plans?trait_id={IDS[0]}",
    "/plans?situation=constructor&trait_id=__proto__&situation=%F0%9F%99%82",
    f"/explore?trait={IDS[0]}",
    f"/explore?trait={IDS[0]}&example=social",
    "/explore?example=constructor",
    "/begin?example=others&prompt=11",
    "/begin?example=__proto__&prompt=9999",
    "/notice?example=perfect&prompt=-1",
    "/notice?example=&prompt=%D9%A3",
    f"/traits/{IDS[0]}?begun=yes",
    "/sign-in?next=%2Fyou%23%22%3E",
    "/you?next=//elsewhere.example",
    "/learn/use",
    "/learn/not",
    "/learn/constructor",
    "/learn/__proto__",
    "/learn/%3Cb%3E",
    "/support?country=US",
    "/support?country=CH",
    "/support?country=other",
    "/support?country=us",
    "/support?country=constructor",
    "/support?country=%22%3E%3Cscript%3E",
]

BODIES = [
    "name",
    "name=",
    "=x",
    "&&name=x&",
    "name=a=b",
    "name=%zz%",
    "name=a;b",
    "name=%2B+%20",
    "name=%EF%BB%BFx",
    "name=%00",
    "NAME=x",
    "name=x#y?z",
    "na%6De=x",
    "name=x&name=%C3%A9",
    "name=é🙂",
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:20]))
def test_hostile_words_are_shown_the_same_wherever_they_stand(phone: Phone, text: str) -> None:
    held = steeped(text)
    phone.hold(held)
    server = Server(held)
    for path in [*pages_of(held), f"/journal?{urlencode({'q': text})}"]:
        same(phone, server, replace(PLACE, address=path))


@pytest.mark.parametrize("text", [*HOSTILE, *WALLS, ""], ids=lambda text: ascii(text[:20]))
def test_hostile_words_are_kept_or_refused_the_same(phone: Phone, text: str) -> None:
    held = steeped("before", "2026-11-22T18:03:00+01:00[Europe/Madrid]")
    phone.hold(held)
    server = Server(held)
    for record in held:
        kind = kinds()[record.kind]
        names = [*(field["name"] for field in kind.fields), "emotions_1_name", "emotions_1_intensity", "zone", "was"]
        for typed in [[(name, text) for name in names], *([(name, text)] for name in names)]:
            pairs = [*shown(kind, server.records[record.id]), *typed]
            same(phone, server, sent(f"/{kind.plural}/{record.id}", pairs, record.id))


@pytest.mark.parametrize("body", BODIES)
def test_a_body_written_by_hand_is_read_the_same(phone: Phone, body: str) -> None:
    phone.hold([])
    same(phone, Server([]), replace(PLACE, method="POST", address="/traits", body=body, record=PLACE.id))


@pytest.mark.parametrize("id", ["", NOBODY, IDS[7], NOBODY.upper(), "r-1", "../../etc", f"{NOBODY}\n"])
def test_a_new_entry_has_the_same_id(phone: Phone, id: str) -> None:
    for kind in kinds().values():
        phone.hold([])
        pairs = [("id", id), (kind.titles[0], "x")]
        same(phone, Server([]), sent(f"/{kind.plural}", pairs, PLACE.id))


def test_each_wording_is_kept_the_same(phone: Phone) -> None:
    held = steeped("before", "2026-11-22T18:03:00+01:00[Europe/Madrid]")
    for record in held:
        dots = [(write.by, str(write.at), field) for write in record.writes for field in [*write.fields, "constructor"]]
        for by, at, field in [*dots, ("phone", "1", "name"), ("", "", "")]:
            phone.hold(held)
            address = f"/{kinds()[record.kind].plural}/{record.id}/kept"
            same(phone, Server(held), sent(address, [("field", field), ("by", by), ("at", at)], record.id))


def test_the_bin_does_the_same(phone: Phone) -> None:
    held = steeped("before", "2026-11-22T18:03:00+01:00[Europe/Madrid]")
    phone.hold(held)
    server = Server(held)
    for record, kind in zip(held, kinds().values(), strict=True):
        for way in ("shred", "bin", "back", "bin", "bin", "back", "back", "bin", "shred", "shred", "back"):
            same(phone, server, sent(f"/{kind.plural}/{record.id}/{way}", [], record.id))
            same(phone, server, replace(PLACE, address="/bin"))


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("partial", [False, True])
def test_an_address_typed_by_hand_finds_the_same(phone: Phone, address: str, partial: bool) -> None:
    held = [*steeped("*'()!~/?#& e"), *(plain(n, n % 4) for n in range(70))]
    phone.hold(held)
    same(phone, Server(held), replace(PLACE, address=address, partial=partial))


QUERIES = [
    "",
    "q=Breathe",
    "q=meetign",
    "reaction=old",
    "kind=practice&from=2026-11-02&to=2026-11-03",
    f"trait={IDS[0]}&q=reathe",
]


@pytest.mark.parametrize("query", QUERIES)
def test_a_list_is_read_to_its_end_the_same(phone: Phone, query: str) -> None:
    held = [*steeped("before", "2026-11-03T18:03:00+01:00[Europe/Madrid]"), *(plain(n, n % 4) for n in range(140))]
    phone.hold(held)
    server = Server(held)
    address, looks = f"/journal?{query}", 0
    while address:
        for partial in (True, False):
            same(phone, server, replace(PLACE, address=address, partial=partial))
        page = server.answer(replace(PLACE, address=address, partial=True)).html
        same(phone, server, replace(PLACE, address=attribute("hx-replace-url", page) or "/journal"))
        address, looks = attribute("hx-get", page), looks + 1
    assert looks > 1


def test_the_bin_is_read_to_its_end_the_same(phone: Phone) -> None:
    named = save(new(IDS[0], "device"), "phone", {"name": "my <phone>", "writer": "tablet"}, NOON)
    held = [named, *(delete(plain(n, n % 4), "tablet" if n % 2 else "server", NOON + n) for n in range(65))]
    phone.hold(held)
    server = Server(held)
    address, looks = "/bin", 0
    while address:
        for partial in (True, False):
            same(phone, server, replace(PLACE, address=address, partial=partial))
        page = server.answer(replace(PLACE, address=address)).html
        address, looks = attribute("hx-get", page), looks + 1
    assert looks == 3
    for address in (
        "/bin?before=x",
        "/bin?before=-0~0",
        "/bin?before=9999999999999999~a",
        "/bin?before=999999999999999~a",
    ):
        same(phone, server, replace(PLACE, address=address))


def attribute(name: str, page: str) -> str:
    found = re.search(f'class="button quiet"[^>]* {name}="([^"]+)"', page)
    return unescape(found[1]) if found else ""


@many
@given(journals(), places())
def test_every_page_is_the_same_from_both_hosts(phone: Phone, held: list[Record], place: Asked) -> None:
    phone.hold(held)
    server = Server(held)
    for path in pages_of(held):
        same(phone, server, replace(place, address=path))


@many
@given(journals(), places(), st.lists(addresses(), min_size=1, max_size=6), st.booleans())
def test_every_query_finds_the_same(
    phone: Phone, held: list[Record], place: Asked, asked: list[str], partial: bool
) -> None:
    phone.hold(held)
    server = Server(held)
    for address in asked:
        same(phone, server, replace(place, address=address, partial=partial))


@many
@given(journals(), places(), st.data())
def test_every_form_does_the_same(phone: Phone, held: list[Record], place: Asked, data: st.DataObject) -> None:
    phone.hold(held)
    server = Server(held)
    for _ in range(data.draw(st.integers(1, 6))):
        address, body, id = data.draw(forms(list(server.records.values())))
        same(phone, server, replace(place, method="POST", address=address, body=body, record=id))
        same(phone, server, replace(place, address="/journal", record=id))


def same(phone: Phone, server: Server, asked: Asked) -> None:
    assert phone.answer(asked) == server.answer(asked), asked.address
