from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Protocol, TypeVar

import msgspec

from server.settings import Settings
from sync.exchange import Refusal
from sync.record import Record

Value = str | int | bytes | None


class Row(msgspec.Struct, frozen=True):
    """One row of a table around accounts (server/storage/rows.py); times are ms since the epoch."""


class Account(Row, frozen=True):
    """A person as the server knows them; `key_hash` is argon2's own text, and both it and `kdf` "" without a passphrase."""

    account: str
    email: str
    key_hash: str
    created_at: int
    kdf: str = ""
    recovery_hash: str = ""
    verified_at: int | None = None
    disabled_at: int | None = None
    delete_at: int | None = None


class Session(Row, frozen=True):
    """A browser that is signed in; `proved_at` is when the person last showed who they are."""

    account: str
    id_hash: str
    device: str | None
    created_at: int
    seen_at: int
    proved_at: int = 0
    label: str = ""
    provider: str = ""


class Token(Row, frozen=True):
    """What a program signs in with."""

    account: str
    token_hash: str
    created_at: int


class Passkey(Row, frozen=True):
    """A WebAuthn credential: its id is base64url, its key COSE, its transports joined by spaces."""

    account: str
    id: str
    public_key: bytes
    sign_count: int
    name: str
    created_at: int
    used_at: int
    transports: str = ""


class Identity(Row, frozen=True):
    """Who a person is to an OpenID provider: `issuer` and `subject` together, never the email."""

    account: str
    issuer: str
    subject: str
    provider: str
    label: str
    created_at: int


class Ticket(Row, frozen=True):
    """Something that is good for one use and a while; `account` is "" where nobody is known yet."""

    hash: str
    purpose: str
    account: str
    body: str
    created_at: int
    expires_at: int


class Secret(Row, frozen=True):
    """What the server's processes know and nobody else."""

    name: str
    value: str


R = TypeVar("R", bound=Row)
Look = Callable[[], Awaitable[bool]]


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


class Taken(Exception):
    """There is a row of this key."""


class EmailTaken(Taken):
    """Another account has this email."""


class EpochChanged(Exception):
    """The device's cursor belongs to another life of this journal: it has to start from 0."""


class Unavailable(Exception):
    """The database is full, gone or broken for now; nothing of the transaction is stored."""


class LetOut(Exception):
    """Whoever waits for a change is not let in any more."""


class InUse(Exception):
    """Another process has this database open."""


async def always() -> bool:
    """Let whoever waits wait on."""
    return True


class Storage(Protocol):
    """Accounts and their journals, one journal for each account, in SQLite or in PostgreSQL."""

    async def add_account(self, account: Account) -> None:
        """Store an account and its empty journal, or raise EmailTaken."""

    async def remove_account(self, account: str) -> None:
        """Remove an account with its journal and everything else that is its own."""

    async def add(self, row: Row) -> None:
        """Store a new row, or raise Taken."""

    async def one(self, table: type[R], **key: str) -> R | None:
        """Find the row that has these values."""

    async def all(self, table: type[R], **key: str) -> list[R]:
        """Read the rows that have these values, in the order of their keys."""

    async def update(self, table: type[R], key: Mapping[str, str], **changes: Value) -> bool:
        """Change the rows that have these values; False when there is none, for what was removed stays so."""

    async def take(self, table: type[R], **key: str) -> R | None:
        """Remove a row and answer it, to one caller alone."""

    async def remove(self, table: type[R], **key: Value) -> int:
        """Remove the rows that have these values, and tell how many there were."""

    async def secret(self, name: str) -> str:
        """Give a secret that is made once and kept, the same in every process."""

    async def bind_device(self, account: str, id_hash: str, device: str) -> str | None:
        """Bind a session to the first device name it uses; answer the bound one, None without such a session.

        A device has one session: others that are bound to the same name end.
        """

    async def has_token(self, account: str, token_hash: str) -> bool:
        """Tell whether the account has this token and may use it."""

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

    async def next_change(self, account: str, known: int, is_let_in: Look = always) -> int | None:
        """Wait until the journal's newest number is not `known`, and tell it; None once no more will be told.

        `is_let_in` is asked first, and again whenever a session, a token or the account may have ended; LetOut if not.
        """

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
