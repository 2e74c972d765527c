"""What a person does to a record, done with sync/."""

from typing import Any

import msgspec
from msgspec.structs import replace

from sync.record import Record, Write, delete, is_deleted, put_back, read, save, shred


class Task(msgspec.Struct, frozen=True):
    """One thing that a person does to a record."""

    do: str
    id: str
    kind: str
    fields: dict[str, Any]
    now: int
    base: dict[str, int] | None = None
    box: str = ""


def perform(record: Record, writer: str, task: Task, now: int) -> Record:
    """Do to a record what the person asked for, or nothing where it can't be done."""
    match task.do:
        case "save":
            return save(record, writer, task.fields, now, task.base)
        case "seal":
            return seal(save(record, writer, task.fields, now, task.base), writer, task.box)
        case "delete":
            return delete(record, writer, now)
        case "put back":
            return put_back(record, writer, now)
        case "shred":
            return shred(record) if is_deleted(record) else record
        case _:
            standing = read(record).get(next(iter(task.fields)))
            rivals = standing.rivals if standing else []
            return save(record, writer, {next(iter(task.fields)): rivals[-1].value}, now) if rivals else record


def seal(record: Record, writer: str, box: str) -> Record:
    """Put the writer's latest save into a box."""
    dot = (writer, record.seen[writer])
    writes = [Write(*dot, keys=sorted(write.fields), box=box) if write.dot == dot else write for write in record.writes]
    return replace(record, writes=writes)
