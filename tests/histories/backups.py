"""One account's journal copied and put back, as a restore of the whole database would: quick enough for thousands."""

import sqlite3
from contextlib import closing
from typing import Any, NamedTuple

import asyncpg

SELECT = "SELECT account, id, number, state FROM records WHERE account = $1"
DELETE = "DELETE FROM records WHERE account = $1"
INSERT = "INSERT INTO records (account, id, number, state) VALUES ($1, $2, $3, $4)"
NEWEST = "SELECT newest FROM journals WHERE account = $1"
SET_NEWEST = "UPDATE journals SET newest = $1 WHERE account = $2"


class Backup(NamedTuple):
    newest: int
    rows: list[tuple[Any, ...]]


async def copy(url: str, account: str) -> Backup:
    """Copy what the journal holds."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as db:
            ((newest,),) = db.execute(NEWEST, (account,))
            return Backup(newest, db.execute(SELECT, (account,)).fetchall())
    postgres = await asyncpg.connect(url)
    try:
        rows = [tuple(row) for row in await postgres.fetch(SELECT, account)]
        return Backup(await postgres.fetchval(NEWEST, account), rows)
    finally:
        await postgres.close()


async def put_back(url: str, account: str, backup: Backup) -> None:
    """Make the journal what it was; no server is open meanwhile."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as db, db:
            db.execute(DELETE, (account,))
            db.executemany(INSERT, backup.rows)
            db.execute(SET_NEWEST, (backup.newest, account))
        return
    postgres = await asyncpg.connect(url)
    try:
        async with postgres.transaction():
            await postgres.execute(DELETE, account)
            await postgres.executemany(INSERT, backup.rows)
            await postgres.execute(SET_NEWEST, backup.newest, account)
    finally:
        await postgres.close()
