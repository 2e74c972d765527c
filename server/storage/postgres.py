"""Storage in PostgreSQL, which several processes may share."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from functools import partial

import asyncpg

from server.storage import (
    Account,
    Changed,
    EmailTaken,
    Exchanged,
    Look,
    Taken,
    Ticket,
    Unavailable,
    always,
    rows,
)
from server.storage.listeners import Listeners
from server.storage.migrate import migrate_postgres, waiting
from server.storage.postgres_exchange import commit, pull
from server.storage.postgres_journal import Change, Push, Work
from server.storage.postgres_listening import CHANNEL, listen
from server.storage.postgres_pool import Postgres, connected, open_pool
from server.storage.pull import RESTORED, Pull, new_epoch, writer_in
from server.storage.row_storage import RowStorage
from server.storage.together import Together
from sync.record import Record, decode

LAST_COMMIT_S = 2  # when closing

ADD_JOURNAL = "INSERT INTO journals (account, epoch) SELECT account, ${epoch} FROM added"

BIND_DEVICE = """
WITH bound AS (
  UPDATE sessions SET device = coalesce(device, $3) WHERE account = $1 AND id_hash = $2 RETURNING account, device
), others AS (
  DELETE FROM sessions USING bound
  WHERE sessions.account = bound.account AND sessions.device = bound.device AND sessions.id_hash <> $2
)
SELECT device FROM bound
"""

CHANGED = """
SELECT journal.epoch, journal.newest, journal.whole, records.state
FROM (SELECT *, epoch <> $2 OR newest < $3 AS whole FROM journals WHERE account = $1) AS journal
LEFT JOIN records ON records.account = journal.account
  AND records.number > CASE WHEN journal.whole THEN 0 ELSE $3 END
ORDER BY records.number
"""


@asynccontextmanager
async def open_postgres(url: str) -> AsyncIterator["PostgresStorage"]:
    """Migrate the database and open it; closed whatever happens."""
    async with connected(url) as db:
        await migrate_postgres(db)
    async with open_pool(url) as postgres:
        storage = PostgresStorage(postgres)
        listening = asyncio.create_task(listen(url, storage.listeners))
        committing = asyncio.create_task(storage.together.run())
        try:
            yield storage
        finally:
            storage.end_changes()
            listening.cancel()
            storage.together.close()
            await asyncio.wait([committing], timeout=LAST_COMMIT_S)
            committing.cancel()


async def server_version(url: str) -> str:
    """Tell the database's version, having read that it is one for this program; nothing is written."""
    async with connected(url) as db:
        if await db.fetchval("SELECT to_regclass('migrations')"):
            waiting("postgres", await db.fetchval("SELECT max(number) FROM migrations"))
        return str(await db.fetchval("SHOW server_version"))


