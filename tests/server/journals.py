"""A journal's storage, and what is put into it."""

import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from server.storage import Account
from server.storage.sqlite import SqliteStorage, open_sqlite
from sync.record import Record, new, save

MARA, TEO = "mara", "teo"


@asynccontextmanager
async def open_journals(path: Path) -> AsyncIterator[SqliteStorage]:
    """Open a file in which Mara and Teo have accounts."""
    async with open_sqlite(path) as storage:
        if not await storage.account(MARA):
            for name in (MARA, TEO):
                await storage.add_account(Account(name, f"{name}@example.org", "argon2", 1))
        yield storage


def trait(name: str, record_id: str | None = None, at: int = 1) -> Record:
    return save(new(record_id or str(uuid.uuid4()), "trait"), "phone", {"name": name}, at)
