"""Bodies of an exchange, compressed or not, never larger in memory than they may be."""

import asyncio
import gzip
import zlib
from collections.abc import AsyncIterator
from typing import Any

from litestar import Request
from litestar.exceptions import InternalServerException

from server.problems import Problem

MAX_BODY = 8 * 1024 * 1024  # after decompression
WORTH_GZIP = 1000  # bytes; below that gzip's own overhead eats the gain
FAST = 1  # gzip's level: 6 saves a tenth of the bytes for three times the work

AnyRequest = Request[Any, Any, Any]


async def read_body(request: AnyRequest) -> bytes:
    """Read a body, inflating it only as far as it may go."""
    encoding = request.headers.get("content-encoding", "identity").strip().lower()
    read = {"identity": _plain, "gzip": _inflated}.get(encoding)
    if not read:
        raise Problem(400, "malformed")
    body = bytearray()
    async for piece in read(_pieces(request)):
        body += piece
        if len(body) > MAX_BODY:
            raise Problem(413, "too_large")
    return bytes(body)


async def compress(request: AnyRequest, body: bytes) -> tuple[bytes, dict[str, str]]:
    """Compress an answer that is worth it for whoever takes gzip."""
    headers = {"Vary": "Accept-Encoding"}
    accepted = [each.partition(";")[0].strip() for each in request.headers.get("accept-encoding", "").split(",")]
    if "gzip" not in accepted or len(body) < WORTH_GZIP:
        return body, headers
    # zlib lets go of the interpreter's lock, so that others are answered meanwhile.
    compressed = await asyncio.to_thread(gzip.compress, body, FAST, mtime=0)
    return compressed, {**headers, "Content-Encoding": "gzip"}


async def _pieces(request: AnyRequest) -> AsyncIterator[bytes]:
    try:
        async for piece in request.stream():
            yield piece
    except InternalServerException as cut_short:
        raise Problem(400, "malformed") from cut_short


async def _plain(pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    async for piece in pieces:
        yield piece


async def _inflated(pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    inflate = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)  # 16: gzip's header and checksum
    try:
        async for piece in pieces:
            yield inflate.decompress(piece, MAX_BODY + 1)
    except zlib.error as damaged:
        raise Problem(400, "malformed") from damaged
    if not inflate.eof or inflate.unused_data:
        raise Problem(400, "malformed")
