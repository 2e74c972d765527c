from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Protocol

import msgspec

from server.settings import Settings
from sync.exchange import Refusal
from sync.record import Record


class Account(msgspec.Struct, frozen=True):
    account: str
    email: str
    passphrase: str  # argon2's own text: parameters, salt and hash
    created_at: int  # ms since the epoch, like every time here


class Session(msgspec.Struct, frozen=True):
    account: str
    id_hash: str
    device: str | None
    created_at: int
    seen_at: int


class Exchanged(msgspec.Struct, frozen=True):
    """What an exchange answers: canonical bytes of records in the order of their numbers."""

    epoch: str
    cursor: int
    more: bool
    records: list[bytes]
    refused: list[Refusal]


class Changed(msgspec.Struct, frozen=True):
    """What changed in a journal after a number; all of it (`whole`) where that number says nothing of this life of it."""

    epoch: str
    newest: int
    whole: bool
    records: list[Record]


class EmailTaken(Exception):
    """Another account has this email."""


class EpochChanged(Exception):
    """The device's cursor belongs to another life of this journal: it has to start from 0."""


class Unavailable(Exception):
    """The database is full, gone or broken for now; nothing of the transaction is stored."""


class InUse(Exception):
    """Another process has this database open."""


class Storage(Protocol):
    """Accounts and their journals, one journal for each account, in SQLite or in PostgreSQL."""

    async def add_account(self, account: Account) -> None:
        """Store an account and its empty journal, or raise EmailTaken."""

    async def account_by_email(self, email: str) -> Account | None:
        """Find the account that signs in with this email, exactly as it was stored."""

    async def account(self, account: str) -> Account | None:
        """Find an account by its id."""

    async def add_session(self, session: Session) -> None:
        """Store a new session."""

    async def session(self, account: str, id_hash: str) -> Session | None:
        """Find a session by the hash of its secret."""

    async def touch_session(self, account: str, id_hash: str, seen_at: int) -> None:
        """Remember when a session was last used."""

    async def bind_device(self, account: str, id_hash: str, device: str) -> str | None:
        """Bind a session to the first device name it uses; answer the bound one, None without such a session."""

    async def remove_session(self, account: str, id_hash: str) -> None:
        """Forget a session."""

    async def add_token(self, account: str, token_hash: str, created_at: int) -> None:
        """Store a bearer token's hash."""

    async def has_token(self, account: str, token_hash: str) -> bool:
        """Tell whether the account has this token."""

    async def exchange(
        self, account: str, push: Sequence[Record], epoch: str | None, cursor: int, limit: int
    ) -> Exchanged:
        """Join a push and answer what the device lacks, in one transaction, or raise EpochChanged."""

    async def records(self, account: str) -> list[Record]:
        """Read a whole journal, in the order of its numbers."""

    async def changed(self, account: str, epoch: str, known: int) -> Changed:
        """Read what changed after the number `known` of this life of the journal, else all of it, in order."""

    async def record(self, account: str, record_id: str) -> Record | None:
        """Read one record."""

    async def change(self, account: str, record_id: str, edit: Callable[[Record | None], Record]) -> Record:
        """Save what `edit` makes of a record, in one transaction; BadRecord when it is too large."""

    async def writer(self, account: str) -> str:
        """Name the server's own saves in this life of the journal."""

    async def new_epochs(self) -> None:
        """Begin a new life of every journal, for what is stored has come from a backup."""

    async def newest(self, account: str) -> int:
        """Tell a journal's newest number, 0 at first."""

    async def next_change(self, account: str, known: int) -> int | None:
        """Wait until the journal's newest number is not `known`, and tell it; None once no more will be told."""

    def end_changes(self) -> None:
        """Let go of everybody who waits for a change."""

    async def ping(self) -> None:
        """Read something, or raise Unavailable."""


@asynccontextmanager
async def open_storage(settings: Settings) -> AsyncIterator[Storage]:
    """Open the database that the settings name, migrated to this version; closed whatever happens."""
    async with _open(settings) as storage:
        yield storage


def _open(settings: Settings) -> AbstractAsyncContextManager[Storage]:
    # Both import this interface; and what serves from SQLite never loads asyncpg.
    if settings.is_postgres:
        from server.storage.postgres import open_postgres  # noqa: PLC0415

        return open_postgres(settings.database_url)
    from server.storage.sqlite import open_sqlite  # noqa: PLC0415

    return open_sqlite(settings.database)
