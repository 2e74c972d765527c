"""The parts of an exchange that need neither HTTP nor SQL: what is asked and answered, and how a push is joined."""

from collections.abc import Iterable, Mapping

import msgspec
from msgspec import Raw

from sync.record import MAX_BYTES, BadRecord, Device, Record, check, decode, encode, join

VERSION = 1
MAX_RECORDS = 2000  # in one push


class Request(msgspec.Struct, frozen=True):
    v: int
    device: Device
    epoch: str | None = None
    cursor: int = 0
    records: list[Raw] = []
    limit: int = 1000


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


def open_push(raws: Iterable[Raw]) -> tuple[list[Record], list[Refusal]]:
    """Tell records to join from those to refuse, each alone; msgspec.ValidationError for what names no id."""
    accepted, refused = [], []
    for raw in raws:
        named = msgspec.json.decode(raw, type=_Named)
        try:
            accepted.append(_accept(raw))
        except BadRecord as wrong:
            refused.append(Refusal(named.id, wrong.code, wrong.detail))
    return accepted, refused


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


def _accept(raw: Raw) -> Record:
    record = decode(fits(bytes(raw)))
    check(record)
    return record


def _join_one(before: bytes, pushed: Record) -> bytes:
    stored = decode(before)
    if stored.kind != pushed.kind:
        raise BadRecord(f"a {stored.kind} that came back as a {pushed.kind}")
    return fits(encode(join(stored, pushed)))
