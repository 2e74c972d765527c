"""Saves that a device has not sent, under another name: it found out that it was set back to an older copy."""

from collections.abc import Sequence
from typing import NamedTuple

import msgspec
from msgspec import Raw
from msgspec.structs import replace

from sync.record import DELETED, Record, Vector, Write


class Renaming(NamedTuple):
    old: str
    name: str
    unsent: tuple[int, ...]  # first the latest save that the server had, then those that it may lack


def rename(record: Record, renaming: Renaming) -> Record:
    """Give the unsent saves their new name: in the dots, in what was seen, and in what a deletion saw."""
    old, name, (_, *ats) = renaming
    writes = (replace(write, by=name) if write.by == old and write.at in ats else write for write in record.writes)
    seen = in_todays_names(record.seen, [renaming])
    return replace(record, seen=seen, writes=[_renamed_deletion(write, renaming) for write in writes])


def in_todays_names(seen: Vector | None, renamings: Sequence[Renaming]) -> dict[str, int] | None:
    """Say what was seen in the names that its saves have now: a page may be older than they are."""
    if seen is None:
        return None
    named = dict(seen)
    for old, name, (known, *ats) in renamings:
        if named.get(old) in ats:
            named |= {name: named[old], old: known}
    return {by: at for by, at in named.items() if at}


def _renamed_deletion(write: Write, renaming: Renaming) -> Write:
    if not isinstance(write.set, dict) or DELETED not in write.set:
        return write
    seen = in_todays_names(msgspec.json.decode(write.set[DELETED]), [renaming])
    return replace(write, set={**write.set, DELETED: Raw(msgspec.json.encode(seen, order="sorted"))})
