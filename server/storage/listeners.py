import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

from server.storage import LetOut, Look


class Listeners:
    """Who waits for which journal to change, in this process."""

    def __init__(self) -> None:
        self._waiting: dict[str, set[asyncio.Event]] = {}
        self.closed = False

    async def next_change(
        self, account: str, known: int, newest: Callable[[str], Awaitable[int]], is_let_in: Look
    ) -> int | None:
        """Wait until a journal's newest number is not `known`, and tell it; None once closed."""
        with self.listening(account) as event:
            while not self.closed:
                event.clear()
                if not await is_let_in():
                    raise LetOut
                found = await newest(account)
                if found != known:
                    return found
                await event.wait()
        return None

    @contextmanager
    def listening(self, account: str) -> Iterator[asyncio.Event]:
        """Give an event that is set whenever the journal changes."""
        event = asyncio.Event()
        self._waiting.setdefault(account, set()).add(event)
        try:
            yield event
        finally:
            self._waiting[account].discard(event)
            if not self._waiting[account]:
                del self._waiting[account]

    def tell(self, account: str) -> None:
        """Wake whoever waits for this journal."""
        for event in self._waiting.get(account, ()):
            event.set()

    def tell_all(self) -> None:
        """Wake everybody."""
        for account in self._waiting:
            self.tell(account)

    def close(self) -> None:
        """Wake everybody for the last time."""
        self.closed = True
        self.tell_all()
