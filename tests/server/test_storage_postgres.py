import asyncio
from collections.abc import AsyncIterator

import asyncpg
import pytest

from server.storage import Storage, Unavailable, postgres_listening, postgres_pool
from server.storage.postgres import open_postgres, server_version
from server.storage.postgres_exchange import AFTER
from tests.postgres import PostgresServer
from tests.server.journals import MARA, TEO, open_journals, trait

Connection = asyncpg.Connection  # another program's


@pytest.fixture
async def storage(postgres_url: str) -> AsyncIterator[Storage]:
    async with open_journals(postgres_url) as opened:
        yield opened


@pytest.fixture
async def other(postgres_url: str, storage: Storage) -> AsyncIterator["Connection[asyncpg.Record]"]:
    """What another process has open, which waits for locks or holds them."""
    connection = await asyncpg.connect(postgres_url)
    try:
        yield connection
    finally:
        connection.terminate()


A_LOCK_IS_WAITED_FOR = "wait_event_type = 'Lock'"
NEWEST_WAS_READ = "state = 'idle' AND query LIKE 'SELECT newest%'"


async def until(other: "Connection[asyncpg.Record]", activity: str) -> None:
    async with asyncio.timeout(5):
        while not await other.fetchval(f"SELECT count(*) FROM pg_stat_activity WHERE {activity}"):  # noqa: S608 - ours
            pass


async def test_concurrent_pushes_share_transactions_and_each_gets_numbers_of_its_own(
    storage: Storage, other: "Connection[asyncpg.Record]"
) -> None:
    pushes = [storage.exchange(who, [trait(str(n))], None, 0, 500) for n in range(100) for who in (MARA, TEO)]
    answers = await asyncio.gather(*pushes)
    assert {answer.more for answer in answers} == {False}
    assert [len(await storage.records(who)) for who in (MARA, TEO)] == [100, 100]
    assert await other.fetchval("SELECT count(DISTINCT xmin::text) FROM records") < 5


async def test_who_only_asks_waits_for_nobody_and_hears_of_nothing_uncommitted(
    storage: Storage, other: "Connection[asyncpg.Record]"
) -> None:
    await storage.exchange(MARA, [trait("one")], None, 0, 1)
    async with other.transaction():
        await other.execute("SELECT FROM journals WHERE account = $1 FOR UPDATE", MARA)
        pushing = asyncio.create_task(storage.exchange(MARA, [trait("two")], None, 0, 9))
        await until(other, A_LOCK_IS_WAITED_FOR)
        answer = await storage.exchange(MARA, [], None, 0, 9)
        assert (answer.cursor, len(answer.records)) == (1, 1)
        assert not pushing.done()
    assert (await pushing).cursor == 2


async def test_a_caller_who_leaves_while_the_journal_is_locked_loses_nothing(
    storage: Storage, other: "Connection[asyncpg.Record]"
) -> None:
    async with other.transaction():
        await other.execute("SELECT FROM journals WHERE account = $1 FOR UPDATE", MARA)
        leaving = asyncio.create_task(storage.exchange(MARA, [trait("one"), trait("two")], None, 0, 1))
        await until(other, A_LOCK_IS_WAITED_FOR)
        leaving.cancel()
        with pytest.raises(asyncio.CancelledError):
            await leaving
    async with asyncio.timeout(5):
        assert await storage.next_change(MARA, 0) == 2
    assert len(await storage.records(MARA)) == 2
    assert (await storage.exchange(MARA, [trait("three")], None, 0, 9)).cursor == 3


