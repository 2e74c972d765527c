"""The server as a history needs it: it answers, saves by itself, crashes, and is restored from a backup."""

import asyncio
import secrets
import sqlite3
from collections.abc import Callable, Coroutine
from contextlib import AbstractAsyncContextManager, closing
from pathlib import Path
from typing import Any, Protocol, TypeVar

import msgspec

from server.storage import Account, EpochChanged, Storage
from server.storage.sqlite import open_sqlite
from sync.exchange import Refusal, Request, open_push
from sync.record import Record, encode, new
from tests.histories.device import Task, perform

T = TypeVar("T")


class Server(Protocol):
    def begin(self, account: str) -> None: ...
    def answer(self, body: bytes) -> tuple[int, bytes]: ...
    def do(self, task: Task, writer: str) -> None: ...
    def held(self) -> dict[str, bytes]: ...
    def newest(self) -> int: ...
    def crash(self) -> None: ...
    def back_up(self) -> Any: ...
    def restore(self, backup: Any) -> None: ...


class LocalServer:
    """A real storage on a real file, and the exchange of sync/ in front of it, in this process."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._loop = asyncio.new_event_loop()
        self._account = ""
        self._open()

    def close(self) -> None:
        self._shut()
        self._loop.close()

    def begin(self, account: str) -> None:
        self._account = account
        self._run(self._storage.add_account(Account(account, account, "", 1)))

    def answer(self, body: bytes) -> tuple[int, bytes]:
        asked = msgspec.json.decode(body, type=Request)
        push, refused = open_push(asked.records)
        try:
            found = self._run(self._storage.exchange(self._account, push, asked.epoch, asked.cursor, asked.limit))
        except EpochChanged:
            return 409, b"{}"
        records = b",".join(found.records)
        about = {"v": 1, "epoch": found.epoch, "cursor": found.cursor, "more": found.more}
        refusals = msgspec.json.encode([*refused, *found.refused])
        return 200, b'%s,"records":[%s],"refused":%s}' % (msgspec.json.encode(about)[:-1], records, refusals)

    def do(self, task: Task, writer: str) -> None:
        def edit(record: Record | None) -> Record:
            return perform(record or new(task.id, task.kind), writer, task, task.now)

        self._run(self._storage.change(self._account, task.id, edit))

    def held(self) -> dict[str, bytes]:
        return {record.id: encode(record) for record in self._run(self._storage.records(self._account))}

    def newest(self) -> int:
        return self._run(self._storage.newest(self._account))

    def crash(self) -> None:
        self._shut()
        self._open()

    def back_up(self) -> Any:
        with closing(sqlite3.connect(self._path)) as db:
            sql = "SELECT account, id, number, state FROM records WHERE account = ?"
            return self.newest(), db.execute(sql, (self._account,)).fetchall()

    def restore(self, backup: Any) -> None:
        """Put this account's rows back as they were, in a new life of the journal: no process has the file open."""
        newest, rows = backup
        self._shut()
        with closing(sqlite3.connect(self._path)) as db, db:
            db.execute("DELETE FROM records WHERE account = ?", (self._account,))
            db.executemany("INSERT INTO records (account, id, number, state) VALUES (?, ?, ?, ?)", rows)
            life = (secrets.token_hex(4), newest, self._account)
            db.execute("UPDATE journals SET epoch = ?, newest = ? WHERE account = ?", life)
        self._open()

    def _open(self) -> None:
        self._opened: AbstractAsyncContextManager[Storage] = open_sqlite(self._path)
        self._storage = self._run(self._opened.__aenter__())

    def _shut(self) -> None:
        self._run(self._opened.__aexit__(None, None, None))

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return self._loop.run_until_complete(work)
