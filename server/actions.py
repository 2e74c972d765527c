"""Actions: what a form does to a record. Pure; the host stores what comes out. Twin: web/phone/actions.js.

An action takes the record as it is now (None when there is none) and gives it as it shall be.
"""

import re
from collections.abc import Callable
from typing import Any, NamedTuple

import msgspec

from server import moments
from server.entries import Entry, read_entry, whole
from server.forms import Form, Pairs, asked, kept_of, last, read_form, typed_of
from server.kinds import Kind
from server.words import Words, digits, fill
from sync.record import Record, delete, encode, new, put_back, save, shred

MOST_BYTES = 64 * 1024  # a record's limit on the way to the server (SYNC.md §2)
RECORD_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
VECTOR_KEY = re.compile(r"[a-z0-9]{4,32}")

Action = Callable[[Record | None], Record]


class Hand(NamedTuple):
    """Who writes, and when: the device's name, ms since the epoch, the IANA zone of its clock or ""."""

    device: str
    now: int
    zone: str


class Refused(Exception):
    """The form can't be kept as it is: what was typed, with a sentence for each field at fault."""

    def __init__(self, form: Form) -> None:
        super().__init__("refused")
        self.form = form


class Gone(Exception):
    """There is no such record to act on."""


def write(kind: Kind, id: str, pairs: Pairs, hand: Hand, words: Words) -> Action:
    """Save what a form changed against what its page showed (`was`), leaving saves that the page had not seen."""

    def edit(record: Record | None) -> Record:
        if record and record.kind != kind.kind:
            raise Gone
        form = read_form(kind, pairs, words)
        entry = read_entry(record) if record else None
        _refuse_nothing(kind, form, words, is_new=entry is None)
        if form.errors:
            raise Refused(form)
        zone = last(pairs, "zone") or hand.zone
        changed = _changed(kind, form, _was_sent(kind, pairs), entry, zone)
        if not entry:
            changed.setdefault("happened_at", moments.now_in(hand.now, zone))
        before = record or new(id, kind.kind)
        if not changed:
            return before
        written = save(before, hand.device, changed, hand.now, base=_vector(last(pairs, "seen")))
        over = len(encode(written)) - MOST_BYTES
        if over > 0:
            form.errors[_longest(form)] = fill(words["errors"]["too_large"], {"over": digits(over, words)})
            raise Refused(form)
        return written

    return edit


def keep(pairs: Pairs, hand: Hand) -> Action:
    """Keep one of a field's rivals: save its value again, over all that is known now."""
    field, by, at = last(pairs, "field"), last(pairs, "by"), last(pairs, "at")

    def edit(record: Record | None) -> Record:
        found = existing(record)
        for write in found.writes:
            if (write.by, str(write.at)) == (by, at) and isinstance(write.set, dict) and field in write.set:
                return save(found, hand.device, {field: msgspec.json.decode(write.set[field])}, hand.now)
        return found

    return edit


def rehearse(pairs: Pairs, hand: Hand) -> Action:
    """Note that the plan was said back now; what was said is not kept."""
    now = moments.now_in(hand.now, last(pairs, "zone") or hand.zone)
    return lambda record: save(existing(record), hand.device, {"rehearsed_at": now}, hand.now)


def put_in_bin(hand: Hand) -> Action:
    """Delete, in a way that can be taken back."""
    return lambda record: delete(existing(record), hand.device, hand.now)


def take_back(hand: Hand) -> Action:
    """Take out of the bin."""
    return lambda record: put_back(existing(record), hand.device, hand.now)


def destroy(hand: Hand) -> Action:
    """Delete for good: the words go, a few bytes stay that stop an old phone from bringing them back."""
    return lambda record: shred(delete(existing(record), hand.device, hand.now))


def was_of(kind: Kind, entry: Entry | None) -> dict[str, Any]:
    """What a form about the entry shows at first, by field; empty inputs for a new one."""
    values = entry.values if entry else {}
    return {field["name"]: typed_of(field, values.get(field["name"])) for field in asked(kind)}


def existing(record: Record | None) -> Record:
    """The record to act on; Gone when there is none."""
    if not record:
        raise Gone
    return record


def _was_sent(kind: Kind, pairs: Pairs) -> dict[str, Any]:
    """What the page showed when the person began to write; for a new record, empty inputs."""
    sent = _json_object(last(pairs, "was"))
    return {name: sent.get(name, blank) for name, blank in was_of(kind, None).items()}


def _changed(kind: Kind, form: Form, was: dict[str, Any], entry: Entry | None, zone: str) -> dict[str, Any]:
    shown = was_of(kind, entry)
    changed = {}
    for field in asked(kind):
        name, typed = field["name"], form.typed[field["name"]]
        if typed in (was[name], shown[name]) or (field["type"] == "moment" and not typed):
            continue
        changed[name] = kept_of(field, typed, zone)
    return changed


def _refuse_nothing(kind: Kind, form: Form, words: Words, *, is_new: bool) -> None:
    """A new entry has to say what its kind needs, and any entry more than when it happened and which trait it is about."""
    if is_new and kind.needs and not any(form.typed[name] for name in kind.needs) and not form.errors:
        form.errors[kind.needs[0]] = words["errors"][f"needs_{kind.kind}"]
    said = [form.typed[field["name"]] for field in asked(kind) if field["type"] not in ("moment", "one")]
    if not any(said) and not form.errors:
        form.errors[kind.titles[0]] = words["errors"]["empty"]


def _longest(form: Form) -> str:
    texts = {name: typed for name, typed in form.typed.items() if isinstance(typed, str)}
    return max(texts, key=lambda name: len(texts[name]))


def _vector(text: str) -> dict[str, int]:
    """A version vector as a page carries it; anything else counts as having seen nothing."""
    return {by: int(at) for by, at in _json_object(text).items() if VECTOR_KEY.fullmatch(by) and whole(at)}


def _json_object(text: str) -> dict[str, Any]:
    try:
        found = msgspec.json.decode(text.encode())
    except (msgspec.DecodeError, UnicodeEncodeError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
