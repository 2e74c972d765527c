"""Histories of one record on three devices and a server, for the laws to hold over."""

from typing import Any

import msgspec
from hypothesis import strategies as st
from msgspec import Raw
from msgspec.structs import replace

from sync.record import Record, Vector, Write, delete, is_deleted, join, new, put_back, save, shred

ID = "01938f6e-0000-7000-8000-000000000001"
DEVICES = ["phone", "laptop", "tablet", "server"]
VALUES = ["", "calm", "loud", "mañana 🌊", 0, 1, True, None, [1, {"name": "fear"}], 2**53 - 1]

values = st.sampled_from(VALUES)
fields = st.dictionaries(st.sampled_from(["situation", "thoughts", "learned"]), values, min_size=1)
clocks = st.integers(1, 50)  # so few that devices often share a millisecond, stand still and run backwards


@st.composite
def states(draw: st.DrawFn, most: int = 12) -> list[Record]:
    """Draw what each device holds after a history."""
    held = [new(ID, "practice") for _ in DEVICES]
    for _ in range(draw(st.integers(0, most))):
        here, there = draw(st.integers(0, 3)), draw(st.integers(0, 3))
        match draw(st.sampled_from(["save", "save", "join", "join", "delete", "put_back", "shred"])):
            case "save":
                held[here] = save(held[here], DEVICES[here], draw(fields), draw(clocks))
            case "join":
                held[here] = join(held[here], held[there])
            case "delete":
                held[here] = delete(held[here], DEVICES[here], draw(clocks))
            case "put_back":
                held[here] = put_back(held[here], DEVICES[here], draw(clocks))
            case "shred" if is_deleted(held[here]):
                held[here] = shred(held[here])
    return held


def sealed(record: Record) -> Record:
    """Seal each write but deletions: the same states, with nothing to look at."""
    return replace(record, writes=[_sealed(write) for write in record.writes])


def _sealed(write: Write) -> Write:
    if "deleted" in write.fields:
        return write
    return Write(write.by, write.at, keys=list(write.fields), box=f"box-{write.by}-{write.at}")


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
