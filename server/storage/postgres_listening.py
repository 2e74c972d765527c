"""What other processes change: one connection that listens, for all who wait in this one."""

import asyncio

import asyncpg

from server.storage import Unavailable
from server.storage.listeners import Listeners
from server.storage.postgres_pool import connected

CHANNEL = "unlearn_changes"
RETRY_S = 0.5
PULSE_S = 30  # a network that went away says nothing; asking does


async def listen(url: str, listeners: Listeners) -> None:
    """Wake whoever waits for a journal that has changed, until cancelled."""
    while True:
        try:
            async with connected(url) as db:
                await _listen(db, listeners)
        except Unavailable:
            await asyncio.sleep(RETRY_S)


async def _listen(db: "asyncpg.Connection[asyncpg.Record]", listeners: Listeners) -> None:
    lost = asyncio.Event()
    db.add_termination_listener(lambda _: lost.set())
    await db.add_listener(CHANNEL, lambda _db, _process, _channel, account: listeners.tell(str(account)))
    listeners.tell_all()  # whatever was told before, nobody here heard
    while not lost.is_set():
        try:
            await asyncio.wait_for(lost.wait(), PULSE_S)
        except TimeoutError:
            await db.execute("SELECT 1")
    raise Unavailable("the database has closed the connection")
