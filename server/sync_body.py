"""Bodies of an exchange, compressed or not, never larger in memory than they may be."""

import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from functools import partial
from typing import Any, Protocol, TypeVar

from litestar import Request
from litestar.types import Receive
from zlib_ng import zlib_ng

from server.problems import Problem

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

__all__ = ["MAX_BODY", "compress", "off_the_loop", "read_body", "zstd"]

MAX_BODY = 8 * 1024 * 1024  # after decompression
WORTH_CODING = 250  # bytes: a record alone shrinks by a third
QUICK = 16 * 1024  # bytes that are read or compressed in less time than a thread takes to begin
# 10,000 records, 7.4 MB: zstd 1.71 MB in 25 ms, zlib-ng's gzip 1.76 MB in 62 ms; zlib's own takes 152 ms.
ZSTD_LEVEL = 3
GZIP_LEVEL = 5
WINDOW_LOG = 23  # 8 MiB: what a frame may ask us to keep in memory
GZIP = 16 + zlib_ng.MAX_WBITS  # 16: gzip's header and checksum

AnyRequest = Request[Any, Any, Any]
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


async def read_body(request: AnyRequest) -> bytes:
    """Read a body, inflating it only as far as it may go."""
    coding = request.headers.get("content-encoding", "identity").strip().lower()
    if coding == "identity":
        pieces = _pieces(request.receive)
    elif coding in INFLATE:
        pieces = _inflated(_pieces(request.receive), INFLATE[coding]())
    else:
        raise Problem(400, "malformed")
    body = bytearray()
    async for piece in pieces:
        body += piece
        if len(body) > MAX_BODY:
            raise Problem(413, "too_large")
    return bytes(body)


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


async def _inflated(pieces: AsyncIterator[bytes], inflate: Inflate) -> AsyncIterator[bytes]:
    try:
        async for piece in pieces:
            if inflate.eof and piece:
                raise Problem(400, "malformed")
            if not inflate.eof:
                yield inflate.decompress(piece, MAX_BODY + 1)
    except (zlib_ng.error, zstd.ZstdError) as damaged:  # type: ignore[misc] # its types call zlib_ng.error an instance
        raise Problem(400, "malformed") from damaged
    if not inflate.eof or inflate.unused_data:
        raise Problem(400, "malformed")


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
