"""What every storage does, whatever database is behind it."""

import asyncio
import re
import uuid
from collections.abc import AsyncIterator

import pytest

from server.storage import (
    EpochChanged,
    Storage,
)
from sync.exchange import MAX_BYTES
from sync.record import BadRecord, Record, decode, encode, new, save
from tests.server.journals import MARA, TEO, open_journals, trait


@pytest.fixture
async def storage(database_url: str) -> AsyncIterator[Storage]:
    async with open_journals(database_url) as opened:
        yield opened


async def pull(storage: Storage, cursor: int, limit: int = 100) -> tuple[list[Record], int, bool]:
    epoch = (await storage.exchange(MARA, [], None, 0, 1)).epoch
    found = await storage.exchange(MARA, [], epoch, cursor, limit)
    return [decode(body) for body in found.records], found.cursor, found.more


async def test_a_push_reaches_another_device_once_in_order_and_is_not_sent_back(storage: Storage) -> None:
    pushed = [trait(name) for name in ("one", "two", "three")]
    answer = await storage.exchange(MARA, pushed, None, 0, 100)
    assert (answer.cursor, answer.more, answer.records, answer.refused) == (3, False, [], [])
    assert await pull(storage, 0) == (pushed, 3, False)
    assert await pull(storage, 3) == ([], 3, False)
    assert await storage.records(MARA) == pushed
    assert await storage.record(MARA, pushed[1].id) == pushed[1]


async def test_a_replay_takes_no_number_and_only_the_changed_record_takes_the_next(storage: Storage) -> None:
    one, two = trait("one"), trait("two")
    await storage.exchange(MARA, [one, two], None, 0, 100)
    assert (await storage.exchange(MARA, [one, two], None, 0, 100)).cursor == 2
    newer = save(one, "laptop", {"name": "uno"}, 5)
    answer = await storage.exchange(MARA, [two, newer], None, 0, 100)
    assert answer.cursor == 3
    assert await pull(storage, 2) == ([newer], 3, False)


async def test_a_stale_push_is_answered_with_the_joined_state_even_behind_the_cursor(storage: Storage) -> None:
    old = trait("one")
    newer = save(old, "laptop", {"name": "uno"}, 5)
    first = await storage.exchange(MARA, [newer, trait("two")], None, 0, 100)
    answer = await storage.exchange(MARA, [old], first.epoch, 2, 100)
    assert (answer.records, answer.cursor, answer.more) == ([encode(newer)], 2, False)


async def test_pages_give_every_record_once_though_a_push_is_among_them(storage: Storage) -> None:
    theirs = [trait(f"theirs {n}") for n in range(7)]
    first = await storage.exchange(MARA, theirs, None, 0, 100)
    mine = [trait(f"mine {n}") for n in range(4)]
    answer = await storage.exchange(MARA, mine, first.epoch, 0, 3)
    pages = [answer]
    while pages[-1].more:
        pages.append(await storage.exchange(MARA, [], first.epoch, pages[-1].cursor, 3))
    assert [decode(body) for page in pages for body in page.records][:7] == theirs
    assert pages[-1].cursor == 11
    assert all(len(page.records) <= 3 for page in pages)


async def test_more_stale_records_than_a_page_holds_come_back_in_the_next(storage: Storage) -> None:
    old = [trait(f"old {n}") for n in range(5)]
    new_states = [save(record, "laptop", {"name": "newer"}, 9) for record in old]
    first = await storage.exchange(MARA, new_states, None, 0, 100)
    page = await storage.exchange(MARA, old, first.epoch, 5, 2)
    received = [*page.records]
    while page.more:
        page = await storage.exchange(MARA, [], first.epoch, page.cursor, 2)
        received += page.records
    assert received == [encode(record) for record in new_states]
    assert page.cursor == 5


async def test_a_page_of_nothing_but_the_push_says_there_is_no_more(storage: Storage) -> None:
    answer = await storage.exchange(MARA, [trait("one"), trait("two")], None, 0, 1)
    assert (answer.records, answer.cursor, answer.more) == ([], 2, False)


