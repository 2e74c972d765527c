"""What every storage does with accounts and what belongs to them, whatever database is behind it."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from server.storage import Account, EmailTaken, Identity, Passkey, Row, Session, Storage, Taken, Ticket, Token
from tests.server.journals import MARA, TEO, open_journals, trait


@pytest.fixture
async def storage(database_url: str) -> AsyncIterator[Storage]:
    async with open_journals(database_url) as opened:
        yield opened


async def test_accounts_sessions_and_tokens_are_found_again_and_by_their_owner_alone(storage: Storage) -> None:
    mara = await storage.one(Account, email="mara@example.org")
    assert mara == await storage.one(Account, account=MARA) == Account(MARA, "mara@example.org", "argon2", 1)
    assert await storage.one(Account, email="nobody@example.org") is None
    with pytest.raises(EmailTaken):
        await storage.add_account(Account("other", "mara@example.org", "argon2", 1))

    await storage.add(Session(MARA, "hash", None, 1, 1))
    assert await storage.update(Session, {"account": MARA, "id_hash": "hash"}, seen_at=7)
    assert await storage.one(Session, account=MARA, id_hash="hash") == Session(MARA, "hash", None, 1, 7)
    assert await storage.one(Session, account=TEO, id_hash="hash") is None
    assert await storage.remove(Session, account=MARA, id_hash="hash") == 1
    assert await storage.one(Session, account=MARA, id_hash="hash") is None

    await storage.add(Token(MARA, "token", 1))
    assert await storage.has_token(MARA, "token")
    assert not await storage.has_token(TEO, "token")


async def test_a_ticket_is_taken_by_one_of_all_who_try(storage: Storage) -> None:
    await storage.add(Ticket("hash", "pairing", "", "body", 1, 9))
    taken = await asyncio.gather(*(storage.take(Ticket, hash="hash") for _ in range(8)))
    assert [each for each in taken if each] == [Ticket("hash", "pairing", "", "body", 1, 9)]


async def test_what_was_removed_is_never_brought_back_by_a_change(storage: Storage) -> None:
    await storage.add(Session(MARA, "hash", None, 1, 1))
    assert await storage.remove(Session, account=MARA) == 1
    assert not await storage.update(Session, {"account": MARA, "id_hash": "hash"}, seen_at=7)
    assert await storage.all(Session, account=MARA) == []


async def test_one_identity_is_one_account_s_and_one_email_too(storage: Storage) -> None:
    await storage.add(Identity(MARA, "https://id.example.org", "m", "clinic", "Mara", 1))
    with pytest.raises(Taken):
        await storage.add(Identity(TEO, "https://id.example.org", "m", "clinic", "Teo", 1))
    with pytest.raises(Taken):
        await storage.update(Account, {"account": TEO}, email="mara@example.org")
    with pytest.raises(Taken):
        await storage.add(Token("nobody", "token", 1))
    assert [each.account for each in await storage.all(Identity, subject="m")] == [MARA]


async def test_an_account_goes_with_all_that_is_its_own_and_with_nothing_of_anybody_else(storage: Storage) -> None:
    for account in (MARA, TEO):
        await storage.exchange(account, [trait("I say yes too soon")], None, 0, 9)
        for row in of_everything(account):
            await storage.add(row)
    assert await storage.has_token(MARA, f"{MARA}-token")

    await storage.remove_account(MARA)
    for row in [*of_everything(MARA), Account(MARA, "", "", 1)]:
        assert await storage.all(type(row), account=MARA) == []
        assert await storage.all(type(row), account=TEO)
    assert not await storage.has_token(MARA, f"{MARA}-token")
    assert await storage.records(MARA) == []
    assert len(await storage.records(TEO)) == 1


@pytest.mark.parametrize("state", ["disabled_at", "delete_at"])
async def test_a_token_stops_with_its_account(storage: Storage, state: str) -> None:
    await storage.add(Token(MARA, "token", 1))
    assert await storage.has_token(MARA, "token")
    await storage.update(Account, {"account": MARA}, **{state: 5})
    assert not await storage.has_token(MARA, "token")
    await storage.update(Account, {"account": MARA}, **{state: None})
    assert await storage.has_token(MARA, "token")


async def test_a_secret_is_made_once(storage: Storage) -> None:
    made = await asyncio.gather(*(storage.secret("kdf") for _ in range(8)))
    assert len(set(made)) == 1
    assert len(made[0]) == 43
    assert await storage.secret("another") != made[0]


async def test_a_session_is_bound_to_the_device_that_used_it_first(storage: Storage) -> None:
    await storage.add(Session(MARA, "hash", None, 1, 1))
    names = await asyncio.gather(*(storage.bind_device(MARA, "hash", name) for name in ("phone", "laptop", "phone")))
    assert names == ["phone"] * 3
    assert await storage.bind_device(MARA, "nobody's", "phone") is None


async def test_a_device_has_one_session(storage: Storage) -> None:
    for account, name in ((MARA, "lost"), (MARA, "laptop"), (MARA, "hash"), (TEO, "lost")):
        await storage.add(Session(account, name, None, 1, 1))
    for account, name, device in ((MARA, "lost", "phone"), (MARA, "laptop", "laptop"), (TEO, "lost", "phone")):
        await storage.bind_device(account, name, device)
    assert await storage.bind_device(MARA, "hash", "phone") == "phone"
    assert [each.id_hash for each in await storage.all(Session, account=MARA)] == ["hash", "laptop"]
    assert [each.id_hash for each in await storage.all(Session, account=TEO)] == ["lost"]


def of_everything(account: str) -> list[Row]:
    return [
        Session(account, "hash", None, 1, 1),
        Token(account, f"{account}-token", 1),
        Passkey(account, f"{account}-key", b"key", 0, "phone", 1, 1),
        Identity(account, "https://id.example.org", account, "clinic", account, 1),
        Ticket(f"{account}-ticket", "pairing", account, "", 1, 9),
    ]
