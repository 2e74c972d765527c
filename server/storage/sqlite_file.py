"""One SQLite file: opened by one process, written by one connection, each commit shared by all who wait for it."""

import asyncio
import fcntl
import os
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import aiosqlite

from server.storage import InUse, Unavailable
from server.storage.migrate import migrate_sqlite

T = TypeVar("T")
Work = Callable[[sqlite3.Connection], T]

MAX_TOGETHER = 256  # callers in one commit, so that none waits long for the work of the others


class SqliteFile:
    """Reads and writes, each a function that runs as one transaction, in one hop to the connection's thread."""

    def __init__(self, writer: "Connection", reader: "Connection") -> None:
        self._writer = writer
        self._reader = reader
        self._waiting: asyncio.Queue[tuple[Work[Any], asyncio.Future[Any]] | None] = asyncio.Queue()
        self._closed = False

    async def read(self, work: Work[T]) -> T:
        """Run `work` on one snapshot of the database, while others write."""
        try:
            return await self._reader.run(partial(_read, work))
        except sqlite3.Error as broken:
            raise Unavailable(str(broken)) from broken

    async def write(self, work: Work[T], told: Callable[[asyncio.Future[T]], None] = lambda _: None) -> T:
        """Run `work` and return once it is on the disk; `told` hears of it even if the caller was cancelled meanwhile."""
        if self._closed:
            raise Unavailable("the database is closing")
        done: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        done.add_done_callback(told)
        done.add_done_callback(asyncio.Future.exception)  # seen, even when the caller has gone
        self._waiting.put_nowait((work, done))
        return await asyncio.shield(done)

    async def empty_log(self) -> None:
        """Write the WAL into the file and cut it off, for it still has what was removed."""
        await self._writer.run(lambda db: db.execute("PRAGMA wal_checkpoint(TRUNCATE)").close())

    async def commit_until_closed(self) -> None:
        """Commit what waits, all of it together, until the end."""
        while first := await self._waiting.get():
            together = [first]
            while len(together) < MAX_TOGETHER and not self._waiting.empty():
                if (following := self._waiting.get_nowait()) is None:
                    self._waiting.put_nowait(None)
                    break
                together.append(following)
            await self._commit(together)

    def close(self) -> None:
        """Take no more work; what waits is still committed."""
        self._closed = True
        self._waiting.put_nowait(None)

    async def _commit(self, together: list[tuple[Work[Any], asyncio.Future[Any]]]) -> None:
        works = [work for work, _ in together]
        try:
            outcomes = await self._writer.run(partial(_write_together, works))
        except Exception as broken:  # noqa: BLE001 - whatever it is, each caller has to hear of it
            outcomes = [_unavailable(broken)] * len(together)
        for (_, done), outcome in zip(together, outcomes, strict=True):
            if isinstance(outcome, Exception):
                done.set_exception(outcome)
            else:
                done.set_result(outcome)


class Connection(aiosqlite.Connection):
    async def run(self, work: Work[T]) -> T:
        """Run `work` in the connection's thread: one hop, where a statement at a time would be one each."""
        result: T = await self._execute(work, self._conn)  # type: ignore[no-untyped-call] # aiosqlite's
        return result


@asynccontextmanager
async def open_file(path: Path) -> AsyncIterator[SqliteFile]:
    """Open, migrate and at the end close the file, or raise InUse."""
    with locked(path):
        # The reader closes first, so that the writer alone ever checkpoints: before SQLite 3.51.3,
        # two connections that do so at once can corrupt the WAL (https://sqlite.org/wal.html#walresetbug).
        async with _opened(path, _prepare_writer) as writer, _opened(path, _prepare_reader) as reader:
            file = SqliteFile(writer, reader)
            committing = asyncio.create_task(file.commit_until_closed())
            try:
                yield file
            finally:
                file.close()
                await committing


@asynccontextmanager
async def _opened(path: Path, prepare: Callable[[sqlite3.Connection], None]) -> AsyncIterator[Connection]:
    connection = Connection(partial(sqlite3.connect, path, isolation_level=None), iter_chunk_size=64)
    try:
        try:
            await connection
            await connection.run(prepare)
        except sqlite3.Error as broken:
            raise Unavailable(f"{path} can't be opened as a database: {broken}") from broken
        yield connection
    finally:
        await connection.close()


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Keep every other process from the file, or raise InUse."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = os.open(path.with_name(f"{path.name}.lock"), os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    except OSError as broken:
        raise Unavailable(f"{path.parent} can't hold the database: {broken.strerror}") from broken
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        path.touch(mode=0o600)
        yield
    except BlockingIOError as taken:
        raise InUse(f"{path} is open in another process; stop that one first") from taken
    finally:
        os.close(lock)


def _prepare_writer(db: sqlite3.Connection) -> None:
    db.execute("PRAGMA page_size = 8192")  # of a new file: eleven records of a usual length
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    db.execute("PRAGMA foreign_keys = ON")
    db.execute("PRAGMA secure_delete = ON")  # what is removed is written over, not only forgotten
    db.execute("PRAGMA cache_size = -16000")  # KiB: ids come in no order, and their index should fit
    migrate_sqlite(db)


def _prepare_reader(db: sqlite3.Connection) -> None:
    db.execute("PRAGMA query_only = ON")


def _read(work: Work[T], db: sqlite3.Connection) -> T:
    db.execute("BEGIN")
    try:
        return work(db)
    finally:
        db.execute("ROLLBACK")


def _write_together(works: list[Work[Any]], db: sqlite3.Connection) -> list[Any]:
    db.execute("BEGIN IMMEDIATE")
    try:
        outcomes = [_write_alone(work, db) for work in works]
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:  # SQLite has ended it already when the disk is full
            db.execute("ROLLBACK")
        raise
    return outcomes


def _write_alone(work: Work[Any], db: sqlite3.Connection) -> Any:
    db.execute("SAVEPOINT alone")
    try:
        return work(db)
    except Exception as refused:
        if isinstance(refused, sqlite3.Error) and not isinstance(refused, sqlite3.IntegrityError):
            raise  # the disk or the file, not this work: nobody's lands
        db.execute("ROLLBACK TO alone")
        return refused  # its own caller's business, not the others'
    finally:
        if db.in_transaction:
            db.execute("RELEASE alone")


def _unavailable(broken: Exception) -> Unavailable:
    unavailable = Unavailable(str(broken))
    unavailable.__cause__ = broken
    return unavailable
