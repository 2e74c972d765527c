"""What each month of one kind's entries says, for pages that are about all of them. Twin: web/phone/digests.js.

The phone keeps what a month said and drops it when one of its entries changes; here the entries are in memory.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Any

from server.entries import Entry
from server.journal import Journal

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def digests(journal: Journal, kind: str, make: Callable[[list[Entry]], Any]) -> list[Any]:
    """What `make` says of each month (in UTC) in which the kind has entries, given newest first; the latest month first."""
    return [make(list(entries)) for _, entries in groupby(journal.of_kind(kind), _month)]


def _month(entry: Entry) -> tuple[int, int]:
    begins = EPOCH + timedelta(milliseconds=entry.when)
    return begins.year, begins.month
