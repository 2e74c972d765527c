"""Callers who wait at the same time share one commit."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Generic, TypeVar

from server.storage import Unavailable

W = TypeVar("W")

MOST_CALLERS = 256  # in one commit, so that none waits long for the work of the others
MOST_WEIGHT = 4000  # records in one commit, but for the last caller's


class Together(Generic[W]):
    """Gathers work while a commit is under way; `commit` answers an outcome or an exception for each."""

    def __init__(self, commit: Callable[[list[W]], Awaitable[Sequence[Any]]]) -> None:
        self._commit = commit
        self._waiting: asyncio.Queue[tuple[W, int, asyncio.Future[Any]] | None] = asyncio.Queue()
        self._closed = False

    async def add(self, work: W, weight: int = 1) -> Any:
        """Wait until `work` is committed; it is, even if the caller is cancelled meanwhile."""
        if self._closed:
            raise Unavailable("the database is closing")
        done: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        done.add_done_callback(asyncio.Future.exception)  # seen, even when the caller has gone
        self._waiting.put_nowait((work, weight, done))
        return await asyncio.shield(done)

    async def run(self) -> None:
        """Commit what waits, as much of it together as may be, until closed."""
        while first := await self._waiting.get():
            together = [first]
            while sum(weight for _, weight, _ in together) < MOST_WEIGHT and len(together) < MOST_CALLERS:
                if self._waiting.empty():
                    break
                if (following := self._waiting.get_nowait()) is None:
                    self._waiting.put_nowait(None)
                    break
                together.append(following)
            await self._finish([work for work, _, _ in together], [done for _, _, done in together])

    def close(self) -> None:
        """Take no more work; what waits is still committed."""
        self._closed = True
        self._waiting.put_nowait(None)

    async def _finish(self, works: list[W], waiting: list[asyncio.Future[Any]]) -> None:
        try:
            outcomes = await self._commit(works)
        except Exception as broken:  # noqa: BLE001 - whatever it is, each caller has to hear of it
            outcomes = [broken] * len(works)
        for done, outcome in zip(waiting, outcomes, strict=True):
            if isinstance(outcome, Exception):
                done.set_exception(outcome)
            else:
                done.set_result(outcome)
