"""Storage in one SQLite file."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

from server.storage import (
    Account,
    Changed,
    EmailTaken,
    Exchanged,
    Look,
    Row,
    Taken,
    Ticket,
    always,
    rows,
    sqlite_journal,
)
from server.storage.listeners import Listeners
from server.storage.pull import RESTORED, Pull, new_epoch, writer_in
from server.storage.row_storage import RowStorage
from server.storage.sqlite_file import SqliteFile, open_file
from sync.record import Record

HEADS = 10_000  # journals remembered, about 3 MB
TOKENS = 10_000


@asynccontextmanager
async def open_sqlite(path: Path) -> AsyncIterator["SqliteStorage"]:
    """Open the file, alone; closed whatever happens."""
    async with open_file(path) as file:
        storage = SqliteStorage(file)
        try:
            yield storage
        finally:
            storage.end_changes()


class SqliteStorage(RowStorage):
    """The Storage of one process on one file."""

    sign = "?"

    def __init__(self, file: SqliteFile) -> None:
        self._file = file
        self._listeners = Listeners()
        self._tokens: set[tuple[str, str]] = set()  # asked for at every request of a program
        # Epoch and newest number of journals, as this process, the only one, wrote them last: whoever has that much lacks
        # nothing. Reads never write here: one that ends late would set a journal back.
        self._heads: dict[str, tuple[str | None, int]] = {}

    async def add_account(self, account: Account) -> None:
        """Store an account and its empty journal, or raise EmailTaken."""
        await self._file.write(partial(_add_account, account))

    async def remove_account(self, account: str) -> None:
        """Remove an account with everything that is its own."""
        await self._file.write(partial(_remove_account, account))
        self._tokens.clear()
        self._changed(account)
        await self._file.empty_log()

    async def bind_device(self, account: str, id_hash: str, device: str) -> str | None:
        """Bind a session to the first device name it uses, and end others of that device."""
        bound = await self._file.write(partial(_bind_device, account, id_hash, device))
        self._listeners.tell(account)
        return bound

    async def has_token(self, account: str, token_hash: str) -> bool:
        """Tell whether the account has this token and may use it; one that was good stays so until a row changes."""
        if (account, token_hash) in self._tokens:
            return True
        sql, values = rows.usable_token(account, token_hash, "?")
        found = await self._one(sql, *values)
        if found and len(self._tokens) < TOKENS:
            self._tokens.add((account, token_hash))
        return bool(found)

    async def exchange(
        self, account: str, push: Sequence[Record], epoch: str | None, cursor: int, limit: int
    ) -> Exchanged:
        """Join a push and answer what the device lacks; asking alone waits for nobody's commit."""
        if not push and self._heads.get(account) == (epoch, cursor):
            return Exchanged(cursor=cursor, epoch=epoch or "", more=False, records=[], refused=[])
        pull = Pull(epoch, cursor, limit)
        work = partial(sqlite_journal.exchange, account=account, push=push, pull=pull)
        if not push:
            return await self._file.read(work)
        return await self._file.write(work, partial(self._exchanged, account))

    async def records(self, account: str) -> list[Record]:
        """Read a whole journal, in the order of its numbers."""
        return await self._file.read(partial(sqlite_journal.records, account=account))

    async def changed(self, account: str, epoch: str, known: int) -> Changed:
        """Read what changed after a number, else the whole journal."""
        return await self._file.read(partial(sqlite_journal.changed, account=account, epoch=epoch, known=known))

    async def record(self, account: str, record_id: str) -> Record | None:
        """Read one record."""
        return await self._file.read(partial(sqlite_journal.record, account=account, record_id=record_id))

    async def change(self, account: str, record_id: str, edit: Callable[[Record | None], Record]) -> Record:
        """Save what `edit` makes of a record."""
        work = partial(sqlite_journal.change, account=account, record_id=record_id, edit=edit)
        return await self._file.write(work, partial(self._changed, account))

    async def writer(self, account: str) -> str:
        """Name the server's own saves in this life of the journal."""
        row = await self._one("SELECT epoch FROM journals WHERE account = ?", account)
        return writer_in(row[0] if row else "")

    async def new_epochs(self) -> None:
        """Begin a new life of every journal."""
        await self._run("UPDATE journals SET epoch = ? || lower(hex(randomblob(6)))", RESTORED)
        self._heads.clear()

    async def newest(self, account: str) -> int:
        """Tell a journal's newest number."""
        return await self._file.read(partial(sqlite_journal.newest, account=account))

    async def next_change(self, account: str, known: int, is_let_in: Look = always) -> int | None:
        """Wait until the journal's newest number is not `known`, and tell it; None once no more will be told."""
        return await self._listeners.next_change(account, known, self.newest, is_let_in)

    def end_changes(self) -> None:
        """Let go of everybody who waits for a change."""
        self._listeners.close()

    async def ping(self) -> None:
        """Read something, or raise Unavailable."""
        await self._one("SELECT count(*) FROM migrations")

    def _exchanged(self, account: str, done: asyncio.Future[Exchanged]) -> None:
        self._changed(account, done)
        if not done.exception() and not done.result().more:
            if len(self._heads) >= HEADS:
                self._heads.clear()
            self._heads[account] = (done.result().epoch, done.result().cursor)

    def _changed(self, account: str, _: asyncio.Future[Any] | None = None) -> None:
        self._heads.pop(account, None)
        self._listeners.tell(account)

    async def _one(self, sql: str, *values: str) -> tuple[Any, ...] | None:
        row: tuple[Any, ...] | None = await self._file.read(lambda db: db.execute(sql, values).fetchone())
        return row

    async def _read(self, statement: rows.Statement) -> list[tuple[Any, ...]]:
        sql, values = statement
        return await self._file.read(lambda db: db.execute(sql, values).fetchall())

    async def _write(self, statement: rows.Statement) -> list[tuple[Any, ...]]:
        sql, values = statement
        try:
            found: list[tuple[Any, ...]] = await self._file.write(lambda db: db.execute(sql, values).fetchall())
        except sqlite3.IntegrityError as taken:
            raise Taken from taken
        self._tokens.clear()  # a token may have gone, or its account
        return found

    async def _tell(self, accounts: Iterable[str]) -> None:
        for account in accounts:
            self._listeners.tell(account)

    async def _run(self, sql: str, *values: str | int | None) -> None:
        await self._file.write(lambda db: db.execute(sql, values).close())


def _add_account(account: Account, db: sqlite3.Connection) -> None:
    try:
        _add(account, db)
    except Taken as taken:
        raise EmailTaken from taken
    db.execute("INSERT INTO journals (account, epoch) VALUES (?, ?)", (account.account, new_epoch()))


def _bind_device(account: str, id_hash: str, device: str, db: sqlite3.Connection) -> str | None:
    bind = "UPDATE sessions SET device = coalesce(device, ?) WHERE account = ? AND id_hash = ? RETURNING device"
    bound = db.execute(bind, (device, account, id_hash)).fetchone()
    if not bound:
        return None
    db.execute("DELETE FROM sessions WHERE account = ? AND device = ? AND id_hash <> ?", (account, bound[0], id_hash))
    return str(bound[0])


def _add(row: Row, db: sqlite3.Connection) -> None:
    try:
        db.execute(*rows.insert(row, "?"))
    except sqlite3.IntegrityError as taken:
        raise Taken from taken


def _remove_account(account: str, db: sqlite3.Connection) -> None:
    for table in (Account, Ticket):
        db.execute(*rows.delete(table, {"account": account}, "?")).fetchall()
