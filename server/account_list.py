"""Who has an account, as an operator sees it: when and how much, never a word."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Literal

import msgspec

from server.journal import Journal
from server.storage import Account, Session, Storage


class Listed(msgspec.Struct, frozen=True):
    """One account; dates are ISO 8601 in UTC, and `seen` is None where no device is signed in."""

    email: str
    made: str
    seen: str | None
    entries: int
    state: Literal["on", "off", "going"]
    verified: bool
    goes: str | None = None


async def list_accounts(storage: Storage) -> list[Listed]:
    """Read every account, by email."""
    seen: dict[str, int] = {}
    for session in await storage.all(Session):
        seen[session.account] = max(session.seen_at, seen.get(session.account, 0))
    accounts = sorted(await storage.all(Account), key=lambda each: each.email)
    return [await _listed(storage, account, seen.get(account.account)) for account in accounts]


def table(accounts: Iterable[Listed]) -> str:
    """The accounts in columns."""
    rows = [("email", "made", "last seen", "entries", "state")]
    rows += [
        (each.email, each.made[:10], (each.seen or "-")[:10], str(each.entries), _state(each)) for each in accounts
    ]
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
    return "\n".join(line.rstrip() for line in lines)


async def _listed(storage: Storage, account: Account, seen: int | None) -> Listed:
    return Listed(
        account.email,
        _text(account.created_at),
        _text(seen) if seen else None,
        Journal(await storage.records(account.account)).count(),
        "off" if account.disabled_at is not None else "on" if account.delete_at is None else "going",
        account.verified_at is not None,
        None if account.delete_at is None else _text(account.delete_at),
    )


def _state(listed: Listed) -> str:
    return f"{listed.state} {listed.goes[:10]}" if listed.goes else listed.state


def _text(ms: int) -> str:
    return datetime.fromtimestamp(ms // 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
