"""Two server processes that share one PostgreSQL, as behind a load balancer."""

import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import httpx
import pytest

from sync.record import encode
from tests.postgres import PostgresServer
from tests.server.journals import trait
from tests.serving import SECONDS_TO_STOP, Serving

PASSPHRASE = "seven quiet herons at noon"
PATIENCE = httpx.Timeout(20)


@pytest.fixture
async def servers(tmp_path: Path, postgres_url: str) -> AsyncIterator[list[Serving]]:
    both = [Serving(tmp_path / name, UNLEARN_DATABASE_URL=postgres_url) for name in ("one", "two")]
    for serving in both:
        serving.start()
    yield both
    for serving in both:
        if serving.process:
            serving.stop()


@pytest.fixture
async def scripts(servers: list[Serving]) -> AsyncIterator[list[httpx.AsyncClient]]:
    """Mara's script on each server; the operator's commands work while both run."""
    servers[0].run("account", "add", "mara@example.org", typed=PASSPHRASE)
    authorization = {"Authorization": f"Bearer {servers[1].run('token', 'mara@example.org').strip()}"}
    async with AsyncExitStack() as opened:
        yield [
            await opened.enter_async_context(
                httpx.AsyncClient(base_url=serving.url, headers=authorization, timeout=PATIENCE)
            )
            for serving in servers
        ]


async def push(script: httpx.AsyncClient) -> int:
    body = b'{"v":1,"device":"phone","records":[%s]}' % encode(trait("I say yes too soon"))
    return (await script.post("/sync", content=body)).status_code


async def hear(script: httpx.AsyncClient, wanted: int) -> None:
    """Read the stream until it tells a number, and open it again when it ends, as EventSource does."""
    while True:
        async with script.stream("GET", "/sync/changes") as stream:
            if stream.status_code == 503:
                continue
            async for line in stream.aiter_lines():
                if line == f"data: {wanted}":
                    return


async def test_a_push_to_one_server_wakes_a_page_of_the_other(scripts: list[httpx.AsyncClient]) -> None:
    one, two = scripts
    async with two.stream("GET", "/sync/changes") as laptop:
        lines = laptop.aiter_lines()
        assert [await anext(lines), await anext(lines)] == ["data: 0", ""]
        waits = [await wait_after_a_push(one, lines, number) for number in range(1, 6)]
    assert min(waits) < 0.1  # seconds; the others may have had to wait for a processor


async def wait_after_a_push(script: httpx.AsyncClient, lines: AsyncIterator[str], number: int) -> float:
    assert await push(script) == 200
    began = time.monotonic()
    assert [await anext(lines), await anext(lines)] == [f"data: {number}", ""]
    return time.monotonic() - began


async def test_after_the_database_was_restarted_pages_hear_of_pushes_again(
    scripts: list[httpx.AsyncClient], postgres: PostgresServer
) -> None:
    one, two = scripts
    async with two.stream("GET", "/sync/changes") as laptop:
        lines = laptop.aiter_lines()
        assert await anext(lines) == "data: 0"
        postgres.restart()
        assert await push(one) == 200
        async for line in lines:
            if line == "data: 1":  # the stream lived on; had it ended, the page would have asked again
                break
    await hear(two, 1)
    async with two.stream("GET", "/sync/changes") as again:
        lines = again.aiter_lines()
        assert [await anext(lines), await anext(lines)] == ["data: 1", ""]
        assert await push(one) == 200
        assert await anext(lines) == "data: 2"


async def test_while_the_database_is_gone_devices_are_told_when_to_come_back(
    scripts: list[httpx.AsyncClient], postgres: PostgresServer
) -> None:
    one, _ = scripts
    assert await push(one) == 200
    postgres.stop()
    try:
        answer = await one.post("/sync", content=b'{"v":1,"device":"phone"}')
        assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
        assert int(answer.headers["retry-after"]) > 0
    finally:
        postgres.start()
    assert await push(one) == 200


@pytest.mark.parametrize("is_there", [True, False], ids=["with its database", "without its database"])
async def test_a_server_stops_in_time_while_pages_listen(
    servers: list[Serving], scripts: list[httpx.AsyncClient], postgres: PostgresServer, is_there: bool
) -> None:
    async with scripts[0].stream("GET", "/sync/changes") as laptop:
        assert await anext(laptop.aiter_lines()) == "data: 0"
        if not is_there:
            postgres.stop()
        try:
            began = time.monotonic()
            assert servers[0].stop() == 0
            assert time.monotonic() - began < SECONDS_TO_STOP
        finally:
            if not is_there:
                postgres.start()
