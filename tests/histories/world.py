"""Walks a history with devices and a server, and keeps the ledger of who knows what."""

import json
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from tests.histories.device import Device
from tests.histories.ledger import SERVER, Ledger
from tests.histories.lines import Lines, Wrong
from tests.histories.oracle import DELETED, DELETION, Known, Save, shown_in, value_text
from tests.histories.server import Server
from tests.histories.steps import KINDS, LARGE, RECORDS, Act, Clock, Exchange, Happening, History, Step
from tests.histories.tasks import Task

BEGINNING = 1_795_000_000_000  # ms since the epoch: November 2026


class Form(NamedTuple):
    """A page that shows a record as it was when the page was opened."""

    record: int
    base: dict[str, int]


class World:
    def __init__(self, history: History, devices: Sequence[Device], server: Server) -> None:
        self.history = history
        self.devices = {f"device{n}": device for n, device in enumerate(devices)}
        self.server = server
        self.ledger = Ledger()
        self.lines = Lines(self.devices, server, self.ledger)
        self._now = BEGINNING
        self._clocks = dict.fromkeys(self.devices, Clock(0, stands=False))
        self._stopped: dict[str, int] = {}
        self._forms: dict[str, Form] = {}
        self._copies: dict[str, Any] = {}
        self._backup: Any = None
        for place in self.devices:
            self._copy(place)
        self._back_up(SERVER)

    def walk(self) -> None:
        """Take every step."""
        for step in self.history.steps:
            self.take(step)

    def take(self, step: Step) -> None:
        place = f"device{step.device}"
        match step.what:
            case Act() as act if step.at_server:
                self._act_at_server(act)
            case Act() as act:
                self.act(place, act)
            case Exchange() as exchange:
                self.exchange(place, exchange)
            case Clock() as clock:
                self._clocks[place], self._stopped[place] = clock, self._now + clock.ahead
            case happening:
                self._happen(place, happening)
        self._now += step.passes

    def act(self, place: str, act: Act) -> None:
        """Let a person do something on a device, and hold it to what it shows after."""
        form = self._forms.get(place) if act.on_form and act.do in ("save", "seal") else None
        n = form.record if form else act.record
        kind = KINDS[(n + act.other_kind) % len(KINDS)]
        base = form.base if form else None
        task = Task(act.do, RECORDS[n], kind, act.fields, self._clock(place), base, self._new_box())
        before = self._text(place, RECORDS[n])
        self.devices[place].do(task)
        self._note(place, task, before, self._text(place, RECORDS[n]), self.ledger.shown[place] if form else None)

    def exchange(self, place: str, exchange: Exchange) -> None:
        """Let a device exchange over a line with these faults."""
        faults = list(exchange.faults)
        meanwhile = [exchange.meanwhile] if exchange.meanwhile else []

        def act() -> None:
            if meanwhile:
                self.act(place, meanwhile.pop())

        def line(body: bytes) -> tuple[int, bytes] | None:
            return self.lines.send(place, body, faults.pop(0) if faults else "none", act)

        self.devices[place].exchange(line, exchange.limit, exchange.most)
        self.lines.absorb(place)

    def heal(self) -> None:
        """Everybody is there and signed in, and nothing is on its way."""
        self.lines.away.clear()
        for device in self.devices.values():
            device.sign_in()
        self.lines.late_requests_arrive()

    def check(self, place: str, record: str, text: bytes | None) -> None:
        """Hold one copy of a record to the oracle."""
        expected = self.ledger.oracle.shown(self.ledger.known(place, record))
        found = shown_in(json.loads(text)) if text else {}
        if expected != found:
            raise Wrong(f"{place} shows of {record[-1]} {found}, not {expected}")

    def _act_at_server(self, act: Act) -> None:
        record = RECORDS[act.record]
        before = self.server.held().get(record)
        too_much = _is_large(act.fields) or len(before or b"") > LARGE  # its own pages refuse that
        if too_much or (not before and act.do not in ("save", "seal")):
            return
        task = Task(act.do, record, KINDS[act.record], act.fields, self._now, None, self._new_box())
        if self.server.do(task):
            self._note(SERVER, task, before, self.server.held().get(record), None)

    def _note(self, place: str, task: Task, before: bytes | None, after: bytes | None, shown: Known | None) -> None:
        record, known = task.id, self.ledger.known(place, task.id)
        if after is not None and before != after:
            written, shreds = json.loads(after), task.do == "shred"
            if not shreds and max(written["seen"].values()) <= max(_seen(before).values(), default=0):
                raise Wrong(f"{place} saved at no greater moment: {written}")
            if shreds and not self.ledger.oracle.is_deleted(known):
                raise Wrong(f"{place} shredded what was not deleted: {written}")
            save = Save(record, _values(task, written), known, known if shown is None else shown, shreds)
            self.ledger.write(place, save)
            if _is_large(task.fields) or written["kind"] != KINDS[RECORDS.index(record)]:
                self.lines.disputed.add(record)
        self.check(place, record, after)

    def _happen(self, place: str, happening: Happening) -> None:
        device, away = self.devices[place], self.lines.away
        happens: dict[Happening, Callable[[str], Any]] = {
            "form opened": self._open_form,
            "goes away": away.add,
            "comes back": away.discard,
            "restarted": lambda _: device.restart(),
            "signed out": lambda _: device.sign_out(),
            "signed in": lambda _: device.sign_in(),
            "copied": self._copy,
            "restored from copy": self._restore,
            "server backed up": self._back_up,
            "server restored": self._restore_server,
            "late request arrives": lambda _: self.lines.late_request_arrives(),
        }
        happens[happening](place)

    def _open_form(self, place: str) -> None:
        held = self.devices[place].held()
        n = max((n for n, record in enumerate(RECORDS) if record in held), default=0)
        self._forms[place] = Form(n, _seen(self._text(place, RECORDS[n])))
        self.ledger.shown[place] = self.ledger.known(place, RECORDS[n])

    def _copy(self, place: str) -> None:
        self._copies[place] = self.devices[place].copy(), self.ledger.copy(place)

    def _restore(self, place: str) -> None:
        copy, page = self._copies[place]
        self.devices[place].restore(copy)
        self.ledger.restore(place, page)
        self.lines.forget(place)
        self._forms.pop(place, None)
        self._now += 1  # no clock stands on the same millisecond in two lives
        if place in self._stopped:
            self._stopped[place] += 1 + self._now % 1000

    def _back_up(self, _: str) -> None:
        self._backup = self.server.back_up(), self.ledger.copy(SERVER)

    def _restore_server(self, _: str) -> None:
        backup, page = self._backup
        self.server.restore(backup)
        self.ledger.restore(SERVER, page)
        self.lines.arrived.clear()

    def _text(self, place: str, record: str) -> bytes | None:
        row = self.devices[place].held().get(record)
        return row.text if row else None

    def _new_box(self) -> str:
        return f"box-{len(self.ledger.oracle.saves)}"

    def _clock(self, place: str) -> int:
        clock = self._clocks[place]
        return self._stopped[place] if clock.stands else self._now + clock.ahead


def _is_large(fields: dict[str, Any]) -> bool:
    return any(isinstance(value, str) and len(value) >= LARGE for value in fields.values())


def _seen(text: bytes | None) -> dict[str, int]:
    seen: dict[str, int] = json.loads(text)["seen"] if text else {}
    return seen


def _values(task: Task, written: Any) -> dict[str, str]:
    match task.do:
        case "save":
            return {field: value_text(field, value) for field, value in task.fields.items()}
        case "seal":
            return dict.fromkeys(task.fields, task.box)
        case "delete":
            return {DELETED: DELETION}
        case "put back":
            return {DELETED: value_text(DELETED, None)}
        case "shred":
            return {}
        case _:
            latest = max(written["writes"], key=lambda write: write["at"])
            return {field: value_text(field, value) for field, value in latest["set"].items()}
