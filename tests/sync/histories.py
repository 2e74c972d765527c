"""Histories of one record on three devices and a server, for the laws to hold over."""

from collections.abc import Callable
from typing import Any, NamedTuple

import msgspec
from hypothesis import strategies as st
from msgspec import UNSET, Raw
from msgspec.structs import replace

from sync.record import Record, Vector, Write, delete, is_deleted, join, new, put_back, save, shred

ID = "01938f6e-0000-7000-8000-000000000001"
DEVICES = ["phone", "laptop", "tablet", "server"]
MINE = Raw(b"\xff{not JSON")
VALUES = ["", "calm", "loud", "mañana 🌊", 0, 1, True, None, [1, {"name": "fear"}], 2**53 - 1]

values = st.sampled_from(VALUES)
names = st.lists(st.sampled_from(["situation", "thoughts", "learned"]), min_size=1, unique=True)
fields = names.flatmap(lambda drawn: st.fixed_dictionaries(dict.fromkeys(drawn, values)))
clocks = st.integers(1, 50)  # so few that devices often share a millisecond, stand still and run backwards


class Did(NamedTuple):
    """One step of a history: what happened on the device `here`."""

    do: str
    here: int
    there: int
    fields: dict[str, Any]
    now: int


dids = st.builds(
    Did,
    st.sampled_from(["save", "save", "save", "join", "meet", "meet", "delete", "put_back", "shred"]),
    st.integers(0, 3),
    st.integers(0, 3),
    fields,
    clocks,
)


def scripts(most: int = 16) -> st.SearchStrategy[list[Did]]:
    """Draw histories."""
    return st.integers(0, most).flatmap(lambda steps: st.lists(dids, min_size=steps, max_size=steps))


def states(most: int = 16) -> st.SearchStrategy[list[Record]]:
    """Draw what each device holds after a history."""
    return scripts(most).map(play)


def play(script: list[Did], after_save: Callable[[Record], Record] = lambda record: record) -> list[Record]:
    """Let a history happen, each saved state going through `after_save`."""
    held = [new(ID, "practice") for _ in DEVICES]
    for do, here, there, changed, now in script:
        device, record = DEVICES[here], held[here]
        match do:
            case "save":
                held[here] = after_save(save(record, device, changed, now))
            case "join":
                held[here] = join(record, held[there])
            case "meet":
                held[here] = held[there] = join(record, held[there])
            case "delete":
                held[here] = delete(record, device, now)
            case "put_back":
                held[here] = put_back(record, device, now)
            case "shred" if is_deleted(record):
                held[here] = shred(record)
    return held


def sealed(record: Record, box: str = "box") -> Record:
    """Seal each write but deletions: the same states, with nothing to look at."""
    return replace(record, writes=[_sealed(write, box) for write in record.writes])


def _sealed(write: Write, box: str) -> Write:
    if "deleted" in write.fields:
        return write
    return Write(write.by, write.at, keys=list(write.fields), box=f"{box}-{write.by}-{write.at}")


def standing(record: Record) -> set[tuple[str, int, str]]:
    """The dot and the field of whatever stands, open or sealed."""
    return {(*write.dot, field) for write in record.writes for field in write.fields}


def untouchable(record: Record) -> Record:
    """Put something in the place of each value that no reader survives, but for deletions."""
    return replace(record, writes=[_untouchable(write) for write in record.writes])


def _untouchable(write: Write) -> Write:
    if write.set is UNSET:
        return write
    return replace(write, set={field: raw if field == "deleted" else MINE for field, raw in write.set.items()})


def shown(record: Record) -> dict[tuple[str, int, str], Any]:
    """Every standing value by its dot and field."""
    return {
        (write.by, write.at, field): msgspec.json.decode(raw)
        for write in record.writes
        for field, raw in (write.set or {}).items()
    }


def raw(value: Any) -> Raw:
    return Raw(msgspec.json.encode(value))


def is_covered(seen: Vector, by: str, at: int) -> bool:
    return seen.get(by, 0) >= at
