"""Content codings, each way and bit by bit: what a device sends and takes."""

import sys
import zlib
from collections.abc import Callable
from typing import Protocol

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

ZSTD_LEVEL = 3  # zstd's own choice
GZIP_LEVEL = 6  # zlib's own choice, and what browsers' CompressionStream has
GZIP_BITS = 16 + zlib.MAX_WBITS  # 16: gzip's header and checksum


class Compressor(Protocol):
    def compress(self, data: bytes, /) -> bytes: ...
    def flush(self) -> bytes: ...


class Plain:
    def compress(self, data: bytes) -> bytes:
        return data

    def flush(self) -> bytes:
        return b""


def compressor(coding: str) -> Compressor:
    """Begin to compress a body."""
    return COMPRESSORS[coding]()


def inflater(coding: str) -> Callable[[bytes], bytes]:
    """Begin to inflate one."""
    return INFLATERS[coding]()


COMPRESSORS: dict[str, Callable[[], Compressor]] = {
    "identity": Plain,
    "gzip": lambda: zlib.compressobj(GZIP_LEVEL, wbits=GZIP_BITS),
    "zstd": lambda: zstd.ZstdCompressor(ZSTD_LEVEL),
}
INFLATERS: dict[str, Callable[[], Callable[[bytes], bytes]]] = {
    "identity": lambda: bytes,
    "gzip": lambda: zlib.decompressobj(wbits=GZIP_BITS).decompress,
    "zstd": lambda: zstd.ZstdDecompressor().decompress,
}
