"""Numbered SQL files for each database, each run once, in order; there is no way back."""

import sqlite3
from collections.abc import Iterator
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import asyncpg

LOCK = 0x756E6C6561726E  # "unlearn" in ASCII, among the database's advisory locks

Migration = tuple[int, str, str]  # number, file name, SQL


class NewerDatabase(Exception):
    """The database was written by a newer version than this one."""


def migrate_sqlite(db: sqlite3.Connection) -> None:
    """Bring the database to this version, or leave it as it was."""
    db.execute("BEGIN IMMEDIATE")
    try:
        db.execute("CREATE TABLE IF NOT EXISTS migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT")
        (done,) = db.execute("SELECT coalesce(max(number), 0) FROM migrations").fetchone()
        for number, name, sql in waiting("sqlite", done):
            for statement in _statements(sql):
                db.execute(statement)
            db.execute("INSERT INTO migrations VALUES (?, ?)", (number, name))
        db.execute("COMMIT")
    except BaseException:
        db.execute("ROLLBACK")
        raise


async def migrate_postgres(db: "asyncpg.Connection") -> None:
    """Bring the database to this version, or leave it as it was, while other processes that start wait."""
    async with db.transaction():
        await db.execute("SELECT pg_advisory_xact_lock($1)", LOCK)
        await db.execute("CREATE TABLE IF NOT EXISTS migrations (number integer PRIMARY KEY, name text NOT NULL)")
        done = await db.fetchval("SELECT coalesce(max(number), 0) FROM migrations")
        for number, name, sql in waiting("postgres", done):
            await db.execute(sql)
            await db.execute("INSERT INTO migrations VALUES ($1, $2)", number, name)


def waiting(database: str, done: int) -> list[Migration]:
    """Read the migrations after the last that was done, in order."""
    folder = files("server.storage") / "migrations" / database
    found = sorted(file.name for file in folder.iterdir())
    if done > len(found):
        raise NewerDatabase(f"the database is at version {done}, this program knows {len(found)}")
    return [(number, name, (folder / name).read_text()) for number, name in enumerate(found[done:], done + 1)]


def _statements(sql: str) -> Iterator[str]:
    # executescript() would commit the transaction first.
    statement = ""
    for line in sql.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
