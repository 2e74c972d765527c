from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from server.storage import Account, Row, Secret, Taken, Value, rows
from server.storage.rows import R, new_secret


class RowStorage(ABC):
    """The part of a Storage that is alike on every database, but for how one runs a statement and tells of a change."""

    sign: rows.Sign

    async def add(self, row: Row) -> None:
        """Store a new row, or raise Taken."""
        await self._write(rows.insert(row, self.sign))

    async def one(self, table: type[R], **key: str) -> R | None:
        """Find the row that has these values."""
        return next(iter(await self.all(table, **key)), None)

    async def all(self, table: type[R], **key: str) -> list[R]:
        """Read the rows that have these values."""
        return [table(*row) for row in await self._read(rows.select(table, key, self.sign))]

    async def update(self, table: type[R], key: Mapping[str, str], **changes: Value) -> bool:
        """Change the rows that have these values; False when there is none."""
        found = await self._write(rows.update(table, key, changes, self.sign))
        if table is Account:
            await self._tell(row[0] for row in found)
        return bool(found)

    async def take(self, table: type[R], **key: str) -> R | None:
        """Remove a row and answer it, to one caller alone."""
        found = await self._removed(table, key)
        return table(*found[0]) if found else None

    async def remove(self, table: type[R], **key: Value) -> int:
        """Remove the rows that have these values."""
        return len(await self._removed(table, key))

    async def secret(self, name: str) -> str:
        """Give a secret that is made once and kept."""
        found = await self.one(Secret, name=name)
        while not found:
            with suppress(Taken):  # by another process, in the meantime
                await self.add(Secret(name, new_secret()))
            found = await self.one(Secret, name=name)
        return found.value

    async def _removed(self, table: type[Row], key: Mapping[str, Value]) -> Sequence[Any]:
        found = await self._write(rows.delete(table, key, self.sign))
        if table in rows.LETS_IN:
            await self._tell(row[0] for row in found)
        return found

    @abstractmethod
    async def _read(self, statement: rows.Statement) -> Sequence[Any]:
        """Run a statement that changes nothing."""

    @abstractmethod
    async def _write(self, statement: rows.Statement) -> Sequence[Any]:
        """Run a statement in a transaction of its own, or raise Taken."""

    @abstractmethod
    async def _tell(self, accounts: Iterable[str]) -> None:
        """Have everybody look again who waits for a change of these accounts."""
