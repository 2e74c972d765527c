"""What is over goes from the database by itself: tickets, sessions, and accounts whose time to go has come."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

from server.sessions import purge_sessions
from server.settings import Settings
from server.storage import Account, Storage, Ticket, Unavailable
from server.warm_journals import WarmJournals

log = logging.getLogger("unlearn")

HOUR_S = 60 * 60


async def purge(storage: Storage, journals: WarmJournals, settings: Settings, now: int) -> None:
    """Remove all that is over at `now` (ms). Several processes may do so at once: a row goes once."""
    for ticket in await storage.all(Ticket):
        if ticket.expires_at <= now:
            await storage.remove(Ticket, hash=ticket.hash)
    await purge_sessions(storage, settings, now)
    for account in await storage.all(Account):
        if account.delete_at is not None and account.delete_at <= now:
            await _remove_unless_kept(storage, account)
    journals.keep_only({account.account for account in await storage.all(Account)})


@asynccontextmanager
async def purging(work: Callable[[], Awaitable[None]]) -> AsyncIterator[None]:
    """Do `work` now and every hour meanwhile; at the end, what is under way is done first."""
    stopping = asyncio.Event()

    async def pause(seconds: float) -> bool:
        with suppress(TimeoutError):
            await asyncio.wait_for(stopping.wait(), seconds)
        return not stopping.is_set()

    hourly = asyncio.create_task(every_hour(work, pause))
    try:
        yield
    finally:
        stopping.set()
        await hourly


async def every_hour(work: Callable[[], Awaitable[None]], pause: Callable[[float], Awaitable[bool]]) -> None:
    """Do `work` now and after each `pause` (of so many seconds) that says to go on; what fails is for the next time."""
    goes_on = True
    while goes_on:
        try:
            await work()
        except Unavailable as unavailable:
            log.warning("nothing was purged: %s", unavailable)
        goes_on = await pause(HOUR_S)


async def _remove_unless_kept(storage: Storage, account: Account) -> None:
    # Somebody who takes it back at this moment has changed delete_at, and this then finds no such row.
    if await storage.remove(Account, account=account.account, delete_at=account.delete_at):
        await storage.remove_account(account.account)  # with what no row of it points to, and what is remembered of it
