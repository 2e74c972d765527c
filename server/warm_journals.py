"""Journals that were asked for lately, kept in memory: a page of 10,000 entries need not read all of them again.

The database stays the truth. Each request asks it what changed since this process read the journal, by its numbers, in
one look; so a page shows what was saved before it was asked for, by whichever server that shares the database.
"""

import asyncio
from collections import OrderedDict
from typing import NamedTuple

from server.journal import Journal
from server.storage import Storage
from sync.record import Record

MOST_ENTRIES = 50_000  # of all journals together; some 4 kB each
FEW = 50  # records that are read as entries without letting other requests go first


class Warm(NamedTuple):
    """A journal as it was at its number `newest`."""

    epoch: str
    newest: int
    journal: Journal


COLD = Warm("", 0, Journal([]))


class WarmJournals:
    """The journals of those who asked last, up to a number of entries in total."""

    def __init__(self, storage: Storage, most: int = MOST_ENTRIES) -> None:
        self._storage = storage
        self._room = most
        self._kept: OrderedDict[str, Warm] = OrderedDict()  # who asked last comes last

    async def journal(self, account: str) -> Journal:
        """The account's journal as it is in the database now."""
        warm = self._kept.get(account, COLD)
        changed = await self._storage.changed(account, warm.epoch, warm.newest)
        if changed.records or changed.whole:
            before = None if changed.whole else warm.journal
            warm = Warm(changed.epoch, changed.newest, await _read(changed.records, before))
        self._keep(account, warm)
        return warm.journal

    def forget(self, account: str) -> None:
        """Forget the journal of an account that is gone."""
        if warm := self._kept.pop(account, None):
            self._room += _size(warm)

    def keep_only(self, accounts: set[str]) -> None:
        """Forget the journals of all others: they may have gone by way of another process."""
        for account in set(self._kept) - accounts:
            self.forget(account)

    def _keep(self, account: str, warm: Warm) -> None:
        self.forget(account)
        self._kept[account] = warm
        self._room -= _size(warm)
        while self._room < 0:
            _, dropped = self._kept.popitem(last=False)
            self._room += _size(dropped)


async def _read(records: list[Record], before: Journal | None) -> Journal:
    if len(records) <= FEW:
        return Journal(records, before)
    return await asyncio.to_thread(Journal, records, before)


def _size(warm: Warm) -> int:
    return len(warm.journal.entries) + 1  # nobody's is for nothing
