"""A device that pushes batches over HTTP and keeps what a device keeps: SYNC.md §2."""

import random
from collections.abc import Callable
from uuid import UUID

import msgspec
from msgspec import Raw

from sync.record import Record, encode, new, save
from tests.crash.line import Answer, Line, post

HUB = str(UUID(int=7, version=4))  # a record of every journal, which each batch saves to
Moment = Callable[[str], None]


class Phone:
    """Batch n is some new records, and n in the phone's own field of the hub: all of them stand in the journal, or none."""

    def __init__(self, person: str, name: str, token: str, dice: random.Random) -> None:
        self.person, self.name = person, name
        self.states: dict[str, bytes] = {}  # as a clean device has them
        self.written: dict[str, bytes] = {}  # the new records of its own
        self.sizes: list[int] = []  # of batch 1 and so on, the hub not counted
        self.acknowledged = 0  # batches
        self.unanswered: list[bytes] = []
        self._hub = new(HUB, "trait")
        self._token, self._dice = token, dice
        self._epoch: str | None = None
        self._cursor = 0

    async def push(self, line: Line, at: Moment) -> Answer:
        """Push a new batch, or again the one without an answer; tell how far that has come."""
        request = post(self._token, self._body(self.unanswered or self._write()))
        part = self._dice.randrange(len(request))
        await line.send(request[:part])
        at("half sent")
        await line.send(request[part:])
        at("sent")
        answer = await line.answer()
        at("answered")
        if answer.status == 200:
            self.acknowledged = len(self.sizes)
            self.states |= {_named(state).id: state for state in self.unanswered}
            self.unanswered = []
            self._take(answer)
        return answer

    async def settle(self, line: Line) -> None:
        """Repeat what has no answer, then pull all that is there."""
        if self.unanswered:
            repeated = await self.push(line, lambda _: None)
            assert repeated.status == 200, repeated
        more = True
        while more:
            await line.send(post(self._token, self._body([])))
            more = self._take(await line.answer())

    def _write(self) -> list[bytes]:
        number = len(self.sizes) + 1
        made = [self._fresh(number) for _ in range(self._dice.randint(1, 12))]
        self.sizes.append(len(made))
        self._hub = save(self._hub, self.name, {self.name: number}, number)
        self.unanswered = [encode(record) for record in (*made, self._hub)]
        self.written |= {record.id: encode(record) for record in made}
        return self.unanswered

    def _fresh(self, number: int) -> Record:
        record = new(str(UUID(int=self._dice.getrandbits(128), version=4)), "practice")
        words = "a quiet heron " * self._dice.choice([1, 20, 200])
        return save(record, self.name, {"batch": number, "words": words}, number)

    def _body(self, push: list[bytes]) -> bytes:
        about = {"v": 1, "device": self.name, "epoch": self._epoch, "cursor": self._cursor}
        return msgspec.json.encode({**about, "records": [Raw(state) for state in push]})

    def _take(self, answer: Answer) -> bool:
        told = msgspec.json.decode(answer.body, type=_Told)
        assert told.refused == []
        self._epoch, self._cursor = told.epoch, told.cursor
        self.states |= {_named(raw).id: bytes(raw) for raw in told.records}
        if HUB in self.states:
            self._hub = msgspec.json.decode(self.states[HUB], type=Record)
        return told.more


class _Told(msgspec.Struct):
    epoch: str
    cursor: int
    more: bool
    records: list[Raw]
    refused: list[Raw]


class _Named(msgspec.Struct):
    id: str


def _named(record: bytes | Raw) -> _Named:
    return msgspec.json.decode(record, type=_Named)
