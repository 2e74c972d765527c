"""Walks a history with devices, a server and the lines between them, and keeps the ledger of who knows what."""

import json
from collections.abc import Sequence
from functools import partial
from typing import Any, NamedTuple

import msgspec

from tests.histories.device import Device, Held, Task
from tests.histories.ledger import NOTHING, SERVER, Ledger, Page
from tests.histories.oracle import DELETED, DELETION, Known, Save, shown_in, value_text
from tests.histories.server import Server
from tests.histories.steps import KINDS, LARGE, RECORDS, Act, Clock, Exchange, Fault, Happening, History, Step

BEGINNING = 1_795_000_000_000  # ms since the epoch: November 2026


class Wrong(AssertionError):
    """What a history came to, and must not."""


class Packet(NamedTuple):
    """A request on its way, and what its records tell."""

    place: str
    body: bytes
    knows: dict[str, Known]


class Form(NamedTuple):
    """A page that shows a record as it was known when the page was opened."""

    record: int
    base: dict[str, int]
    known: Known


class World:
    def __init__(self, history: History, devices: Sequence[Device], server: Server) -> None:
        self.history = history
        self.devices = {f"device{n}": device for n, device in enumerate(devices)}
        self.server = server
        self.ledger = Ledger()
        self.arrived: list[Packet] = []  # in the server's present life
        self.disputed: set[str] = set()  # records that were given another kind, or too much
        self._now = BEGINNING
        self._clocks = dict.fromkeys(self.devices, Clock(0, stands=False))
        self._stopped: dict[str, int] = {}
        self._away: set[str] = set()
        self._late: list[Packet] = []
        self._forms: dict[str, Form] = {}
        self._writers = {place: device.writer() for place, device in self.devices.items()}
        self._told: dict[str, tuple[bytes, Known]] = {}  # of the answer on its way: text and what it tells
        self._before: dict[str, Held] = {}
        self._copies: dict[str, tuple[Any, Page]] = {
            place: (device.copy(), self.ledger.copy(place)) for place, device in self.devices.items()
        }
        self._backup = server.back_up(), self.ledger.copy(SERVER)
        self._lives = 0

    def walk(self) -> None:
        """Take every step."""
        for step in self.history.steps:
            self.take(step)

    def take(self, step: Step) -> None:
        place = f"device{step.device}"
        match step.what:
            case Act() as act if step.at_server:
                self._save_at_server(act)
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
        device, form = self.devices[place], self._forms.get(place)
        on_form = form if act.on_form and act.do in ("save", "seal") else None
        record = RECORDS[on_form.record if on_form else act.record]
        base = on_form.base if on_form else None
        before = self.held(place, record)
        kind = KINDS[act.record + act.other_kind - len(KINDS)] if not on_form else KINDS[on_form.record]
        task = Task(act.do, record, kind, act.fields, self._clock(place), base, f"box-{len(self.ledger.oracle.saves)}")
        device.do(task)
        self._note(place, task, before, self.held(place, record), on_form.known if on_form else None)

    def exchange(self, place: str, exchange: Exchange) -> None:
        """Let a device exchange over a line with these faults."""
        faults = list(exchange.faults)
        device = self.devices[place]
        meanwhile = [exchange.meanwhile] if exchange.meanwhile else []
        device.exchange(partial(self._line, place, faults, meanwhile), exchange.limit, exchange.most)
        self._absorb(place)

    def deliver(self, packet: Packet) -> tuple[int, bytes]:
        """Let a request arrive."""
        status, body = self.server.answer(packet.body)
        if status == 200:
            self.arrived.append(packet)
            refused = {refusal["id"] for refusal in json.loads(body)["refused"]}
            if not refused <= self.disputed:
                raise Wrong(f"{refused - self.disputed} was refused")
            for record in packet.knows.keys() - refused:
                self.ledger.learn(SERVER, record, self.ledger.known(SERVER, record) | packet.knows[record])
        return status, body

    def late_requests_arrive(self) -> None:
        while self._late:
            self.deliver(self._late.pop())

    def held(self, place: str, record: str) -> bytes | None:
        """The text of a record on a device."""
        row = self.devices[place].held().get(record)
        return row.text if row else None

    def check(self, place: str, record: str, text: bytes | None) -> None:
        """Hold one copy of a record to the oracle."""
        known = self.ledger.known(place, record)
        expected, found = self.ledger.oracle.shown(known), shown_in(json.loads(text)) if text else {}
        if expected != found:
            raise Wrong(f"{place} shows of {record[-1]} {found}, not {expected}")

    def _line(self, place: str, faults: list[Fault], meanwhile: list[Act], body: bytes) -> tuple[int, bytes] | None:
        self._absorb(place)
        sent = [record["id"] for record in json.loads(body)["records"]]
        packet = Packet(place, body, {record: self.ledger.known(place, record) for record in sent})
        fault = "request lost" if place in self._away else faults.pop(0) if faults else "none"
        if meanwhile:
            self.act(place, meanwhile.pop())
        if fault == "request lost":
            return None
        if fault == "comes late":
            self._late.append(packet)
            return None
        answered = self.deliver(packet)
        if fault == "sent twice":
            answered = self.deliver(packet)
        if fault == "crash after commit":
            self.server.crash()
        if fault in ("answer lost", "crash after commit"):
            return None
        self._listen(place, *answered)
        return answered

    def _listen(self, place: str, status: int, body: bytes) -> None:
        if status == 200:
            texts = [bytes(raw) for raw in msgspec.json.decode(body, type=_Records).records]
            ids = [json.loads(text)["id"] for text in texts]
            self._told = {
                record: (text, self.ledger.known(SERVER, record)) for record, text in zip(ids, texts, strict=True)
            }
            self._before = dict(self.devices[place].held())

    def _absorb(self, place: str) -> None:
        """Note what the device made of the last answer."""
        device = self.devices[place]
        if device.writer() != self._writers[place]:
            self._writers[place] = device.writer()
            self.ledger.rename(place)
            self._forms.pop(place, None)
        held = device.held()
        for record, (text, known) in self._told.items():
            before, row = self._before.get(record), held.get(record)
            if not row:
                raise Wrong(f"{place} was told of {record[-1]} and does not hold it")
            if row.text == text and before and before.text == text:
                self.ledger.learn(place, record, known | self.ledger.known(place, record))
            elif row.text == text:
                self.ledger.learn(place, record, known)
        self._told = {}
        for record, row in held.items():
            if not row.dirty and not row.refused:
                self.ledger.settle(place, record)

    def _note(self, place: str, task: Task, before: bytes | None, after: bytes | None, shown: Known | None) -> None:
        record, ledger = task.id, self.ledger
        known = ledger.known(place, record)
        if after is not None and before != after:
            seen, written = _seen(before), json.loads(after)
            values, shreds = _values(task, written), task.do == "shred"
            if not shreds and max(written["seen"].values()) <= max(seen.values(), default=0):
                raise Wrong(f"{place} saved at no greater moment: {written}")
            if shreds and not ledger.oracle.is_deleted(known):
                raise Wrong(f"{place} shredded what was not deleted: {written}")
            ledger.write(place, Save(record, values, known, known if shown is None else shown, shreds))
            self._note_dispute(record, task, written["kind"])
        self.check(place, record, after)

    def _note_dispute(self, record: str, task: Task, kind: str) -> None:
        is_large = any(isinstance(value, str) and len(value) >= LARGE for value in task.fields.values())
        if is_large or kind != KINDS[RECORDS.index(record)]:
            self.disputed.add(record)

    def _save_at_server(self, act: Act) -> None:
        record = RECORDS[act.record]
        before = self.server.held().get(record)
        if act.do not in ("save", "seal") and not before:
            return
        large = any(isinstance(value, str) and len(value) >= LARGE for value in act.fields.values())
        if large or (before and len(before) > LARGE):
            return
        task = Task(
            act.do, record, KINDS[act.record], act.fields, self._now, None, f"box-{len(self.ledger.oracle.saves)}"
        )
        self.server.do(task, f"server{self._lives or ''}")
        self._note(SERVER, task, before, self.server.held().get(record), None)

    def _happen(self, place: str, happening: Happening) -> None:
        device = self.devices[place]
        match happening:
            case "form opened":
                held = device.held()
                shown = [n for n, record in enumerate(RECORDS) if record in held][-1:] or [0]
                text = self.held(place, RECORDS[shown[0]])
                self._forms[place] = Form(shown[0], _seen(text), self.ledger.known(place, RECORDS[shown[0]]))
            case "goes away":
                self._away.add(place)
            case "comes back":
                self._away.discard(place)
            case "restarted":
                device.restart()
            case "signed out":
                device.sign_out()
            case "signed in":
                device.sign_in()
            case "copied":
                self._copies[place] = device.copy(), self.ledger.copy(place)
            case "restored from copy":
                self._restore(place)
            case "server backed up":
                self._backup = self.server.back_up(), self.ledger.copy(SERVER)
            case "server restored":
                self._restore_server()
            case "late request arrives" if self._late:
                self.deliver(self._late.pop(0))

    def _restore(self, place: str) -> None:
        copy, page = self._copies[place]
        self.devices[place].restore(copy)
        self._writers[place] = self.devices[place].writer()
        self.ledger.restore(place, page)
        self._forms.pop(place, None)
        self._late = [packet for packet in self._late if packet.place != place]  # of a life long gone
        self.arrived = [packet for packet in self.arrived if packet.place != place]
        self._now += 1  # no clock stands on the same millisecond in two lives
        if place in self._stopped:
            self._stopped[place] += 1 + self._now % 1000

    def _restore_server(self) -> None:
        backup, page = self._backup
        self.server.restore(backup)
        self.ledger.restore(SERVER, page)
        self.arrived.clear()
        self._lives += 1

    def heal(self) -> None:
        """Everybody is there, and signed in."""
        self._away.clear()
        for device in self.devices.values():
            device.sign_in()

    def _clock(self, place: str) -> int:
        clock = self._clocks[place]
        return self._stopped[place] if clock.stands else self._now + clock.ahead


class _Records(msgspec.Struct):
    records: list[msgspec.Raw]


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
