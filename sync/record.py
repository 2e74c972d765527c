"""Records as SYNC.md §1 defines them: the set of writes that still stand. Nothing here changes what it is given."""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Annotated, Any, NamedTuple

import msgspec
from msgspec import UNSET, Meta, Raw, UnsetType
from msgspec.structs import replace

from sync.canonical import canonical, check_word

DELETED = "deleted"
SERVER = "server"  # the name under which the server itself saves

# The last moment of a JavaScript Date: 100,000,000 days after the epoch, in ms.
At = Annotated[int, Meta(ge=1, le=8_640_000_000_000_000)]
Id = Annotated[str, Meta(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")]
Device = Annotated[str, Meta(pattern=r"^[a-z0-9]{4,32}\Z")]
Box = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]+\Z")]  # base64url
Seen = dict[Device, At]

Dot = tuple[str, int]
Vector = Mapping[str, int]


class Write(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """One save: either an open one with its `set`, or a sealed one with its `keys` and `box`."""

    by: Device
    at: At
    set: dict[str, Raw] | UnsetType = UNSET
    keys: list[str] | UnsetType = UNSET
    box: Box | UnsetType = UNSET

    @property
    def dot(self) -> Dot:
        """The name of this save, the same on every device."""
        return (self.by, self.at)

    @property
    def fields(self) -> Collection[str]:
        """The fields of this save that still stand."""
        return self.set if self.set is not UNSET else self.keys or ()


class Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    id: Id
    kind: str
    seen: Seen
    writes: list[Write]


class Candidate(NamedTuple):
    value: Any
    by: str
    at: int


class Standing(NamedTuple):
    """What a field shows, and beside it the different values written where this one was not known."""

    value: Any
    by: str
    at: int
    rivals: list[Candidate]


class BadRecord(ValueError):
    """A record that can't be accepted, by the code that the device is told."""

    def __init__(self, detail: str, code: str = "bad_record") -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail


def new(record_id: str, kind: str) -> Record:
    """Make a record that nothing was written to yet."""
    return Record(record_id, kind, {}, [])


def save(record: Record, device: str, fields: Mapping[str, Any], now: int, base: Vector | None = None) -> Record:
    """Write fields; what `base` had seen of them (all of the record, if not given) no longer stands."""
    known = record.seen if base is None else base
    at = max(now, 1 + max(record.seen.values(), default=0))
    kept = _each(record.writes, lambda write, field: field not in fields or not _covers(known, write.dot))
    saved = [Write(device, at, _open(fields))] if fields else []
    return replace(record, seen={**record.seen, device: at}, writes=_in_order([*kept, *saved]))


def join(a: Record, b: Record) -> Record:
    """Bring two states of one record together; the order, and how often, make no difference."""
    in_a, in_b = _by_dot(a), _by_dot(b)
    both = [_join_write(write, in_b[dot]) for dot, write in in_a.items() if dot in in_b]
    only_a = [write for dot, write in in_a.items() if dot not in in_b and not _covers(b.seen, dot)]
    only_b = [write for dot, write in in_b.items() if dot not in in_a and not _covers(a.seen, dot)]
    seen = {by: max(a.seen.get(by, 0), b.seen.get(by, 0)) for by in a.seen | b.seen}
    writes = _in_order([*(write for write in both if write), *only_a, *only_b])
    return Record(a.id, max(a.kind, b.kind), seen, writes)


def read(record: Record) -> dict[str, Standing]:
    """Show each open field's value that was written last, with its rivals; equal values are none."""
    candidates: dict[str, list[Candidate]] = {}
    for write in reversed(_in_order(record.writes)):
        for field, raw in (write.set or {}).items():
            candidate = Candidate(msgspec.json.decode(raw), write.by, write.at)
            candidates.setdefault(field, []).append(candidate)
    return {field: _standing(found) for field, found in candidates.items()}


def is_deleted(record: Record) -> bool:
    """Tell whether some deletion had seen every other standing write."""
    deletions = [write for write in record.writes if _deletion(write) is not None]
    return any(_covers_all(record, deletion) for deletion in deletions)


def delete(record: Record, device: str, now: int) -> Record:
    """Put a record in the bin; an edit that this device has not seen keeps it out."""
    return save(record, device, {DELETED: dict(record.seen)}, now)


def put_back(record: Record, device: str, now: int) -> Record:
    """Take a record out of the bin."""
    return save(record, device, {DELETED: None}, now)


def shred(record: Record) -> Record:
    """Drop a deleted record's words for good and keep what stops an old phone from bringing them back."""
    if not is_deleted(record):
        raise ValueError("only a deleted record can be shredded")
    return replace(record, writes=_each(record.writes, lambda _, field: field == DELETED))


def encode(record: Record) -> bytes:
    """Write a record canonically: equal states are equal bytes."""
    if (
        len(record.writes) == 1 and record.writes[0].keys is UNSET
    ):  # most have one save, in whose order nothing is to be put
        return _encoder.encode(record)
    writes = [write if write.keys is UNSET else replace(write, keys=sorted(write.keys)) for write in record.writes]
    return _encoder.encode(replace(record, writes=_in_order(writes)))


def decode(body: bytes | Raw) -> Record:
    """Read a record of the right shape, or raise BadRecord."""
    try:
        return _decoder.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as wrong:
        raise BadRecord(str(wrong)) from wrong


def _covers(seen: Vector, dot: Dot) -> bool:
    by, at = dot
    return seen.get(by, 0) >= at


def _open(fields: Mapping[str, Any]) -> dict[str, Raw]:
    for field in fields:
        check_word(field)
    return {field: Raw(canonical(value)) for field, value in fields.items()}


def _in_order(writes: Iterable[Write]) -> list[Write]:
    return sorted(writes, key=lambda write: (write.at, write.by))


def _each(writes: Iterable[Write], keep: Callable[[Write, str], bool]) -> list[Write]:
    kept = (_only(write, [field for field in write.fields if keep(write, field)]) for write in writes)
    return [write for write in kept if write]


def _only(write: Write, fields: list[str]) -> Write | None:
    if not fields:
        return None
    if write.set is UNSET:
        return replace(write, keys=fields)
    return replace(write, set={field: write.set[field] for field in fields})


def _by_dot(record: Record) -> dict[Dot, Write]:
    return {write.dot: write for write in record.writes}


def _join_write(a: Write, b: Write) -> Write | None:
    if a == b:
        return a
    fields = [field for field in a.fields if field in set(b.fields)]
    if not fields:
        return None
    if a.set is not UNSET and b.set is not UNSET:
        return replace(a, set={field: _greater(a.set[field], b.set[field]) for field in fields})
    # One device, one millisecond, two running copies: a sealed copy stays sealed.
    return Write(a.by, a.at, keys=fields, box=max(write.box for write in (a, b) if write.box is not UNSET))


def _greater(a: Raw, b: Raw) -> Raw:
    # Two running copies of one device in the same millisecond; else they are the same, and nobody looks at them.
    return a if a == b else max(a, b, key=_rank)


def _rank(raw: Raw) -> tuple[bytes, bytes]:
    return canonical(msgspec.json.decode(raw)), bytes(raw)


def _standing(candidates: list[Candidate]) -> Standing:
    first, *others = candidates
    return Standing(*first, _different(candidates)[1:] if others else [])


def _different(candidates: list[Candidate]) -> list[Candidate]:
    # Only their text tells 1 from true in Python.
    texts = [canonical(candidate.value) for candidate in candidates]
    return [candidate for n, candidate in enumerate(candidates) if texts.index(texts[n]) == n]


def _covers_all(record: Record, deletion: Write) -> bool:
    seen = _deletion(deletion) or {}
    return all(_covers(seen, write.dot) for write in record.writes if not _only_deletes(write, deletion))


def _only_deletes(write: Write, deletion: Write) -> bool:
    return write is deletion or (_deletion(write) is not None and list(write.fields) == [DELETED])


def _deletion(write: Write) -> Vector | None:
    if write.set is UNSET or DELETED not in write.set:
        return None
    try:
        return msgspec.json.decode(write.set[DELETED], type=Seen | None)
    except msgspec.ValidationError:  # somebody else's idea of a deletion covers nothing
        return None


_encoder = msgspec.json.Encoder(order="sorted")
_decoder = msgspec.json.Decoder(Record)
