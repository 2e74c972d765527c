"""What stands in a database after a crash, read past the server, and held to what its phones know."""

import shutil
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import asyncpg
import msgspec

from sync.record import decode, read
from tests.crash.phone import HUB, Phone

ROWS = "SELECT account, id, number, state FROM records ORDER BY number"
NEWEST = "SELECT account, newest FROM journals"


class Journal(NamedTuple):
    newest: int
    numbers: list[int]
    states: dict[str, bytes]


def in_file(path: Path) -> dict[str, Journal]:
    """Read the journals of a copy, so that it is the server that repairs the file; the copy has to be sound too."""
    with tempfile.TemporaryDirectory() as folder:
        for each in (path, path.with_name(f"{path.name}-wal")):
            if each.exists():
                shutil.copy(each, folder)
        with closing(sqlite3.connect(Path(folder) / path.name)) as db:
            assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert db.execute("PRAGMA foreign_key_check").fetchall() == []
            return _journals(db.execute(ROWS).fetchall(), dict(db.execute(NEWEST).fetchall()))


async def in_postgres(url: str) -> dict[str, Journal]:
    """Read the journals of a database."""
    db = await asyncpg.connect(url)
    try:
        rows = [tuple(row) for row in await db.fetch(ROWS)]
        return _journals(rows, {row["account"]: row["newest"] for row in await db.fetch(NEWEST)})
    finally:
        await db.close()


def hold_to(phones: Iterable[Phone], journal: Journal) -> None:
    """See that all that was acknowledged is there, each batch wholly or not at all, and no number lost or given twice."""
    hub = read(decode(journal.states[HUB])) if HUB in journal.states else {}
    there = Counter((by, batch) for by, batch in map(_batch, journal.states.values()) if batch)
    expected = Counter[tuple[str, int]]()
    for phone in phones:
        landed = hub[phone.name].value if phone.name in hub else 0
        assert phone.acknowledged <= landed <= len(phone.sizes), phone.name
        expected += Counter({(phone.name, n): size for n, size in enumerate(phone.sizes[:landed], 1)})
        assert {journal.states.get(each) for each in phone.written} <= {*phone.written.values(), None}
    assert there == expected
    assert journal.newest == expected.total() + len(expected)  # a number for each new record, and one for the hub
    assert len(set(journal.numbers)) == len(journal.numbers)
    assert max(journal.numbers, default=0) == journal.newest


def _journals(rows: Iterable[tuple[str, str, int, bytes]], newest: Mapping[str, int]) -> dict[str, Journal]:
    journals = {account: Journal(number, [], {}) for account, number in newest.items()}
    for account, record_id, number, state in rows:
        journals[account].numbers.append(number)
        journals[account].states[record_id] = state
    return journals


class _Batched(msgspec.Struct):
    set: dict[str, int | str]
    by: str


class _Writes(msgspec.Struct):
    writes: list[_Batched]


def _batch(state: bytes) -> tuple[str, int]:
    write = msgspec.json.decode(state, type=_Writes).writes[0]
    return write.by, int(write.set.get("batch", 0))
