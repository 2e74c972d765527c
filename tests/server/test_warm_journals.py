"""A journal that is kept in memory is the one in the database, whoever wrote to that."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest

from server.entries import Entry
from server.journal import Journal
from server.storage import Changed, Storage
from server.storage.postgres_pool import connected
from server.warm_journals import WarmJournals
from sync.record import Record, delete, save, shred
from tests.server.journals import MARA, TEO, open_journals, trait


@pytest.fixture
async def storage(database_url: str) -> AsyncIterator[Storage]:
    async with open_journals(database_url) as opened:
        yield opened


@pytest.fixture
async def houses(postgres_url: str) -> AsyncIterator[list[Storage]]:
    """Two servers' storages on one PostgreSQL."""
    async with AsyncExitStack() as opened:
        yield [await opened.enter_async_context(open_journals(postgres_url)) for _ in range(2)]


def entries(journal: Journal) -> tuple[list[Entry], list[Entry]]:
    return journal.newest(1000), journal.binned()


async def is_as_stored(warm: WarmJournals, storage: Storage) -> bool:
    return entries(await warm.journal(MARA)) == entries(Journal(await storage.records(MARA)))


async def push(storage: Storage, *records: Record) -> None:
    await storage.exchange(MARA, records, None, 0, 1)


async def test_each_change_is_in_the_next_page(storage: Storage) -> None:
    warm = WarmJournals(storage)
    assert await is_as_stored(warm, storage)
    first, second = trait("first"), trait("second")
    for change in (
        first,
        second,
        save(first, "laptop", {"name": "again"}, 5),
        delete(second, "laptop", 6),
        shred(delete(second, "laptop", 6)),
    ):
        await push(storage, change)
        assert await is_as_stored(warm, storage)
    await storage.change(MARA, first.id, lambda now: save(now or first, "server", {"name": "here"}, 9))
    journal = await warm.journal(MARA)
    assert [entry.values["name"] for entry in journal.of_kind("trait")] == ["here"]
    assert await is_as_stored(warm, storage)


async def test_what_was_read_is_not_read_again(storage: Storage) -> None:
    await push(storage, *(trait(str(n)) for n in range(100)))
    first = await storage.changed(MARA, "", 0)
    assert (first.newest, first.whole, len(first.records)) == (100, True, 100)
    one = trait("one more")
    await push(storage, one)
    assert await storage.changed(MARA, first.epoch, 100) == Changed(first.epoch, 101, False, [one])
    assert await storage.changed(MARA, first.epoch, 101) == Changed(first.epoch, 101, False, [])
    warm = WarmJournals(storage)
    assert await warm.journal(MARA) is await warm.journal(MARA)


async def test_after_a_restore_the_whole_journal_is_read_again(storage: Storage) -> None:
    warm = WarmJournals(storage)
    await push(storage, trait("kept"))
    before = await warm.journal(MARA)
    await storage.new_epochs()
    assert await warm.journal(MARA) is not before
    assert await is_as_stored(warm, storage)
    epoch = (await storage.changed(MARA, "", 0)).epoch
    assert (await storage.changed(MARA, epoch, 7)).whole  # a number that this copy has never been at


async def test_what_a_backup_had_not_yet_is_gone_after_its_restore(houses: list[Storage], postgres_url: str) -> None:
    warm = WarmJournals(houses[0])
    await push(houses[0], trait("before the backup"), trait("after it"))
    await warm.journal(MARA)
    async with connected(postgres_url) as db:
        await db.execute("DELETE FROM records WHERE number = 2")
        await db.execute("UPDATE journals SET newest = 1")
    for _ in range(2):
        assert await is_as_stored(warm, houses[0])
        await push(houses[1], trait("later"))
        await houses[1].new_epochs()
    assert await is_as_stored(warm, houses[0])


async def test_an_account_that_is_not_there_has_an_empty_journal(storage: Storage) -> None:
    assert entries(await WarmJournals(storage).journal("nobody")) == ([], [])


async def test_nobody_gets_anothers_journal_and_room_goes_to_who_asked_last(storage: Storage) -> None:
    await push(storage, *(trait(str(n)) for n in range(60)))
    await storage.exchange(TEO, [trait("his")], None, 0, 1)
    warm = WarmJournals(storage, most=61)
    hers = await warm.journal(MARA)
    assert await warm.journal(MARA) is hers
    assert [entry.values["name"] for entry in (await warm.journal(TEO)).newest(9)] == ["his"]
    again = await warm.journal(MARA)
    assert again is not hers
    assert entries(again) == entries(hers)
    assert entries(await WarmJournals(storage, most=10).journal(MARA)) == entries(hers)


async def test_two_servers_on_one_database_show_each_others_saves_at_once(houses: list[Storage]) -> None:
    one, two = (WarmJournals(storage) for storage in houses)
    for n in range(10):
        await push(houses[n % 2], trait(f"number {n}"))
        shown = [len((await warm.journal(MARA)).of_kind("trait")) for warm in (one, two)]
        assert shown == [n + 1, n + 1]


async def test_pages_and_saves_at_the_same_time_each_see_a_journal_that_was(houses: list[Storage]) -> None:
    warm = WarmJournals(houses[1])

    async def save_then_look(n: int) -> None:
        mine = trait(f"number {n}")
        await push(houses[n % 2], mine)
        assert (await warm.journal(MARA)).get(mine.id)

    await asyncio.gather(*(save_then_look(n) for n in range(40)))
    assert await is_as_stored(warm, houses[0])
