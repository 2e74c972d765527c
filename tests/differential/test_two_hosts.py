"""The same request over the same records gives the same bytes from the server and from the phone."""

import os
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from server.kinds import kinds
from server.routes import routes
from server.views.contents import VIEWS
from sync.record import Record
from tests.differential.example import Asked
from tests.differential.phone import Phone, open_phone
from tests.differential.server import Server
from tests.differential.strategies import NOBODY, addresses, forms, journals, places

EXAMPLES = int(os.environ.get("UNLEARN_EXAMPLES", "60"))  # of each test; raise it to look for rarer differences
many = settings(
    max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)

PAGES = [route.path for route in routes() if route.name in VIEWS and "{id}" not in route.path]


@pytest.fixture(scope="module")
def phone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Phone]:
    with open_phone(tmp_path_factory.mktemp("shell")) as opened:
        yield opened


@many
@given(journals(), places())
def test_every_page_is_the_same_from_both_hosts(phone: Phone, held: list[Record], place: Asked) -> None:
    phone.hold(held)
    server = Server(held)
    for path in [*PAGES, *entry_paths(held)]:
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


def entry_paths(held: Sequence[Record]) -> list[str]:
    """The pages of each record and of one that is not there, those of another kind's address among them."""
    plurals = {record.id: kinds()[record.kind].plural for record in held[:8] if record.kind in kinds()}
    paths = [f"/{plural}/{id}" for id, plural in plurals.items()] + [f"/tools/{id}" for id in plurals]
    paths += [f"/traits/{NOBODY}", "/reviews/no%20such"]
    return [each for path in paths for each in (path, f"{path}/edit")]


def same(phone: Phone, server: Server, asked: Asked) -> None:
    assert phone.answer(asked) == server.answer(asked), asked.address
