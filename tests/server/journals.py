"""A journal's storage, and what is put into it."""

import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from server.settings import read_settings
from server.storage import Account, Storage, open_storage
from sync.record import Record, new, save

MARA, TEO = "mara", "teo"


@asynccontextmanager
async def open_journals(url: str) -> AsyncIterator[Storage]:
    """Open a database in which Mara and Teo have accounts."""
    async with open_storage(read_settings({"UNLEARN_DATABASE_URL": url})) as storage:
        if not await storage.one(Account, account=MARA):
            for name in (MARA, TEO):
                await storage.add_account(Account(name, f"{name}@example.org", "argon2", 1))
        yield storage


def trait(name: str, record_id: str | None = None, at: int = 1) -> Record:
    return save(new(record_id or str(uuid.uuid4()), "trait"), "phone", {"name": name}, at)