async def test_a_journal_that_another_process_does_not_let_go_of_is_unavailable_until_it_does(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(postgres_pool.SETTINGS, "lock_timeout", "100ms")
    async with open_journals(postgres_url) as storage:
        hung = await asyncpg.connect(postgres_url)
        await hung.execute(f"BEGIN; SELECT FROM journals WHERE account = '{MARA}' FOR UPDATE")
        with pytest.raises(Unavailable, match="lock timeout"):
            await storage.exchange(MARA, [trait("one")], None, 0, 1)
        await storage.exchange(TEO, [trait("his")], None, 0, 1)
        hung.terminate()
        assert (await storage.exchange(MARA, [trait("one")], None, 0, 1)).cursor == 1


async def test_a_full_disk_stores_nothing_of_a_push_still_reads_and_recovers(
    storage: Storage, other: "Connection[asyncpg.Record]"
) -> None:
    await storage.exchange(MARA, [trait("before")], None, 0, 1)
    await other.execute(
        "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$;"
        "CREATE TRIGGER full_disk AFTER UPDATE ON journals EXECUTE FUNCTION full_disk()"
    )
    with pytest.raises(Unavailable, match="No space left"):
        await storage.exchange(MARA, [trait("two"), trait("three")], None, 0, 1)
    assert len(await storage.records(MARA)) == await storage.newest(MARA) == 1
    await other.execute("DROP TRIGGER full_disk ON journals")
    assert (await storage.exchange(MARA, [trait("room again")], None, 0, 1)).cursor == 2


async def test_while_the_database_is_gone_all_is_unavailable_and_then_all_is_well_again(
    storage: Storage, postgres: PostgresServer
) -> None:
    await storage.exchange(MARA, [trait("before")], None, 0, 1)
    await asyncio.to_thread(postgres.stop)
    for asked in (storage.exchange(MARA, [trait("gone")], None, 0, 1), storage.newest(MARA), storage.ping()):
        with pytest.raises(Unavailable, match=r"^PostgreSQL: .*[^\n]$"):
            await asked
    await asyncio.to_thread(postgres.start)
    assert (await storage.exchange(MARA, [trait("after")], None, 0, 9)).cursor == 2
    assert await storage.newest(MARA) == len(await storage.records(MARA)) == 2


async def test_who_waits_for_a_change_hears_of_one_after_the_database_was_restarted(
    postgres_url: str, postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres_listening, "RETRY_S", 0.01)
    async with open_journals(postgres_url) as laptop, open_journals(postgres_url) as phone:
        listening = asyncio.create_task(hear(laptop, 0))
        await asyncio.to_thread(postgres.restart)
        await phone.exchange(MARA, [trait("after")], None, 0, 1)
        async with asyncio.timeout(10):
            assert await listening == 1
            again = asyncio.create_task(hear(laptop, 1))
            await phone.exchange(MARA, [trait("once more")], None, 0, 1)
            assert await again == 2


async def hear(storage: Storage, known: int) -> int | None:
    """Listen as a page does, which asks again when a stream ends."""
    while True:
        try:
            return await storage.next_change(MARA, known)
        except Unavailable:
            await asyncio.sleep(0)


async def test_what_was_stored_while_nobody_listened_is_heard_of_once_somebody_does(
    storage: Storage, other: "Connection[asyncpg.Record]"
) -> None:
    listening = asyncio.create_task(storage.next_change(MARA, 0))
    await until(other, NEWEST_WAS_READ)
    await other.execute("UPDATE journals SET newest = 7 WHERE account = $1", MARA)  # and tells nobody
    await other.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'")
    async with asyncio.timeout(5):
        assert await listening == 7


async def test_processes_that_start_at_once_migrate_once(postgres_url: str) -> None:
    async def start() -> None:
        async with open_postgres(postgres_url) as storage:
            await storage.ping()

    await asyncio.gather(*(start() for _ in range(5)))
    db = await asyncpg.connect(postgres_url)
    numbers = [row["number"] for row in await db.fetch("SELECT number FROM migrations ORDER BY number")]
    assert numbers == [*range(1, len(numbers) + 1)]
    await db.close()


async def test_a_server_that_is_too_old_is_refused_in_one_line(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres_pool, "OLDEST", 99)
    for refused in (open_postgres(postgres_url).__aenter__(), server_version(postgres_url)):
        with pytest.raises(Unavailable, match=r"^PostgreSQL 1\d is too old; Unlearn needs 99 or later$"):
            await refused


async def test_a_pulls_cost_follows_the_index_not_the_journals_size(
    storage: Storage, other: "Connection[asyncpg.Record]"
) -> None:
    await storage.exchange(MARA, [trait(str(n)) for n in range(1000)], None, 0, 1)
    await other.execute("ANALYZE records")
    plan = await other.fetch("EXPLAIN (ANALYZE, TIMING OFF) " + AFTER, MARA, 10, [], 5, 10_000)
    steps = "\n".join(row[0] for row in plan)
    assert "records_by_number" in steps
    assert "Seq Scan" not in steps
    assert "Sort " not in steps
    assert "rows=1000 " not in steps
