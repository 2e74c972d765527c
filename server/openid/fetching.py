"""Asking a provider: in bounded time and size, of the address asked and no other."""

import asyncio
import functools
import logging
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import httpx
import msgspec

from server.openid.refusals import NotProven, Unreachable

MOST_BYTES = 256 * 1024  # of one answer; key sets of a hundred keys have about 100 KiB
SILENCE = 5  # seconds without a byte
PATIENCE = 10  # seconds for a whole answer

logging.getLogger("httpx").setLevel(logging.WARNING)  # it tells of every request

Shape = TypeVar("Shape")


@asynccontextmanager
async def asking() -> AsyncIterator[dict[str, Any]]:
    """What an HTTP client is to be made with; what goes wrong on the line is Unreachable, and an odd answer NotProven."""
    try:
        async with asyncio.timeout(PATIENCE):
            yield {
                "verify": _certificates(),
                "timeout": SILENCE,
                "follow_redirects": False,
                "headers": {"Accept": "application/json", "Accept-Encoding": "identity"},
                "event_hooks": {"response": [_bound]},
            }
    except (httpx.TransportError, TimeoutError) as silent:
        raise Unreachable(type(silent).__name__) from silent
    except httpx.HTTPError as odd:
        raise NotProven("an answer that is none") from odd


async def fetch(url: str, shape: type[Shape], token: str = "") -> Shape:
    """Read JSON of this shape; `token` is a bearer token, when the address wants one."""
    async with asking() as options, httpx.AsyncClient(**options) as client:
        answer = await client.get(url, headers={"Authorization": f"Bearer {token}"} if token else {})
    if answer.status_code >= 500:
        raise Unreachable(f"status {answer.status_code}")
    if answer.status_code != 200:
        raise NotProven(f"status {answer.status_code}")
    try:
        return msgspec.json.decode(answer.content, type=shape)
    except (msgspec.MsgspecError, RecursionError) as odd:
        raise NotProven("an answer of another shape") from odd


class _Bounded(httpx.AsyncByteStream):
    """An answer's body that ends the connection when it goes on for too long."""

    def __init__(self, body: httpx.AsyncByteStream) -> None:
        self._body = body

    async def __aiter__(self) -> AsyncIterator[bytes]:
        left = MOST_BYTES
        async for part in self._body:
            left -= len(part)
            if left < 0:
                raise NotProven("an answer that is too long")
            yield part

    async def aclose(self) -> None:
        await self._body.aclose()


async def _bound(answer: httpx.Response) -> None:
    if answer.headers.get("content-encoding", "identity") != "identity":
        raise NotProven("a packed answer, which nobody asked for")  # a few bytes may unpack to gigabytes
    assert isinstance(answer.stream, httpx.AsyncByteStream)
    answer.stream = _Bounded(answer.stream)


@functools.cache
def _certificates() -> ssl.SSLContext:
    return httpx.create_ssl_context()  # takes milliseconds
