"""Tickets: good for one use, for one purpose, for a while."""

from collections.abc import AsyncIterator

import pytest

from server.storage import Storage, Ticket
from server.tickets import new_ticket, read_ticket, take_ticket
from tests.server.journals import MARA, open_journals

NOW, TTL = 1_000_000, 500


@pytest.fixture
async def storage(database_url: str) -> AsyncIterator[Storage]:
    async with open_journals(database_url) as opened:
        yield opened


async def test_a_ticket_is_good_once_and_reading_it_uses_nothing_up(storage: Storage) -> None:
    secret = await new_ticket(storage, "pairing", "body", NOW, TTL, MARA)
    for _ in range(2):
        found = await read_ticket(storage, secret, "pairing", NOW)
        assert found
        assert (found.body, found.account) == ("body", MARA)
    assert await take_ticket(storage, secret, "pairing", NOW + TTL - 1)
    assert await take_ticket(storage, secret, "pairing", NOW) is None


@pytest.mark.parametrize(("purpose", "later"), [("invitation", 0), ("pairing", TTL), ("pairing", 10 * TTL)])
async def test_a_ticket_of_another_purpose_or_too_old_is_none(storage: Storage, purpose: str, later: int) -> None:
    secret = await new_ticket(storage, "pairing", "body", NOW, TTL)
    assert await take_ticket(storage, secret, purpose, NOW + later) is None
    assert await take_ticket(storage, "a guess", "pairing", NOW) is None
    assert await take_ticket(storage, secret, "pairing", NOW)


async def test_the_database_never_holds_what_is_given_out(storage: Storage) -> None:
    secret = await new_ticket(storage, "pairing", "body", NOW, TTL)
    (kept,) = await storage.all(Ticket)
    assert secret not in str(kept)
