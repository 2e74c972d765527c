"""The server as a history needs it: it answers, saves by itself, crashes, and is restored from a backup."""

import asyncio
import secrets
from collections.abc import Coroutine
from typing import Any, Protocol, TypeVar

import msgspec

from server.settings import read_settings
from server.storage import Account, EpochChanged, open_storage
from sync.exchange import open_push, read_request, split
from sync.record import Record, encode, new
from tests.histories.backups import Backup, copy, put_back
from tests.histories.tasks import Task, perform

T = TypeVar("T")


class Server(Protocol):
    def begin(self) -> None: ...
    def answer(self, body: bytes) -> tuple[int, bytes]: ...
    def do(self, task: Task) -> bool: ...
    def held(self) -> dict[str, bytes]: ...
    def newest(self) -> int: ...
    def crash(self) -> None: ...
    def back_up(self) -> Any: ...
    def restore(self, backup: Any) -> None: ...


class LocalServer:
    """A real storage on a real database, and the exchange of sync/ in front of it, in this process."""

    def __init__(self, database_url: str) -> None:
        self._url = database_url
        self._loop = asyncio.new_event_loop()
        self._account = ""
        self._open()

    def close(self) -> None:
        self._shut()
        self._loop.close()

    def begin(self) -> None:
        """A history has an account of its own."""
        self._account = secrets.token_hex(8)
        self._run(self._storage.add_account(Account(self._account, self._account, "", 1)))

    def answer(self, body: bytes) -> tuple[int, bytes]:
        asked = read_request(body)
        push, refused = open_push(split(asked.records))
        try:
            found = self._run(self._storage.exchange(self._account, push, asked.epoch, asked.cursor, asked.limit))
        except EpochChanged:
            return 409, b"{}"
        records = b",".join(found.records)
        about = {"v": 1, "epoch": found.epoch, "cursor": found.cursor, "more": found.more}
        refusals = msgspec.json.encode([*refused, *found.refused])
        return 200, b'%s,"records":[%s],"refused":%s}' % (msgspec.json.encode(about)[:-1], records, refusals)

    def do(self, task: Task) -> bool:
        """Save by itself, if it can."""
        writer = self._run(self._storage.writer(self._account))

        def edit(record: Record | None) -> Record:
            return perform(record or new(task.id, task.kind), writer, task, task.now)

        self._run(self._storage.change(self._account, task.id, edit))
        return True

    def held(self) -> dict[str, bytes]:
        return {record.id: encode(record) for record in self._run(self._storage.records(self._account))}

    def newest(self) -> int:
        return self._run(self._storage.newest(self._account))

    def crash(self) -> None:
        self._shut()
        self._open()

    def back_up(self) -> Backup:
        return self._run(copy(self._url, self._account))

    def restore(self, backup: Backup) -> None:
        self._shut()
        self._run(put_back(self._url, self._account, backup))
        self._open()
        self._run(self._storage.new_epochs())

    def _open(self) -> None:
        self._opened = open_storage(read_settings({"UNLEARN_DATABASE_URL": self._url}))
        self._storage = self._run(self._opened.__aenter__())

    def _shut(self) -> None:
        self._run(self._opened.__aexit__(None, None, None))

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return self._loop.run_until_complete(work)