async def test_large_records_come_in_pages_of_bounded_bytes(storage: Storage) -> None:
    await storage.exchange(MARA, [trait("x" * 60_000) for _ in range(200)], None, 0, 1)
    answer = await storage.exchange(MARA, [], None, 0, 2000)
    assert answer.more
    assert sum(map(len, answer.records)) <= 8 * 1024 * 1024


@pytest.mark.parametrize(
    ("epoch", "cursor"), [("another", 0), ("another", 1), (None, 1), ("", 0), ("same", 2), ("same", 2**70)]
)
async def test_a_cursor_of_another_life_is_refused_and_nothing_lands(
    storage: Storage, epoch: str | None, cursor: int
) -> None:
    same = (await storage.exchange(MARA, [trait("one")], None, 0, 1)).epoch
    with pytest.raises(EpochChanged):
        await storage.exchange(MARA, [trait("two")], same if epoch == "same" else epoch, cursor, 1)
    assert await storage.newest(MARA) == 1


async def test_one_id_in_two_journals_is_two_records(storage: Storage) -> None:
    mine, theirs = trait("mine"), trait("theirs")
    theirs = trait("theirs", mine.id)
    await storage.exchange(MARA, [mine], None, 0, 1)
    answer = await storage.exchange(TEO, [theirs], None, 0, 1)
    assert answer.records == []
    assert await storage.record(MARA, mine.id) == mine
    assert await storage.record(TEO, mine.id) == theirs


async def test_the_servers_own_save_is_one_step_from_reading_to_writing(storage: Storage) -> None:
    record_id = str(uuid.uuid4())

    def count(record: Record | None) -> Record:
        record = record or new(record_id, "trait")
        return save(record, "server", {"costs": len(record.seen)}, 1 + max(record.seen.values(), default=0))

    await asyncio.gather(*(storage.change(MARA, record_id, count) for _ in range(20)))
    record = await storage.record(MARA, record_id)
    assert record is not None
    assert (record.seen, await storage.newest(MARA)) == ({"server": 20}, 20)
    await storage.change(MARA, record_id, lambda same: same or new(record_id, "trait"))
    assert await storage.newest(MARA) == 20


async def test_a_save_that_grows_a_record_beyond_its_limit_is_refused(storage: Storage) -> None:
    with pytest.raises(BadRecord) as refused:
        await storage.change(MARA, str(uuid.uuid4()), lambda _: trait("x" * MAX_BYTES))
    assert refused.value.code == "too_large"
    assert await storage.records(MARA) == []


async def test_a_push_among_others_that_is_refused_harms_none_of_them(storage: Storage) -> None:
    pushes = [storage.exchange(MARA, [trait(str(n))], "another" if n % 2 else None, 0, 1) for n in range(20)]
    answers = await asyncio.gather(*pushes, return_exceptions=True)
    assert [type(answer) is EpochChanged for answer in answers] == [bool(n % 2) for n in range(20)]
    assert await storage.newest(MARA) == 10


async def test_a_caller_who_leaves_takes_nothing_back_and_blocks_nobody(storage: Storage) -> None:
    waiting = asyncio.create_task(storage.next_change(MARA, 0))
    leaving = asyncio.create_task(storage.exchange(MARA, [trait("kept")], None, 0, 1))
    await asyncio.sleep(0)  # lets it hand its work over
    leaving.cancel()
    with pytest.raises(asyncio.CancelledError):
        await leaving
    assert await waiting == 1
    assert (await storage.exchange(MARA, [trait("next")], None, 0, 1)).cursor == 2


async def test_listeners_hear_of_their_own_journal_alone(storage: Storage) -> None:
    listening = asyncio.create_task(storage.next_change(TEO, 0))
    await storage.exchange(MARA, [trait("hers")], None, 0, 1)
    await storage.newest(MARA)
    assert not listening.done()
    await storage.exchange(TEO, [trait("his")], None, 0, 1)
    assert await listening == 1


async def test_sync_md_1_a_server_that_may_have_forgotten_saves_goes_on_under_another_name(storage: Storage) -> None:
    names = [await storage.writer(MARA)]
    for _ in range(2):
        await storage.new_epochs()
        names.append(await storage.writer(MARA))
    assert names[0] == "server"
    assert len(set(names)) == 3
    assert all(re.fullmatch("[a-z0-9]{4,32}", name) for name in names)
