"""A plain device that speaks SYNC.md §2 and takes no answer that it has not checked.

It has two connections, with one request at most under way on each. The next push goes out while the server still joins the
last, all but its end, where the cursor stands; the next page is asked for once the last one's first bytes tell its cursor.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Self

import msgspec
from msgspec import Raw

from sync import record as records
from tests.bench.codings import Compressor, compressor
from tests.bench.connection import Answer, Connection

PHONE, LAPTOP = "k3f9x2mb7q4w", "p8d1z5hj2r6t"  # as long as a replica's name is
PUSH = 2000  # records at a time: the most that SYNC.md §2 allows
LIMIT = b',"limit":2000'  # records in one answer, where there will be many
BIT = 100  # records compressed at a time
WORTH_CODING = 200  # bytes; an edit's record shrinks by a third
MORE = re.compile(rb'\{"v":1,"epoch":"([^"]*)","cursor":(\d+),"more":true,')  # how ours begins an answer


class Told(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    v: int
    epoch: str
    cursor: int
    more: bool
    records: list[Raw]
    refused: list[Any]


class Named(msgspec.Struct, frozen=True):
    id: str


class WrongAnswer(Exception):
    """What a server of SYNC.md does not answer."""


class Device:
    def __init__(self, port: int, token: str, name: str, *, sends: str = "gzip", takes: str = "zstd") -> None:
        self.name = name
        self.records: dict[str, bytes] = {}
        self.unsent: dict[str, bytes] = {}
        self.sent: dict[str, bytes] = {}
        self.epoch: str | None = None
        self.cursor = 0
        self.sends, self.takes = sends, takes  # content codings
        self.credential = f"Authorization: Bearer {token}"
        self.connections = [Connection(port), Connection(port)]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for connection in self.connections:
            connection.close()

    @property
    def bytes_up(self) -> int:
        return sum(each.up for each in self.connections)

    @property
    def bytes_down(self) -> int:
        return sum(each.down for each in self.connections)

    def keep(self, written: bytes) -> None:
        """Take a record as written here."""
        name = _name(written)
        self.records[name] = self.unsent[name] = written

    def save(self, name: str, fields: Mapping[str, Any], now: int) -> None:
        """Save fields of a record: SYNC.md §1."""
        saved = records.save(records.decode(self.records[name]), self.name, fields, now)
        self.keep(records.encode(saved))

    def exchange(self) -> None:
        """Push what waits in one small request, and pull all that is there."""
        self.send()
        self.receive()

    def send(self) -> None:
        """The first half of an exchange."""
        self._ask(self.connections[0], _listed(self.unsent.values()))
        self.sent = dict(self.unsent)

    def receive(self) -> None:
        """Its second half."""
        more = self._take(self.connections[0])
        self._clean(self.sent)
        if more:
            self.pull()

    def upload(self) -> None:
        """Push all that waits, many at a time."""
        waiting = list(self.unsent.items())
        chunks = [dict(waiting[start : start + PUSH]) for start in range(0, len(waiting), PUSH)]
        under_way: list[tuple[Connection, dict[str, bytes]]] = []
        for place, chunk in enumerate(chunks):
            connection = self.connections[place % 2]
            connection.begin("/sync", self._headers(self.sends))
            end = self._send_all_but_cursor(connection, list(chunk.values()))
            if under_way:
                self._pushed(*under_way.pop())
            connection.finish(end.compress(b"]" + self._where()) + end.flush())
            under_way.append((connection, chunk))
        self._pushed(*under_way.pop())

    def pull(self) -> None:
        """Pull all that is there."""
        now, then = self.connections
        self._ask(now, LIMIT)
        while self._take(now, then):
            now, then = then, now

    def changes(self, connection: Connection) -> Iterator[int]:
        """Hear of the journal's newest number as it changes."""
        connection.ask("GET", "/sync/changes", [self.credential])
        for piece in connection.body(_checked(connection.answer())):
            for number in re.findall(rb"data: (\d+)\n\n", piece):
                yield int(number)

    def _headers(self, coding: str) -> list[str]:
        # No Content-Type: /sync takes nothing but JSON.
        sent = [] if coding == "identity" else [f"Content-Encoding: {coding}"]
        return [self.credential, f"Accept-Encoding: {self.takes}", *sent]

    def _ask(self, connection: Connection, more: bytes = b"", where: bytes = b"") -> None:
        body = self._about() + more + (where or self._where())
        coding = self.sends if len(body) >= WORTH_CODING else "identity"
        smaller = compressor(coding)
        connection.ask("POST", "/sync", self._headers(coding), smaller.compress(body) + smaller.flush())

    def _send_all_but_cursor(self, connection: Connection, push: list[bytes]) -> Compressor:
        smaller = compressor(self.sends)
        before = self._about() + b',"records":['
        for start in range(0, len(push), BIT):
            connection.add(smaller.compress(before + b",".join(push[start : start + BIT])))
            before = b","
        return smaller

    def _about(self) -> bytes:
        return b'{"v":1,"device":"%b"' % self.name.encode()

    def _where(self) -> bytes:
        return b',"epoch":%b,"cursor":%d}' % (msgspec.json.encode(self.epoch), self.cursor)

    def _pushed(self, connection: Connection, sent: dict[str, bytes]) -> None:
        self._take(connection)
        self._clean(sent)

    def _clean(self, sent: dict[str, bytes]) -> None:
        self.unsent = {name: record for name, record in self.unsent.items() if sent.get(name) is not record}

    def _take(self, connection: Connection, then: Connection | None = None) -> bool:
        """Take an answer; where there is more, ask for it on the other connection while this one's rest comes in."""
        body = bytearray()
        is_asked = False
        for piece in connection.body(_checked(connection.answer())):
            body += piece
            if then and not is_asked and (begun := MORE.match(body)):
                self._ask(then, LIMIT, b',"epoch":"%b","cursor":%b}' % begun.groups())
                is_asked = True
        told = msgspec.json.decode(body, type=Told)
        self._apply(told)
        if then and told.more and not is_asked:
            self._ask(then, LIMIT)
        return told.more

    def _apply(self, told: Told) -> None:
        if told.v != 1 or told.refused or self.epoch not in (None, told.epoch) or told.cursor < self.cursor:
            raise WrongAnswer(f"{told.v=} {told.epoch=} {told.cursor=} {told.refused=}")
        page = {_name(raw): bytes(raw) for raw in told.records}
        if len(page) < len(told.records) or (told.more and not page):
            raise WrongAnswer(f"{len(told.records)} records of {len(page)} ids")
        self.records |= page
        self.epoch, self.cursor = told.epoch, told.cursor


def _listed(records: Iterable[bytes]) -> bytes:
    listed = b",".join(records)
    return b',"records":[%b]' % listed if listed else b""


def _name(record: bytes | Raw) -> str:
    return msgspec.json.decode(record, type=Named).id


def _checked(answer: Answer) -> Answer:
    if answer.status != 200:
        raise WrongAnswer(f"{answer.status}")
    return answer
