"""Bodies of an exchange, compressed or not, never larger in memory than they may be."""

import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from functools import partial
from typing import Protocol, Self, TypeVar

from litestar.types import Receive
from zlib_ng import zlib_ng

from server.problems import Problem
from server.request import AnyRequest

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

__all__ = ["MAX_BODY", "compress", "off_the_loop", "read_body", "zstd"]

MAX_BODY = 8 * 1024 * 1024  # after decompression
LARGE, HUGE = 256 * 1024, 768 * 1024  # a phone's are no larger than a third of the one, inflated than the other
WORTH_CODING = 250  # bytes: a record alone shrinks by a third
QUICK = 16 * 1024  # bytes that are read or compressed in less time than a thread takes to begin
# 10,000 records, 7.4 MB: zstd 1.71 MB in 25 ms, zlib-ng's gzip 1.76 MB in 62 ms; zlib's own takes 152 ms.
ZSTD_LEVEL = 3
GZIP_LEVEL = 5
WINDOW_LOG = 23  # 8 MiB: what a frame may ask us to keep in memory
GZIP = 16 + zlib_ng.MAX_WBITS  # 16: gzip's header and checksum

T = TypeVar("T")


class Inflate(Protocol):
    """What zlib and zstd call the same."""

    @property
    def eof(self) -> bool:
        """Whether the end has come."""

    @property
    def unused_data(self) -> bytes:
        """What came after the end."""

    def decompress(self, data: bytes, max_length: int = -1, /) -> bytes:
        """Give at most so many bytes of what `data` holds."""


class Room:
    """Places for bodies of some size: read, a body may take twenty times its bytes, and memory is for all."""

    def __init__(self) -> None:
        self.large = asyncio.Semaphore(2)
        self.huge = asyncio.Semaphore(1)


class Place:
    """What one body holds of the room, from when it needs it until it is answered."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._held: asyncio.Semaphore | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._leave()

    async def grow(self, size: int, least: int) -> None:
        """Wait until there is room for so many bytes, if they are more than `least`."""
        wanted = self._room.huge if size > HUGE else self._room.large
        if size > least and self._held not in (wanted, self._room.huge):
            self._leave()  # whoever waits keeps nobody waiting
            await wanted.acquire()
            self._held = wanted

    def _leave(self) -> None:
        if self._held:
            self._held.release()
            self._held = None


async def read_body(request: AnyRequest, place: Place) -> bytes:
    """Read a body, inflating it only as far as it may go."""
    coding = request.headers.get("content-encoding", "identity").strip().lower()
    if coding != "identity" and coding not in INFLATE:
        raise Problem(400, "malformed")
    body = bytearray()
    async for piece in _pieces(request.receive):
        _add(body, piece)
        await place.grow(len(body), HUGE)  # a slow phone's is smaller, and holds nobody up while it comes
    if coding != "identity":
        body = await _inflate(bytes(body), INFLATE[coding](), place)
    await place.grow(len(body), LARGE)
    return bytes(body)


async def _inflate(body: bytes, inflate: Inflate, place: Place) -> bytearray:
    inflated = bytearray()
    try:
        while not inflate.eof:
            _add(inflated, piece := inflate.decompress(body, LARGE))
            if len(piece) < LARGE and not inflate.eof:
                raise Problem(400, "malformed")  # cut short
            await place.grow(len(inflated), LARGE)
            body = getattr(inflate, "unconsumed_tail", b"")  # zstd keeps it to itself
    except (zlib_ng.error, zstd.ZstdError) as damaged:  # type: ignore[misc] # its types call zlib_ng.error an instance
        raise Problem(400, "malformed") from damaged
    if inflate.unused_data:
        raise Problem(400, "malformed")
    return inflated


def _add(body: bytearray, piece: bytes) -> None:
    body += piece
    if len(body) > MAX_BODY:
        raise Problem(413, "too_large")


async def compress(request: AnyRequest, body: bytes) -> tuple[bytes, dict[str, str]]:
    """Compress an answer that is worth it the best way that whoever asked can read."""
    accepted = request.headers.get("accept-encoding", "").replace(" ", "").split(",")
    names = {name for name, _, q in (each.partition(";q=") for each in accepted) if q.strip("0.") or not q}
    coding = next((coding for coding in DEFLATE if coding in names), None)
    if not coding or len(body) < WORTH_CODING:
        return body, {}
    # Compressing lets go of the interpreter's lock, so that others are answered meanwhile.
    return await off_the_loop(len(body), partial(DEFLATE[coding], body)), {"Content-Encoding": coding}


async def off_the_loop(size: int, work: Callable[[], T]) -> T:
    """Do work on so many bytes in a thread, unless it is done sooner than one begins."""
    return await asyncio.to_thread(work) if size > QUICK else work()


async def _pieces(receive: Receive) -> AsyncIterator[bytes]:
    is_more = True
    while is_more:
        message = await receive()
        if message["type"] != "http.request":  # cut short
            raise Problem(400, "malformed")
        is_more = message["more_body"]
        yield message["body"]


def _gzip(body: bytes) -> bytes:
    compressed: bytes = zlib_ng.compress(body, GZIP_LEVEL, wbits=GZIP)
    return compressed


INFLATE: dict[str, Callable[[], Inflate]] = {
    "gzip": lambda: zlib_ng.decompressobj(wbits=GZIP),
    "zstd": lambda: zstd.ZstdDecompressor(options={zstd.DecompressionParameter.window_log_max: WINDOW_LOG}),
}
# The better one first.
DEFLATE: dict[str, Callable[[bytes], bytes]] = {
    "zstd": lambda body: zstd.compress(body, ZSTD_LEVEL),
    "gzip": _gzip,
}
