"""The parts of an exchange that need neither HTTP nor SQL: what is asked and answered, and how a push is joined."""

import codecs
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any, Self, overload

import msgspec
from msgspec import UNSET, Meta, Raw

from sync.canonical import BadValue, Value, check_word, is_too_deep
from sync.record import DELETED, SERVER, BadRecord, Device, Record, Write, decode, encode, join

VERSION = 1
MAX_RECORDS = 2000  # in one push
MAX_NUMBER = 2**63 - 1  # what a column of a database holds
MAX_BYTES = 64 * 1024  # of one record, joined ones too: what is stored can always be sent again
FEW_BYTES = 16 * 1024  # are a list of at most a few thousand parts
MOST_OPEN = 768 * 1024  # bytes of records; those of many small writes take twenty times as much once they are read
AT_ONCE = 64 * 1024  # bytes of text looked at


class Request(msgspec.Struct, frozen=True):
    """What a device sends: what it changed, and how far it has everything."""

    v: int
    device: Device
    epoch: str | None = None
    cursor: Annotated[int, Meta(ge=0, le=MAX_NUMBER)] = 0
    records: Raw = Raw(b"[]")
    limit: Annotated[int, Meta(ge=1, le=MAX_NUMBER)] = 1000


class _Known(Request, frozen=True, forbid_unknown_fields=True):
    pass


class Malformed(Exception):
    """A request that is not of this shape, or deeper than a message may be."""


class Refusal(msgspec.Struct, frozen=True):
    """A record that did not land, and why: `code` for programs, `detail` for whoever looks into it."""

    id: str
    code: str
    detail: str


class Joined(msgspec.Struct, frozen=True):
    """What a push comes to: new canonical bytes by id, the ids whose state is not what was pushed, and refusals."""

    changed: dict[str, bytes]
    differing: set[str]
    refused: list[Refusal]


def read_request(body: bytes) -> Request:
    """Read what a device sends, its records still closed, or raise Malformed."""
    try:
        _check_text(body)  # msgspec passes raw values on without looking at their bytes
        asked = _read_members(body)
    except (UnicodeDecodeError, RecursionError, msgspec.DecodeError) as wrong:
        raise Malformed from wrong
    if asked.v != VERSION or asked.device == SERVER:
        raise Malformed
    return asked


def split(records: Raw) -> list[Raw]:
    """Tell the records of a push apart, of too many only one too many, or raise Malformed."""
    try:
        if len(records) <= FEW_BYTES:
            return _list.decode(records)
        found = msgspec.structs.astuple(_first_ones.decode(records))
    except (RecursionError, msgspec.DecodeError) as wrong:
        raise Malformed from wrong
    return [raw for raw in found if raw is not UNSET]


def open_push(raws: Sequence[Raw]) -> tuple[Sequence[Record], list[Refusal]]:
    """Tell records to join from those to refuse, each alone; Malformed for what can't be: it names no id, or is too deep."""
    is_large = sum(map(len, raws)) > MOST_OPEN
    accepted: list[Any] = []
    refused = []
    for raw in raws:
        try:
            record = _accept(raw)
            accepted.append(raw if is_large else record)
        except BadRecord as wrong:
            refused.append(Refusal(_name(raw), wrong.code, wrong.detail))
    return Closed(accepted) if is_large else accepted, refused


class Closed(Sequence[Record]):
    """Records of a large push, each read when its turn comes."""

    def __init__(self, raws: Sequence[Raw]) -> None:
        self._raws = raws

    def __len__(self) -> int:
        return len(self._raws)

    @overload
    def __getitem__(self, place: int) -> Record: ...

    @overload
    def __getitem__(self, place: slice) -> Self: ...

    def __getitem__(self, place: int | slice) -> Record | Self:
        if isinstance(place, slice):
            return type(self)(self._raws[place])
        return decode(self._raws[place])


def join_push(stored: Mapping[str, bytes], push: Iterable[Record]) -> Joined:
    """Join pushed records onto the stored states of the same ids."""
    joined = Joined({}, set(), [])
    for pushed in push:
        before, sent = joined.changed.get(pushed.id, stored.get(pushed.id)), encode(pushed)
        try:
            after = _join_one(before, pushed) if before and before != sent else fits(sent)
        except BadRecord as wrong:
            joined.refused.append(Refusal(pushed.id, wrong.code, wrong.detail))
            continue
        if after != before:
            joined.changed[pushed.id] = after
        if after != sent:
            joined.differing.add(pushed.id)
    return joined


def fits(body: bytes) -> bytes:
    """Pass a record's bytes on, or raise BadRecord when they are too many."""
    if len(body) > MAX_BYTES:
        raise BadRecord(f"{len(body)} bytes; a record has at most {MAX_BYTES}", "too_large")
    return body


class _Named(msgspec.Struct):
    id: str


class _Values(msgspec.Struct, gc=False):
    set: dict[str, Value] = {}


class _Valued(msgspec.Struct, gc=False):
    writes: list[_Values]


_valued = msgspec.json.Decoder(_Valued)
_known = msgspec.json.Decoder(_Known)
_request = msgspec.json.Decoder(Request)
_list = msgspec.json.Decoder(list[Raw])
# A list of any length would be in memory before its length was known.
_first_ones = msgspec.json.Decoder(
    msgspec.defstruct("FirstOnes", [(f"at_{n}", Raw, UNSET) for n in range(MAX_RECORDS + 1)], array_like=True)
)


def _read_members(body: bytes) -> Request:
    try:
        return _known.decode(body)
    except msgspec.ValidationError:  # most often a member that a newer device sends
        if is_too_deep(body):
            raise
        return _request.decode(body)


def _check_text(body: bytes) -> None:
    text = codecs.getincrementaldecoder("utf-8")()
    for start in range(0, len(body), AT_ONCE):
        text.decode(body[start : start + AT_ONCE])
    text.decode(b"", final=True)


def _name(raw: Raw) -> str:
    if is_too_deep(bytes(raw), above=2):  # what passes needs no look: a Value has its levels in its type
        raise Malformed
    try:
        return msgspec.json.decode(raw, type=_Named).id
    except (msgspec.DecodeError, RecursionError) as nameless:
        raise Malformed from nameless


def _accept(raw: Raw) -> Record:
    record = decode(fits(bytes(raw)))
    try:
        _valued.decode(raw)
    except (msgspec.DecodeError, RecursionError) as wrong:
        raise BadRecord(str(wrong)) from wrong
    _check(record)
    return record


def _check(record: Record) -> None:
    try:
        check_word(record.kind)
        for write in record.writes:
            _check_write(write)
            if record.seen.get(write.by, 0) < write.at:
                raise BadRecord("a write that its seen does not cover")
    except BadValue as wrong:
        raise BadRecord(str(wrong)) from wrong
    if len(record.writes) > len({write.dot for write in record.writes}):
        raise BadRecord("two writes with the same by and at")


def _check_write(write: Write) -> None:
    if (write.set is UNSET) in (write.keys is UNSET, write.box is UNSET):
        raise BadRecord("a write that is neither open nor sealed")
    if not write.fields:
        raise BadRecord("a write of no field")
    for field in write.fields:
        check_word(field)
    if write.keys and len(set(write.keys)) < len(write.keys):
        raise BadRecord("a write of one field twice")
    if write.keys and DELETED in write.keys:
        raise BadRecord("a deletion that is sealed")


def _join_one(before: bytes, pushed: Record) -> bytes:
    stored = decode(before)
    if stored.kind != pushed.kind:
        raise BadRecord(f"a {stored.kind} that came back as a {pushed.kind}")
    return fits(encode(join(stored, pushed)))
