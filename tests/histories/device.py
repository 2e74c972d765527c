"""A device in the fewest lines: it follows SYNC.md §2, and asks before it tells, once in each life.

A copy that is set back to an older day doesn't know the saves of its former life. So whatever lives pulls to the end
before it pushes. Should a save of its own come back that it never made, it goes on under another name (`writer`), and
so do its saves that nobody has: they are then concurrent with those of the former life, and both stand.
"""

from collections.abc import Callable
from random import Random
from typing import Any, Protocol

import msgspec
from msgspec import Raw
from msgspec.structs import replace

from sync.exchange import Refusal, Request
from sync.record import Record, decode, encode, new
from tests.histories.renaming import Renaming, in_todays_names, rename
from tests.histories.tasks import Task, perform

MOST_RESTARTS = 5
JITTER = 2**20  # ms


class Held(msgspec.Struct, frozen=True):
    """A record on a device. `unsent` tells, while the server may lack some of it, which saves of ours that can be:
    first our latest one that the server had, then those since."""

    text: bytes
    saves: int = 0
    dirty: bool = False
    refused: bool = False
    unsent: tuple[int, ...] = ()


class Answer(msgspec.Struct, frozen=True):
    epoch: str
    cursor: int
    more: bool
    records: list[Raw]
    refused: list[Refusal]


NOTHING = Held(b"")

Line = Callable[[bytes], tuple[int, bytes] | None]  # a request's body to status and answer; None when none comes


class Device(Protocol):
    """What a history asks of a device, scripted here or the phone's own modules."""

    def do(self, task: Task) -> None: ...
    def exchange(self, line: Line, limit: int, most: int) -> None: ...
    def held(self) -> dict[str, Held]: ...
    def writer(self) -> str: ...
    def restart(self) -> None: ...
    def copy(self) -> Any: ...
    def restore(self, copy: Any) -> None: ...
    def sign_out(self) -> None: ...
    def sign_in(self) -> None: ...


class ScriptedDevice:
    def __init__(self, name: str, random: Random) -> None:
        self.name = name
        self._random = random
        self._writer = name
        self._rows: dict[str, Held] = {}
        self._renamings: dict[str, list[Renaming]] = {}  # by record
        self._epoch: str | None = None
        self._cursor = 0
        self._is_signed_out = False
        self._has_asked = False

    def held(self) -> dict[str, Held]:
        return self._rows

    def writer(self) -> str:
        return self._writer

    def restart(self) -> None:
        self._has_asked = False

    def copy(self) -> Any:
        return self._writer, dict(self._rows), {**self._renamings}, self._epoch, self._cursor

    def restore(self, copy: Any) -> None:
        self._writer, rows, renamings, self._epoch, self._cursor = copy
        self._rows, self._renamings = dict(rows), dict(renamings)
        self.restart()

    def sign_out(self) -> None:
        self._is_signed_out = True

    def sign_in(self) -> None:
        self._is_signed_out = False

    def do(self, task: Task) -> None:
        row = self._rows.get(task.id)
        if not row and task.do not in ("save", "seal"):
            return
        before = decode(row.text) if row else new(task.id, task.kind)
        base = in_todays_names(task.base, self._renamings.get(task.id, []))
        after = perform(before, self._writer, replace(task, base=base), self._now(before, task.now))
        text = encode(after)
        if row and row.text == text:
            return
        known = row.unsent if row and (row.dirty or row.refused) else (before.seen.get(self._writer, 0),)
        at = after.seen.get(self._writer, 0)
        unsent = known if at == before.seen.get(self._writer, 0) else (*known, at)
        self._rows[task.id] = Held(text, row.saves + 1 if row else 1, dirty=True, unsent=unsent)

    def exchange(self, line: Line, limit: int, most: int) -> None:
        restarts = 0
        while not self._is_signed_out and restarts < MOST_RESTARTS:
            push = self._waiting(most) if self._has_asked else {}
            answered = line(self._request(push, limit))
            if answered is None or answered[0] == 401:
                return
            if answered[0] == 409:
                self._start_over()
                restarts += 1
                continue
            answer = msgspec.json.decode(answered[1], type=Answer)
            self._take(push, answer)
            if not answer.more and self._has_asked and not self._waiting(most):
                return
            self._has_asked = self._has_asked or not answer.more

    def _now(self, record: Record, clock: int) -> int:
        # A clock behind the record would give a restored copy the very number of a save that it lost.
        latest = max(record.seen.values(), default=0)
        return clock if clock > latest else latest + 1 + self._random.randrange(JITTER)

    def _waiting(self, most: int) -> dict[str, Held]:
        return dict([(record_id, row) for record_id, row in self._rows.items() if row.dirty][:most])

    def _request(self, push: dict[str, Held], limit: int) -> bytes:
        records = Raw(msgspec.json.encode([Raw(row.text) for row in push.values()]))
        return msgspec.json.encode(Request(1, self.name, self._epoch, self._cursor, records, limit))

    def _take(self, push: dict[str, Held], answer: Answer) -> None:
        refused = {refusal.id for refusal in answer.refused}
        for record_id, sent in push.items():
            row = self._rows[record_id]  # as it is now
            if row.saves == sent.saves and record_id in refused:
                self._rows[record_id] = replace(row, dirty=False, refused=True)
            elif row.saves == sent.saves:
                self._rows[record_id] = replace(row, dirty=False, unsent=())
        records = [decode(raw) for raw in answer.records]
        # In a new life of the journal, another device may yet bring back what both this copy and the server forgot.
        is_new_life = answer.epoch != self._epoch
        if is_new_life or (not self._has_asked and any(self._never_made(record) for record in records)):
            self._go_on_under_another_name()
        for record, raw in zip(records, answer.records, strict=True):
            held = self._rows.get(record.id, NOTHING)
            if not (held.dirty or held.refused):
                self._rows[record.id] = Held(bytes(raw), held.saves)
        self._epoch, self._cursor = answer.epoch, answer.cursor

    def _start_over(self) -> None:
        self._epoch, self._cursor, self._has_asked = None, 0, False
        for record_id, row in self._rows.items():
            unsent = row.unsent or (decode(row.text).seen.get(self._writer, 0),)
            self._rows[record_id] = replace(row, dirty=True, refused=False, unsent=unsent)

    def _never_made(self, returned: Record) -> bool:
        unsent, latest = self._rows.get(returned.id, NOTHING).unsent, returned.seen.get(self._writer, 0)
        return bool(unsent) and latest > unsent[0] and latest not in unsent

    def _go_on_under_another_name(self) -> None:
        old, self._writer = self._writer, f"{self.name}{self._random.randrange(2**40)}"
        for record_id, row in self._rows.items():
            if row.unsent:
                renaming = Renaming(old, self._writer, row.unsent)
                renamed = rename(decode(row.text), renaming)
                self._rows[record_id] = replace(row, text=encode(renamed), unsent=(0, *row.unsent[1:]))
                self._renamings[record_id] = [*self._renamings.get(record_id, []), renaming]
