"""Connections to one PostgreSQL database. Whatever breaks there is Unavailable; the next caller gets a fresh connection."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import TypeAlias

import asyncpg
from asyncpg.pool import PoolConnectionProxy

from server.storage import Unavailable

OLDEST = 15  # PostgreSQL's major version
MOST_CONNECTIONS = 10  # of this process; PostgreSQL has 100 unless told otherwise
PATIENCE_S = 5  # for a connection, or for a statement's turn at a lock
LONGEST_S = 30  # of one statement

BROKEN = (asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError, OSError, TimeoutError)

SETTINGS = {
    "application_name": "unlearn",
    "lock_timeout": f"{PATIENCE_S}s",
    "idle_in_transaction_session_timeout": "10s",  # a process that hangs must not keep a journal locked
}

# Quoted: they take a type parameter in their stubs alone.
Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record] | PoolConnectionProxy[asyncpg.Record]"


class Postgres:
    """Hands out connections, one to each caller for as long as it needs one."""

    def __init__(self, pool: "asyncpg.Pool[asyncpg.Record]") -> None:
        self._pool = pool

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[Connection]:
        """Lend a connection of the pool."""
        with unavailable_when_broken():
            async with self._pool.acquire(timeout=PATIENCE_S) as db:
                yield db

    async def rows(self, sql: str, *values: object) -> list[asyncpg.Record]:
        """Run one statement, which is one transaction, and return its rows."""
        async with self.connection() as db:
            return await db.fetch(sql, *values)

    async def row(self, sql: str, *values: object) -> asyncpg.Record | None:
        """Run one statement, which is one transaction, and return its first row."""
        async with self.connection() as db:
            return await db.fetchrow(sql, *values)


@asynccontextmanager
async def open_pool(url: str) -> AsyncIterator[Postgres]:
    """Open connections as they are needed, and close them whatever happens."""
    with unavailable_when_broken():
        pool = await asyncpg.create_pool(
            url,
            min_size=0,
            max_size=MOST_CONNECTIONS,
            timeout=PATIENCE_S,
            command_timeout=LONGEST_S,
            server_settings=SETTINGS,
            reset=_leave_as_it_is,
        )
    try:
        yield Postgres(pool)
    finally:
        try:
            await asyncio.wait_for(pool.close(), timeout=1)
        except BROKEN:
            pool.terminate()


@asynccontextmanager
async def connected(url: str) -> AsyncIterator["asyncpg.Connection[asyncpg.Record]"]:
    """Open one connection, to a database that is new enough, and close it whatever happens."""
    with unavailable_when_broken():
        db = await asyncpg.connect(url, timeout=PATIENCE_S, command_timeout=LONGEST_S, server_settings=SETTINGS)
        try:
            if (version := db.get_server_version()).major < OLDEST:
                raise Unavailable(f"PostgreSQL {version.major} is too old; Unlearn needs {OLDEST} or later")
            yield db
        finally:
            db.terminate()


@contextmanager
def unavailable_when_broken() -> Iterator[None]:
    """Raise Unavailable for whatever goes wrong with the database, rather than with what was asked of it."""
    try:
        yield
    except BROKEN as broken:
        why = str(broken).partition("\n")[0] or "no answer"  # one line; hints come after it
        raise Unavailable(f"PostgreSQL: {why}") from broken


async def _leave_as_it_is(_: Connection) -> None:
    # Nothing here changes a session, and asyncpg's own reset is one more round trip each time.
    pass
