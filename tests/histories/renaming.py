"""Saves that a device has not sent, under another name: it found out that it was set back to an older copy."""

import msgspec
from msgspec import Raw
from msgspec.structs import replace

from sync.record import DELETED, Record, Vector, Write


def rename(record: Record, old: str, name: str, unsent: tuple[int, ...]) -> Record:
    """Give the saves of `old` that nobody has to `name`, in the dots, in what was seen, and in what a deletion saw."""
    known, *ats = unsent
    writes = [
        _renamed_deletion(replace(write, by=name) if write.by == old and write.at in ats else write, old, name, unsent)
        for write in record.writes
    ]
    seen = {**record.seen, **({old: known, name: max(ats)} if ats else {})}
    return replace(record, seen={by: at for by, at in seen.items() if at}, writes=writes)


def _renamed_deletion(write: Write, old: str, name: str, unsent: tuple[int, ...]) -> Write:
    known, *ats = unsent
    if not isinstance(write.set, dict) or DELETED not in write.set:
        return write
    deletion: Vector | None = msgspec.json.decode(write.set[DELETED])
    if deletion is None or deletion.get(old) not in ats:
        return write
    vector = {**deletion, name: deletion[old], old: known}
    raw = msgspec.json.encode({by: at for by, at in vector.items() if at}, order="sorted")
    return replace(write, set={**write.set, DELETED: Raw(raw)})
