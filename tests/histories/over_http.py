"""The server as people run it, a process with a database of its own, for many histories one after the other."""

import asyncio
import gzip
import http.client
import json
import signal
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from server.credentials import new_credential
from server.storage import Account, Token
from server.storage.sqlite import open_sqlite
from server.storage.sqlite_backup import back_up, restore
from tests.histories.tasks import Task
from tests.serving import Serving

T = TypeVar("T")

WORTH_GZIP = 1000  # bytes


class HttpServer:
    """Crashes by kill -9, and is restored from a backup of its whole database while it is down."""

    def __init__(self, folder: Path, histories: int) -> None:
        self._folder = folder
        self._serving = Serving(folder / "var")
        self._database = folder / "var" / "unlearn.sqlite3"
        self._tokens = iter(_run(_add_accounts(self._database, histories)))
        self._token = ""
        self.account = ""
        self.url = self._serving.url
        self._backups = 0
        self._open()

    def close(self) -> None:
        self._line.close()
        if self._serving.process:
            self._serving.stop()

    def begin(self) -> None:
        self._token = next(self._tokens)
        self.account = self._token.partition(".")[0]

    def answer(self, body: bytes) -> tuple[int, bytes]:
        return self._ask(body, {"Authorization": f"Bearer {self._token}"})

    def answer_stranger(self, body: bytes) -> tuple[int, bytes]:
        """Answer somebody who is not signed in; the server hangs up without reading what they say."""
        answered = self._ask(body, {})
        self._line.close()
        return answered

    def do(self, task: Task) -> bool:  # noqa: ARG002 - its own pages are told of elsewhere
        return False

    def held(self) -> dict[str, bytes]:
        return {json.loads(text)["id"]: text for text in self._pull()[1]}

    def newest(self) -> int:
        return self._pull()[0]

    def crash(self) -> None:
        self._line.close()
        self._serving.stop(signal.SIGKILL)
        self._open()

    def back_up(self) -> Path:
        self._backups += 1
        copy = self._folder / f"backup{self._backups}"
        back_up(self._database, copy)
        return copy

    def restore(self, backup: Any) -> None:
        self._line.close()
        self._serving.stop(signal.SIGKILL)
        _run(restore(self._database, backup))
        self._open()

    def _open(self) -> None:
        self._serving.start()
        self._line = http.client.HTTPConnection("localhost", self._serving.port, timeout=60)

    def _pull(self) -> tuple[int, list[bytes]]:
        status, body = self.answer(b'{"v":1,"device":"observer","limit":2000}')
        assert status == 200, body
        answer = json.loads(body)
        texts = (json.dumps(record, ensure_ascii=False, separators=(",", ":")) for record in answer["records"])
        return answer["cursor"], [text.encode() for text in texts]

    def _ask(self, body: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
        packed = {"Content-Encoding": "gzip"} if len(body) > WORTH_GZIP else {}
        sent = gzip.compress(body, 1) if packed else body
        self._line.request("POST", "/sync", sent, {"Content-Type": "application/json", **packed, **headers})
        answered = self._line.getresponse()
        return answered.status, answered.read()


def _run(work: Coroutine[Any, Any, T]) -> T:
    with ThreadPoolExecutor(1) as aside:  # Playwright has a loop running in this thread
        return aside.submit(asyncio.run, work).result()


async def _add_accounts(database: Path, count: int) -> list[str]:
    tokens = []
    async with open_sqlite(database) as storage:
        for n in range(count):
            account = f"history{n}"
            token, token_hash = new_credential(account)
            await storage.add_account(Account(account, f"{account}@example.org", "", 1))
            await storage.add(Token(account, token_hash, 1))
            tokens.append(token)
    return tokens
