"""Many callers at once, in one process and in several that share a PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack

import pytest

from server.storage import Account, LetOut, Session, Storage, Token
from sync.record import Record, decode, encode, join, save
from tests.server.journals import MARA, TEO, open_journals, trait

PATIENCE_S = 15  # less than the heartbeat, after which a stream looks in any case


@pytest.fixture(params=["sqlite", "postgres", "two processes on postgres"])
async def houses(request: pytest.FixtureRequest) -> AsyncIterator[list[Storage]]:
    """Each is what one server process has open; all are of the same database."""
    how_many = 2 if request.param.startswith("two") else 1
    async with AsyncExitStack() as opened:
        yield [await opened.enter_async_context(open_journals(url_of(request))) for _ in range(how_many)]


def url_of(request: pytest.FixtureRequest) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{request.getfixturevalue('tmp_path')}/unlearn.sqlite3"
    return str(request.getfixturevalue("postgres_url"))


async def test_no_cursor_passes_a_number_that_is_not_committed_yet(houses: list[Storage]) -> None:
    """SYNC.md §2: numbers are given out under a lock per journal held to the commit."""

    async def write(storage: Storage, device: int) -> None:
        for each in range(10):
            await storage.exchange(MARA, [trait(f"{device} {each}"), trait(f"{device} {each} more")], None, 0, 1)

    async def read(storage: Storage) -> list[bytes]:
        found, cursor = list[bytes](), 0
        epoch = (await storage.exchange(MARA, [], None, 0, 1)).epoch
        while cursor < 8 * 10 * 2:
            answer = await storage.exchange(MARA, [], epoch, cursor, 7)
            found += answer.records
            cursor = answer.cursor
        return found

    writing = [write(houses[n % len(houses)], n) for n in range(8)]
    read_by = [asyncio.create_task(read(storage)) for storage in houses for _ in range(2)]
    await asyncio.gather(*writing)
    for reader in read_by:
        found = await reader
        assert len(found) == len(set(found)) == 160


async def test_each_of_many_who_save_the_same_record_at_once_hears_of_the_others(houses: list[Storage]) -> None:
    first = trait("I say yes too soon")
    await houses[0].exchange(MARA, [first], None, 0, 1)
    epoch = (await houses[0].exchange(MARA, [], None, 0, 1)).epoch
    mine = [save(first, f"phone{n}", {f"costs{n}": n}, 5 + n) for n in range(30)]

    async def push(n: int) -> tuple[Record, int]:
        answer = await houses[n % len(houses)].exchange(MARA, [mine[n]], epoch, 1, 100)
        return (decode(answer.records[0]) if answer.records else mine[n]), answer.cursor

    everything = first
    for record in mine:
        everything = join(everything, record)
    answers = await asyncio.gather(*(push(n) for n in range(30)))
    assert await houses[0].record(MARA, first.id) == everything
    for n, (has, cursor) in enumerate(answers):
        assert join(has, mine[n]) == has  # its own save is in what it was answered
        later = await houses[0].exchange(MARA, [], epoch, cursor, 100)
        assert (decode(later.records[0]) if later.records else has) == everything


async def test_a_push_with_newer_states_before_and_after_its_cursor_is_answered_with_each_once(
    houses: list[Storage],
) -> None:
    """SYNC.md §2: records come back in the order of their numbers, each once."""
    old = [trait(f"old {n}") for n in range(4)]
    newer = [save(record, "laptop", {"name": "newer"}, 9) for record in old]
    first = await houses[0].exchange(MARA, newer, None, 0, 1)
    answer = await houses[0].exchange(MARA, [*reversed(old), trait("mine")], first.epoch, 2, 100)
    assert [decode(body) for body in answer.records] == newer


async def test_devices_that_push_together_each_hear_of_what_they_lack_and_no_more(houses: list[Storage]) -> None:
    there = [trait(f"there {n}") for n in range(600)]
    epoch = (await houses[0].exchange(MARA, there, None, 0, 1)).epoch
    cursors = [600, 599, 590, 600, 300, 0]
    for together in (cursors[:4], cursors):  # all a little behind, and one far behind among them
        newest = await houses[0].newest(MARA)
        mine = [trait(f"mine {n}") for n in together]
        pushes = [
            houses[n % len(houses)].exchange(MARA, [mine[n]], epoch, together[n], 2000) for n in range(len(together))
        ]
        for n, answer in enumerate(await asyncio.gather(*pushes)):
            assert not answer.more
            stored = await houses[0].records(MARA)
            lacked = [encode(record) for record in stored[together[n] : answer.cursor] if record != mine[n]]
            assert answer.records == lacked
            assert newest < answer.cursor <= newest + len(together)


async def test_pushes_to_two_journals_in_opposite_order_wait_for_nobody_for_good(houses: list[Storage]) -> None:
    pushes = [
        houses[n % len(houses)].exchange(who, [trait(str(n))], None, 0, 1)
        for n in range(40)
        for who in ((MARA, TEO) if n % 2 else (TEO, MARA))
    ]
    await asyncio.gather(*pushes)
    assert [await houses[0].newest(who) for who in (MARA, TEO)] == [40, 40]


async def test_what_one_process_stores_wakes_whoever_waits_in_another(houses: list[Storage]) -> None:
    listening = [asyncio.create_task(storage.next_change(MARA, 0)) for storage in houses]
    others = asyncio.create_task(houses[-1].next_change(TEO, 0))
    await houses[0].exchange(MARA, [trait("hers")], None, 0, 1)
    async with asyncio.timeout(5):
        assert await asyncio.gather(*listening) == [1 for _ in houses]
    await houses[-1].change(MARA, trait("hers too").id, lambda _: trait("hers too"))
    assert await asyncio.gather(*(storage.next_change(MARA, 1) for storage in houses)) == [2 for _ in houses]
    assert not others.done()
    await houses[0].exchange(TEO, [trait("his")], None, 0, 1)
    assert await asyncio.wait_for(others, 5) == 1


async def test_a_restored_journal_has_another_epoch_and_the_same_records(houses: list[Storage]) -> None:
    await houses[0].exchange(MARA, [trait("kept")], None, 0, 1)
    before = [await storage.exchange(MARA, [], None, 0, 9) for storage in houses]
    await houses[0].new_epochs()
    after = [await storage.exchange(MARA, [], None, 0, 9) for storage in houses]
    assert len({answer.epoch for answer in after}) == 1
    assert {answer.epoch for answer in before}.isdisjoint({answer.epoch for answer in after})
    assert [answer.records for answer in after] == [answer.records for answer in before]
    epochs = {(await houses[0].exchange(who, [], None, 0, 1)).epoch for who in (MARA, TEO)}
    assert len(epochs) == 2


ENDS: dict[str, Callable[[Storage], Awaitable[object]]] = {
    "its session is removed": lambda storage: storage.remove(Session, account=MARA, id_hash="hash"),
    "its session is taken": lambda storage: storage.take(Session, account=MARA, id_hash="hash"),
    "its token is removed": lambda storage: storage.remove(Token, account=MARA, token_hash="token"),
    "another session is bound to its device": lambda storage: storage.bind_device(MARA, "newer", "phone"),
    "its account is switched off": lambda storage: storage.update(Account, {"account": MARA}, disabled_at=5),
    "its account is removed": lambda storage: storage.remove_account(MARA),
}


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
async def test_whoever_waits_is_let_out_at_once_when(
    houses: list[Storage], end: Callable[[Storage], Awaitable[object]]
) -> None:
    here, there = houses[0], houses[-1]
    await here.add(Session(MARA, "hash", "phone", 1, 1))
    await here.add(Session(MARA, "newer", None, 1, 1))
    await here.add(Token(MARA, "token", 1))
    before, asked = await standing(here), asyncio.Event()

    async def is_let_in() -> bool:
        asked.set()
        return await standing(here) == before

    known = await here.newest(MARA)
    waiting = asyncio.create_task(here.next_change(MARA, known, is_let_in))
    await asked.wait()
    await end(there)
    with pytest.raises(LetOut):
        await asyncio.wait_for(waiting, PATIENCE_S)


async def standing(storage: Storage) -> list[object]:
    return [
        *await storage.all(Account, account=MARA),
        *await storage.all(Session, account=MARA),
        *await storage.all(Token, account=MARA),
    ]
