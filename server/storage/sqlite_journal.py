"""A journal in SQLite: functions that run inside one transaction of a connection."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence

from server.storage import Changed, Exchanged
from server.storage.pull import Pull, Row, check_epoch, echoes, page
from sync.exchange import fits, join_push
from sync.record import Record, decode, encode


def exchange(db: sqlite3.Connection, account: str, push: Sequence[Record], pull: Pull) -> Exchanged:
    """Join the push, then page through what the device lacks."""
    epoch, newest = _journal(db, account)
    check_epoch(pull, epoch, newest)
    stored = _states(db, account, [record.id for record in push])
    joined = join_push(stored, push)
    lacks_none = pull.cursor == newest and not joined.differing
    newest = _store(db, account, newest, joined.changed)
    if lacks_none:
        return Exchanged(epoch, newest, more=False, records=[], refused=joined.refused)
    rows = _lacking(db, account, pull.cursor, joined.differing)
    records, cursor, more = page(rows, echoes(push, joined), pull.limit, newest)
    return Exchanged(epoch, cursor, more, records, joined.refused)


def change(db: sqlite3.Connection, account: str, record_id: str, edit: Callable[[Record | None], Record]) -> Record:
    """Store what `edit` makes of a record."""
    before = _states(db, account, [record_id]).get(record_id)
    record = edit(decode(before) if before else None)
    after = fits(encode(record))
    decode(after)  # what is stored can be read again, or is refused now
    if after != before:
        _, newest = _journal(db, account)
        _store(db, account, newest, {record_id: after})
    return record


def records(db: sqlite3.Connection, account: str) -> list[Record]:
    """Read all of a journal."""
    return [decode(state) for _, _, state in _after(db, account, 0)]


def changed(db: sqlite3.Connection, account: str, epoch: str, known: int) -> Changed:
    """Read what changed after a number of this life of the journal, else all of it."""
    lives, newest = _journal(db, account)
    whole = lives != epoch or newest < known
    rows = _after(db, account, 0 if whole else known) if whole or newest > known else ()
    return Changed(lives, newest, whole, [decode(state) for _, _, state in rows])


def record(db: sqlite3.Connection, account: str, record_id: str) -> Record | None:
    """Read one record."""
    state = _states(db, account, [record_id]).get(record_id)
    return decode(state) if state else None


def newest(db: sqlite3.Connection, account: str) -> int:
    """Read a journal's newest number."""
    return _journal(db, account)[1]


def _journal(db: sqlite3.Connection, account: str) -> tuple[str, int]:
    found = db.execute("SELECT epoch, newest FROM journals WHERE account = ?", (account,)).fetchone()
    epoch, number = found or ("", 0)
    return epoch, number


def _states(db: sqlite3.Connection, account: str, ids: Iterable[str]) -> dict[str, bytes]:
    sql = "SELECT id, state FROM records WHERE account = ? AND id IN (SELECT value FROM json_each(?))"
    return dict(db.execute(sql, (account, json.dumps(list(ids)))))


def _store(db: sqlite3.Connection, account: str, number: int, states: dict[str, bytes]) -> int:
    numbered = [(account, record_id, number + n, state) for n, (record_id, state) in enumerate(states.items(), 1)]
    db.executemany(
        "INSERT INTO records (account, id, number, state) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (account, id) DO UPDATE SET number = excluded.number, state = excluded.state",
        numbered,
    )
    if numbered:
        db.execute("UPDATE journals SET newest = ? WHERE account = ?", (number + len(numbered), account))
    return number + len(numbered)


def _lacking(db: sqlite3.Connection, account: str, cursor: int, differing: set[str]) -> Iterator[Row]:
    # What the device pushed may be older than what the server has had since before its cursor.
    sql = (
        "SELECT id, number, state FROM records"
        " WHERE account = ? AND number <= ? AND id IN (SELECT value FROM json_each(?)) ORDER BY number"
    )
    yield from db.execute(sql, (account, cursor, json.dumps(list(differing)))) if differing else ()
    yield from _after(db, account, cursor)


def _after(db: sqlite3.Connection, account: str, cursor: int) -> Iterator[Row]:
    sql = "SELECT id, number, state FROM records WHERE account = ? AND number > ? ORDER BY number"
    return db.execute(sql, (account, cursor))
