import gzip
import json
import tracemalloc
from collections.abc import Callable
from functools import partial

import httpx
import pytest

from server.sync_body import MAX_BODY, zstd
from tests.server.exchanging import exchange, refused, request
from tests.server.journals import trait


@pytest.mark.parametrize(
    ("accepts", "coding"),
    [("br, gzip;q=0.8", "gzip"), ("gzip, zstd", "zstd"), ("zstd;q=0, gzip", "gzip"), ("br", None), ("", None)],
)
async def test_an_answer_comes_in_the_best_coding_that_the_device_reads(
    mara: httpx.AsyncClient, accepts: str, coding: str | None
) -> None:
    records = [trait(f"trait {n}") for n in range(50)]
    await exchange(mara, *records)
    async with mara.stream("POST", "/sync", content=request(), headers={"Accept-Encoding": accepts}) as pulled:
        body = b"".join([piece async for piece in pulled.aiter_raw()])
    assert pulled.headers.get("content-encoding") == coding
    read: dict[str | None, Callable[[bytes], bytes]] = {"gzip": gzip.decompress, "zstd": zstd.decompress, None: bytes}
    assert [each["id"] for each in json.loads(read[coding](body))["records"]] == [record.id for record in records]


@pytest.mark.parametrize(("coding", "write"), [("gzip", gzip.compress), ("zstd", zstd.compress)])
async def test_a_push_may_be_compressed(mara: httpx.AsyncClient, coding: str, write: Callable[[bytes], bytes]) -> None:
    body = request(*[trait(f"trait {n}") for n in range(50)])
    sent = await mara.post("/sync", content=write(body), headers={"Content-Encoding": coding})
    assert sent.json()["cursor"] == 50


DAMAGED = [
    b"",
    b"not gzip",
    gzip.compress(request())[:-1],
    gzip.compress(request())[:20],
    gzip.compress(request()) + b"more",
    gzip.compress(request())[:-8] + b"\0" * 8,
    gzip.compress(request())[:-1] + b"\xff",
]


def far_back() -> bytes:
    """A frame that asks for 128 MiB to look back on."""
    looking = zstd.ZstdCompressor(options={zstd.CompressionParameter.window_log: 27})
    return looking.compress(request(), zstd.ZstdCompressor.FLUSH_BLOCK) + looking.flush()


@pytest.mark.parametrize("coding", ["gzip", "zstd"])
async def test_a_damaged_or_truncated_body_is_malformed(mara: httpx.AsyncClient, coding: str) -> None:
    for body in [*DAMAGED, zstd.compress(request())[:-1], zstd.compress(request()) + b"more", far_back()]:
        answer = await mara.post("/sync", content=body, headers={"Content-Encoding": coding})
        assert refused(answer) == (400, "malformed"), body


async def test_an_encoding_nobody_speaks_is_malformed(mara: httpx.AsyncClient) -> None:
    answer = await mara.post("/sync", content=request(), headers={"Content-Encoding": "br"})
    assert refused(answer) == (400, "malformed")


@pytest.mark.parametrize(
    ("coding", "write"), [("gzip", partial(gzip.compress, compresslevel=9)), ("zstd", zstd.compress)]
)
async def test_a_bomb_is_too_large_and_never_inflated(
    mara: httpx.AsyncClient, coding: str, write: Callable[[bytes], bytes]
) -> None:
    bomb = write(bytes(256 * 1024 * 1024))
    tracemalloc.start()
    answer = await mara.post("/sync", content=bomb, headers={"Content-Encoding": coding})
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert refused(answer) == (413, "too_large")
    assert peak < 4 * MAX_BODY
