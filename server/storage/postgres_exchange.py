"""The statements of an exchange in PostgreSQL, each for all journals and records that a transaction is about."""

import asyncio
from collections.abc import Iterable, Sequence

from server.storage import Exchanged
from server.storage.postgres_journal import Change, Journal, Push, Stored, Work
from server.storage.postgres_listening import CHANNEL
from server.storage.postgres_pool import Connection, Postgres
from server.storage.pull import MAX_ANSWER, Pull, Row, check_epoch, page
from sync.record import Record

# Held to the commit. In the order of their accounts, so that two who lock several never wait for each other.
LOCK = "SELECT account, epoch, newest FROM journals WHERE account = ANY($1) ORDER BY account FOR UPDATE"

STATES = """
SELECT account, id, number, state FROM records
JOIN unnest($1::text[], $2::text[]) AS wanted (account, id) USING (account, id)
"""

# PostgreSQL tells whoever listens once the transaction is committed.
STORE = """
WITH stored AS (
  INSERT INTO records (account, id, number, state)
  SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bytea[])
  ON CONFLICT (account, id) DO UPDATE SET number = excluded.number, state = excluded.state
)
UPDATE journals SET newest = given.newest FROM unnest($5::text[], $6::bigint[]) AS given (account, newest)
WHERE journals.account = given.account RETURNING pg_notify($7, journals.account)
"""

# One more than an answer takes, in number or in bytes, so that it is known that there is more.
AFTER = """
SELECT id, number, state FROM (
  SELECT id, number, state,
    sum(octet_length(state)) OVER (ORDER BY number ROWS UNBOUNDED PRECEDING) - octet_length(state) AS before
  FROM records WHERE account = $1 AND number > $2 AND id <> ALL($3::text[]) ORDER BY number LIMIT $4::bigint + 1
) AS numbered WHERE before <= $5 ORDER BY number
"""

# One statement sees one snapshot.
PULL = f"""
SELECT epoch, newest, id, number, state FROM journals LEFT JOIN LATERAL ({AFTER}) AS lacking ON true
WHERE account = $1 ORDER BY number
"""  # noqa: S608 (no part of it comes from outside)

NEAR = 500  # records that devices which are a little behind may lack
NEAR_BYTES = 512 * 1024

BEYOND = 2**63 - 1  # a bigint's last number; no journal gets there


async def pull(postgres: Postgres, account: str, asked: Pull) -> Exchanged:
    """Answer what a device lacks."""
    rows = await postgres.rows(PULL, account, min(asked.cursor, BEYOND), [], asked.limit, MAX_ANSWER)
    epoch, newest = (rows[0]["epoch"], rows[0]["newest"]) if rows else ("", 0)
    check_epoch(asked, epoch, newest)
    lacking = [row[2:] for row in rows if row["id"]]
    records, cursor, more = page(lacking, set(), asked.limit, newest)
    return Exchanged(epoch, cursor, more, records, [])


async def commit(postgres: Postgres, works: Sequence[Work]) -> list[Exchanged | Record | Exception]:
    """Do the work of all in one transaction; what one of them can't do is that one's exception."""
    async with postgres.connection() as db, db.transaction(isolation="read_committed"):
        journals = await _lock(db, works)
        faults = await asyncio.to_thread(_apply, journals, works)
        await _store(db, journals.values())
        pushes = [work for work, fault in zip(works, faults, strict=True) if isinstance(work, Push) and not fault]
        for journal in journals.values():
            await _read_later(db, journal, [push.pull.cursor for push in pushes if push.account == journal.account])
        most = MAX_ANSWER // len(works)
        return [
            fault or await _answer(db, journals[work.account], work, most)
            for work, fault in zip(works, faults, strict=True)
        ]


async def _lock(db: Connection, works: Iterable[Work]) -> dict[str, Journal]:
    rows = await db.fetch(LOCK, list({work.account for work in works}))
    journals = {row["account"]: Journal(*row) for row in rows}
    # A statement of its own: this snapshot is taken when the locks are held.
    wanted = {(work.account, each) for work in works for each in work.ids}
    for account, *row in await db.fetch(STATES, *_columns(wanted, 2)):
        stored = Stored(*row)
        journals[account].rows[stored.id] = stored
    return journals


def _apply(journals: dict[str, Journal], works: Iterable[Work]) -> list[Exception | None]:
    return [_fault(journals, work) for work in works]


def _fault(journals: dict[str, Journal], work: Work) -> Exception | None:
    try:
        work.apply(journals[work.account])
    except Exception as fault:  # noqa: BLE001 - its own caller's business, not the others'
        return fault
    return None


async def _store(db: Connection, journals: Iterable[Journal]) -> None:
    changed = [journal for journal in journals if journal.changed]
    if changed:
        rows = [(journal.account, *journal.rows[each]) for journal in changed for each in journal.changed]
        numbers = [(journal.account, journal.newest) for journal in changed]
        await db.fetch(STORE, *_columns(rows, 4), *_columns(numbers, 2), CHANNEL)


async def _read_later(db: Connection, journal: Journal, cursors: list[int]) -> None:
    # Devices that are all a little behind share one reading; those of a journal where one is far behind read each its own.
    journal.later = journal.stored()
    if (since := min(cursors, default=journal.since)) < journal.since:
        later = [Stored(*row) for row in await db.fetch(AFTER, journal.account, since, [], NEAR, NEAR_BYTES)]
        if len(later) <= NEAR and sum(len(row.state) for row in later) <= NEAR_BYTES:
            journal.since, journal.later = since, later


async def _answer(db: Connection, journal: Journal, work: Work, most: int) -> Exchanged | Record:
    if isinstance(work, Change):
        return work.record
    _, cursor, limit = work.pull
    rows: list[Row] = [*work.stale(journal)]
    if (fresh := work.fresh(journal)) is None:
        rows += [tuple(row) for row in await db.fetch(AFTER, journal.account, cursor, work.had(journal), limit, most)]
    else:
        rows += fresh
    records, cursor, more = page(rows, set(), limit, journal.newest, most)
    return Exchanged(journal.epoch, cursor, more, records, work.joined.refused)


def _columns(rows: Iterable[tuple[object, ...]], width: int) -> list[list[object]]:
    return [list(column) for column in zip(*rows, strict=True)] or [[] for _ in range(width)]
