"""Numbered SQL files, each run once, in order, in a transaction of its own; there is no way back."""

import sqlite3
from collections.abc import Iterator
from importlib.resources import files


class NewerDatabase(Exception):
    """The database was written by a newer version than this one."""


def migrate(db: sqlite3.Connection) -> None:
    """Bring the database to this version, or leave it as it was after the last migration that ran."""
    db.execute("CREATE TABLE IF NOT EXISTS migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT")
    (done,) = db.execute("SELECT coalesce(max(number), 0) FROM migrations").fetchone()
    waiting = migrations()
    if done > len(waiting):
        raise NewerDatabase(f"the database is at version {done}, this program knows {len(waiting)}")
    for number, (name, sql) in enumerate(waiting[done:], done + 1):
        _run(db, number, name, sql)


def migrations() -> list[tuple[str, str]]:
    """Read every migration's name and SQL, in order."""
    folder = files("server.storage") / "migrations"
    found = sorted(file.name for file in folder.iterdir() if file.name.endswith(".sql"))
    return [(name, (folder / name).read_text()) for name in found]


def _run(db: sqlite3.Connection, number: int, name: str, sql: str) -> None:
    db.execute("BEGIN IMMEDIATE")
    try:
        for statement in _statements(sql):
            db.execute(statement)
        db.execute("INSERT INTO migrations VALUES (?, ?)", (number, name))
        db.execute("COMMIT")
    except BaseException:
        db.execute("ROLLBACK")
        raise


def _statements(sql: str) -> Iterator[str]:
    # executescript() would commit the transaction first.
    statement = ""
    for line in sql.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
