"""The lines between devices and server, with their faults; the ledger learns what each answer taught."""

import json
from collections.abc import Callable
from typing import Any, NamedTuple

import msgspec

from tests.histories.device import Device, Held
from tests.histories.ledger import SERVER, Ledger
from tests.histories.oracle import Known
from tests.histories.server import Server
from tests.histories.steps import Fault


class Wrong(AssertionError):
    """What a history came to, and must not."""


class Packet(NamedTuple):
    """A request on its way, and what its records tell."""

    place: str
    body: bytes
    knows: dict[str, Known]


class Told(NamedTuple):
    """A record of an answer on its way: its text, and what it tells."""

    text: bytes
    knows: Known


class Lines:
    def __init__(self, devices: dict[str, Device], server: Server, ledger: Ledger) -> None:
        self.away: set[str] = set()
        self.arrived: list[Packet] = []  # in the server's present life
        self.disputed: set[str] = set()  # records that were given another kind, or too much
        self._devices = devices
        self._server = server
        self._ledger = ledger
        self._late: list[Packet] = []
        self._told: dict[str, Told] = {}
        self._before: dict[str, Held] = {}  # what the device held when that answer came
        self._writers = {place: device.writer() for place, device in devices.items()}

    def send(self, place: str, body: bytes, fault: Fault, meanwhile: Callable[[], None]) -> tuple[int, bytes] | None:
        """Bring a request to the server and its answer back, or not."""
        self.absorb(place)
        sent = [record["id"] for record in json.loads(body)["records"]]
        packet = Packet(place, body, {record: self._ledger.known(place, record) for record in sent})
        meanwhile()
        if place in self.away or fault == "request lost":
            return None
        if fault == "comes late":
            self._late.append(packet)
            return None
        answered = self._deliver(packet)
        if fault == "sent twice":
            answered = self._deliver(packet)
        if fault == "crash after commit":
            self._server.crash()
        if fault in ("answer lost", "crash after commit"):
            return None
        self._listen(place, *answered)
        return answered

    def late_request_arrives(self) -> None:
        if self._late:
            self._deliver(self._late.pop(0))

    def late_requests_arrive(self) -> None:
        """The newest first."""
        while self._late:
            self._deliver(self._late.pop())

    def absorb(self, place: str) -> None:
        """Note what the device made of the last answer."""
        if self._has_new_name(place):
            self._ledger.rename(place)
        held = self._devices[place].held()
        for record, told in self._told.items():
            if record in held:  # a device may leave an answer that it asked for too early
                self._learn(place, record, told, self._before.get(record), held[record])
        self._told = {}
        for record, row in held.items():
            if not row.dirty and not row.refused:
                self._ledger.settle(place, record)

    def forget(self, place: str) -> None:
        """Drop what was on its way in a life of the device that is over."""
        self._late = [packet for packet in self._late if packet.place != place]
        self.arrived = [packet for packet in self.arrived if packet.place != place]
        self._has_new_name(place)

    def _has_new_name(self, place: str) -> bool:
        before, self._writers[place] = self._writers[place], self._devices[place].writer()
        return before != self._writers[place]

    def _deliver(self, packet: Packet) -> tuple[int, bytes]:
        status, body = self._server.answer(packet.body)
        if status not in (200, 409):
            raise Wrong(f"{packet.body!r} was answered {status} {body!r}")
        if status == 200:
            self.arrived.append(packet)
            refused = {refusal["id"] for refusal in json.loads(body)["refused"]}
            if not refused <= self.disputed:
                raise Wrong(f"{refused - self.disputed} was refused")
            for record in packet.knows.keys() - refused:
                self._ledger.learn(SERVER, record, self._ledger.known(SERVER, record) | packet.knows[record])
        return status, body

    def _listen(self, place: str, status: int, body: bytes) -> None:
        if status == 200:
            texts = [bytes(raw) for raw in msgspec.json.decode(body, type=_Records).records]
            ids = [json.loads(text)["id"] for text in texts]
            told = zip(ids, texts, strict=True)
            self._told = {record: Told(text, self._ledger.known(SERVER, record)) for record, text in told}
            self._before = dict(self._devices[place].held())

    def _learn(self, place: str, record: str, told: Told, before: Held | None, after: Held) -> None:
        if after.text != told.text:  # it holds words that the server had not
            return
        if before and before.text == told.text:
            self._ledger.learn(place, record, told.knows | self._ledger.known(place, record))
            return
        self._ledger.learn(place, record, told.knows)
        if before and _kind(before.text) != _kind(told.text):
            raise Wrong(f"{record[-1]} became a {_kind(told.text)} on {place}")


class _Records(msgspec.Struct):
    records: list[msgspec.Raw]


def _kind(text: bytes) -> Any:
    return json.loads(text)["kind"]
