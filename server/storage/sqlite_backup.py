"""A SQLite database copied to a file and back, each whole or not at all."""

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from server.storage import Unavailable
from server.storage.sqlite import open_sqlite
from server.storage.sqlite_file import locked


def back_up(path: Path, copy: Path) -> None:
    """Copy the database as it is at this moment, beside a running server too."""
    if copy.exists():
        raise Unavailable(f"{copy} is there already; a backup replaces nothing")
    with _room_beside(copy) as room:
        made = room / copy.name
        made.touch(mode=0o600)
        with _explained(f"{path} can't be copied"):
            _copy(path, made)
            _leave_wal(made)  # all of it is in this one file
        made.rename(copy)
        _sync_folder(copy.parent)


async def restore(path: Path, copy: Path) -> None:
    """Put a backup in the database's place, with new epochs: devices send what it lacks (SYNC.md §2)."""
    with locked(path), _room_beside(path) as room:
        made = room / path.name
        with _explained(f"{copy} is no sound backup of Unlearn"):
            _copy(copy, made)
            _check(made)
        async with open_sqlite(made) as storage:
            await storage.new_epochs()
        with _explained(f"{path} can't be replaced, move it away first"):
            _leave_wal(path)  # in which a copy of another page size can't land
            _copy(made, path)  # one transaction of SQLite's


@contextmanager
def _room_beside(path: Path) -> Iterator[Path]:
    try:
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".unlearn-") as room:
            yield Path(room)
    except OSError as broken:
        raise Unavailable(f"{path.parent} can't hold a copy: {broken.strerror}") from broken


@contextmanager
def _explained(sentence: str) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as broken:
        raise Unavailable(f"{sentence}: {broken}") from broken


def _copy(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as read:
        read.execute("SELECT count(*) FROM sqlite_schema")  # fails where this is no database; a copy would not
        with closing(sqlite3.connect(target)) as written:
            written.execute("PRAGMA synchronous = FULL")
            read.backup(written)


def _leave_wal(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA journal_mode = DELETE")


def _check(made: Path) -> None:
    with closing(sqlite3.connect(made)) as db:
        db.execute("SELECT number FROM migrations")
        (found,) = db.execute("PRAGMA integrity_check(1)").fetchone()
        if found != "ok":
            raise sqlite3.DatabaseError(found)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
