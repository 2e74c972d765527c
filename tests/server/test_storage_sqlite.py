import asyncio
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest

from server.storage import Account, InUse, Storage, Token, Unavailable
from server.storage.sqlite import SqliteStorage, open_sqlite
from server.storage.sqlite_file import open_file
from tests.server.journals import MARA, open_journals, trait


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "house" / "unlearn.db"


@pytest.fixture
async def storage(path: Path) -> AsyncIterator[Storage]:
    async with open_journals(f"sqlite:///{path}") as opened:
        yield opened


async def test_concurrent_pushes_share_commits_and_each_gets_numbers_of_its_own(path: Path) -> None:
    async with open_file(path) as file:
        storage = SqliteStorage(file)
        await storage.add_account(Account(MARA, "mara@example.org", "argon2", 1))
        statements: list[str] = []
        await file.write(lambda db: db.set_trace_callback(statements.append))
        answers = await asyncio.gather(*(storage.exchange(MARA, [trait(str(n))], None, 0, 500) for n in range(200)))
        assert sorted(answer.cursor for answer in answers) == list(range(1, 201))
        assert statements.count("COMMIT") < 5


async def test_work_that_fails_halfway_leaves_nothing_and_harms_nobody_it_shares_a_commit_with(path: Path) -> None:
    def fail(db: sqlite3.Connection) -> None:
        db.execute("UPDATE accounts SET email = 'half'")
        raise ValueError("halfway")

    async with open_file(path) as file:
        storage = SqliteStorage(file)
        await storage.add_account(Account(MARA, "mara@example.org", "argon2", 1))
        both = await asyncio.gather(file.write(fail), storage.add(Token(MARA, "token", 1)), return_exceptions=True)
        assert [type(outcome) for outcome in both] == [ValueError, type(None)]
        assert await storage.has_token(MARA, "token")
        assert await storage.one(Account, email="mara@example.org")


async def test_closing_commits_what_waits_and_ends_who_listens(path: Path) -> None:
    async with open_sqlite(path) as storage:
        await storage.add_account(Account(MARA, "mara@example.org", "argon2", 1))
        listening = asyncio.create_task(storage.next_change(MARA, 0))
        pushing = asyncio.create_task(storage.exchange(MARA, [trait("late")], None, 0, 1))
        await asyncio.sleep(0)
    assert (await pushing).cursor == 1
    assert await listening in (None, 1)
    with pytest.raises(Unavailable):
        await storage.exchange(MARA, [trait("too late")], None, 0, 1)
    async with open_sqlite(path) as again:
        assert await again.newest(MARA) == 1


async def test_a_full_disk_stores_nothing_of_a_push_still_reads_and_recovers(path: Path) -> None:
    async with open_file(path) as file:
        storage = SqliteStorage(file)
        await storage.add_account(Account(MARA, "mara@example.org", "argon2", 1))
        (pages,) = await file.write(lambda db: db.execute("PRAGMA page_count").fetchone())
        await file.write(partial(run, f"PRAGMA max_page_count = {pages + 4}"))
        with pytest.raises(Unavailable, match="full"):
            await storage.exchange(MARA, [trait("small"), *(trait("x" * 50_000) for _ in range(20))], None, 0, 1)
        assert await storage.records(MARA) == []
        await storage.ping()
        await file.write(partial(run, "PRAGMA max_page_count = 1000000"))
        assert (await storage.exchange(MARA, [trait("room again")], None, 0, 1)).cursor == 1


def run(sql: str, db: sqlite3.Connection) -> None:
    db.execute(sql).fetchall()


async def test_a_second_process_is_told_in_one_line_that_the_file_is_in_use(storage: Storage, path: Path) -> None:
    with pytest.raises(InUse, match="is open in another process"):
        async with open_sqlite(path):
            pass
    script = f"""
import asyncio, pathlib
from server.storage.sqlite import open_sqlite
async def main():
    async with open_sqlite(pathlib.Path({str(path)!r})): pass
asyncio.run(main())
"""
    other = await asyncio.to_thread(
        subprocess.run, [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert other.stderr.strip().splitlines()[-1].startswith("server.storage.InUse: ")


async def test_the_file_is_its_owners_alone(storage: Storage, path: Path) -> None:
    assert {each.stat().st_mode & 0o077 for each in path.parent.iterdir()} == {0}


@pytest.mark.parametrize(("pragma", "value"), [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1)])
async def test_every_commit_reaches_the_disk(path: Path, pragma: str, value: object) -> None:
    async with open_file(path) as file:
        assert await file.write(lambda db: db.execute(f"PRAGMA {pragma}").fetchone()) == (value,)


async def test_an_edits_cost_follows_the_index_not_the_journals_size(storage: Storage, path: Path) -> None:
    with sqlite3.connect(path) as db:
        sql = "SELECT id, number, state FROM records WHERE account = ? AND number > ? ORDER BY number"
        plan = " ".join(row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {sql}", ("", 0)))
    db.close()
    assert "records_by_number" in plan
    assert "SCAN" not in plan
    assert "TEMP B-TREE" not in plan
