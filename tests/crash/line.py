"""One connection on which a test says exactly the bytes that it means."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from typing import Self

import msgspec

PATIENCE_S = 60  # for an answer: longer is a hang; eight of the largest come one after another
READ = 64 * 1024


class Answer(msgspec.Struct, frozen=True):
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def code(self) -> str:
        """The code of a problem document: RFC 9457."""
        assert self.headers["content-type"] == "application/problem+json", self
        return msgspec.json.decode(self.body, type=_Problem).code


class _Problem(msgspec.Struct):
    code: str


class CutOff(Exception):
    """The server went away before its answer was whole."""


class Line:
    def __init__(self, port: int) -> None:
        self.port = port

    async def __aenter__(self) -> Self:
        try:
            self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self.port)
        except OSError as gone:
            raise CutOff from gone
        return self

    async def __aexit__(self, *_: object) -> None:
        self.hang_up()
        with suppress(OSError, TimeoutError):  # what nobody reads is never sent
            await asyncio.wait_for(self._writer.wait_closed(), 1)

    def hang_up(self) -> None:
        self._writer.close()

    def say_no_more(self) -> None:
        """Close the half of the line that we speak on."""
        self._writer.write_eof()

    async def send(self, data: bytes) -> None:
        """Send, and return once the system has taken it."""
        try:
            self._writer.write(data)
            await asyncio.wait_for(self._writer.drain(), PATIENCE_S)
        except OSError as gone:
            raise CutOff from gone

    async def answer(self) -> Answer:
        """Read a whole answer, or fail as a hang does."""
        async with asyncio.timeout(PATIENCE_S):
            status, headers = await self.head()
            try:
                return Answer(status, headers, await self._reader.readexactly(int(headers["content-length"])))
            except (OSError, asyncio.IncompleteReadError) as gone:
                raise CutOff from gone

    async def head(self) -> tuple[int, dict[str, str]]:
        """Read an answer as far as its body."""
        try:
            head = await asyncio.wait_for(self._reader.readuntil(b"\r\n\r\n"), PATIENCE_S)
        except (OSError, asyncio.IncompleteReadError) as gone:
            raise CutOff from gone
        first, *lines = head.decode("latin-1").split("\r\n")
        named = (line.partition(":") for line in lines if line)
        return int(first.split(" ")[1]), {name.lower(): value.strip() for name, _, value in named}

    async def text(self) -> bytes:
        """Read what has come, at least a byte; nothing once the server has hung up."""
        return await asyncio.wait_for(self._reader.read(READ), PATIENCE_S)


def head(method: str, path: str, headers: Mapping[str, str]) -> bytes:
    """Write the head of a request."""
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost", *(f"{name}: {value}" for name, value in headers.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def post(token: str, body: bytes, **headers: str) -> bytes:
    """Write a whole request to /sync."""
    about = {"Authorization": f"Bearer {token}", "Content-Length": str(len(body))}
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return head("POST", "/sync", {**about, **named}) + body
