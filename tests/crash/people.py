"""Accounts with tokens, made while no server runs."""

import asyncio
from pathlib import Path
from typing import Any

from server.accounts import make_token
from server.settings import read_settings
from server.storage import Account, open_storage


def tokens(folder: Path, *people: str, **settings: str) -> list[str]:
    """Give each person an account and a token for it."""
    return asyncio.run(_tokens({"UNLEARN_DATA": str(folder), **settings}, people))


async def _tokens(environment: dict[str, str], people: tuple[str, ...]) -> list[str]:
    async with open_storage(read_settings(environment)) as storage:
        for name in people:
            await storage.add_account(Account(name, f"{name}@example.org", "nobody signs in", 1))
        made: list[Any] = [await make_token(storage, f"{name}@example.org", 1) for name in people]
    return made