class PostgresStorage(RowStorage):
    """The Storage of one process among those that use the database."""

    sign = "$"

    def __init__(self, postgres: Postgres) -> None:
        self._postgres = postgres
        self.listeners = Listeners()
        self.together: Together[Work] = Together(partial(commit, postgres))

    async def add_account(self, account: Account) -> None:
        """Store an account and its empty journal, or raise EmailTaken."""
        sql, values = rows.insert(account, "$")
        with_journal = f"WITH added AS ({sql} RETURNING account) {ADD_JOURNAL.format(epoch=len(values) + 1)}"
        try:
            await self._write((with_journal, [*values, new_epoch()]))
        except Taken as taken:
            raise EmailTaken from taken

    async def remove_account(self, account: str) -> None:
        """Remove an account with everything that is its own."""
        async with self._postgres.connection() as db, db.transaction():
            for table in (Account, Ticket):
                sql, values = rows.delete(table, {"account": account}, "$")
                await db.fetch(sql, *values)
            await db.execute("SELECT pg_notify($1, $2)", CHANNEL, account)

    async def bind_device(self, account: str, id_hash: str, device: str) -> str | None:
        """Bind a session to the first device name it uses, and end others of that device."""
        row = await self._postgres.row(BIND_DEVICE, account, id_hash, device)
        await self._tell([account] if row else [])
        return str(row["device"]) if row else None

    async def has_token(self, account: str, token_hash: str) -> bool:
        """Tell whether the account has this token and may use it."""
        sql, values = rows.usable_token(account, token_hash, "$")
        return bool(await self._postgres.row(sql, *values))

    async def exchange(
        self, account: str, push: Sequence[Record], epoch: str | None, cursor: int, limit: int
    ) -> Exchanged:
        """Join a push and answer what the device lacks; asking alone waits for nobody's commit."""
        asked = Pull(epoch, cursor, limit)
        if not push:
            return await pull(self._postgres, account, asked)
        exchanged: Exchanged = await self.together.add(Push(account, push, asked), len(push))
        return exchanged

    async def records(self, account: str) -> list[Record]:
        """Read a whole journal, in the order of its numbers."""
        rows = await self._postgres.rows("SELECT state FROM records WHERE account = $1 ORDER BY number", account)
        return await asyncio.to_thread(lambda: [decode(state) for (state,) in rows])

    async def changed(self, account: str, epoch: str, known: int) -> Changed:
        """Read what changed after a number, else the whole journal."""
        rows = await self._postgres.rows(CHANGED, account, epoch, known)
        if not rows:
            return Changed("", 0, True, [])
        lives, newest, whole, _ = rows[0]
        states = [row["state"] for row in rows if row["state"] is not None]
        records = await asyncio.to_thread(lambda: [decode(state) for state in states]) if states else []
        return Changed(lives, newest, whole, records)

    async def record(self, account: str, record_id: str) -> Record | None:
        """Read one record."""
        row = await self._postgres.row("SELECT state FROM records WHERE account = $1 AND id = $2", account, record_id)
        return decode(row["state"]) if row else None

    async def change(self, account: str, record_id: str, edit: Callable[[Record | None], Record]) -> Record:
        """Save what `edit` makes of a record."""
        record: Record = await self.together.add(Change(account, record_id, edit))
        return record

    async def writer(self, account: str) -> str:
        """Name the server's own saves in this life of the journal."""
        row = await self._postgres.row("SELECT epoch FROM journals WHERE account = $1", account)
        return writer_in(row["epoch"] if row else "")

    async def new_epochs(self) -> None:
        """Begin a new life of every journal."""
        sql = "UPDATE journals SET epoch = $1 || left(replace(gen_random_uuid()::text, '-', ''), 12)"
        await self._postgres.row(sql, RESTORED)

    async def newest(self, account: str) -> int:
        """Tell a journal's newest number."""
        row = await self._postgres.row("SELECT newest FROM journals WHERE account = $1", account)
        return int(row["newest"]) if row else 0

    async def next_change(self, account: str, known: int, is_let_in: Look = always) -> int | None:
        """Wait until the journal's newest number is not `known`, and tell it; None once no more will be told."""
        return await self.listeners.next_change(account, known, self.newest, is_let_in)

    def end_changes(self) -> None:
        """Let go of everybody who waits for a change."""
        self.listeners.close()

    async def ping(self) -> None:
        """Read something, or raise Unavailable."""
        await self._postgres.row("SELECT count(*) FROM migrations")

    async def _tell(self, accounts: Iterable[str]) -> None:
        for account in accounts:
            await self._postgres.row("SELECT pg_notify($1, $2)", CHANNEL, account)

    async def _read(self, statement: rows.Statement) -> list[asyncpg.Record]:
        sql, values = statement
        return await self._postgres.rows(sql, *values)

    async def _write(self, statement: rows.Statement) -> list[asyncpg.Record]:
        sql, values = statement
        try:
            return await self._postgres.rows(sql, *values)
        except Unavailable as refused:
            if isinstance(refused.__cause__, asyncpg.UniqueViolationError | asyncpg.ForeignKeyViolationError):
                raise Taken from refused
            raise
