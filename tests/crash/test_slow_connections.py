"""Connections that say little or nothing: they end, and until then they keep nobody else from being answered."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest

from server.sync_body import HUGE
from tests.crash.line import Line, head, post
from tests.serving import Serving

ROOT = Path(__file__).parents[2]
MANY = 300  # Granian alone takes 128 connections, and then none
IMPATIENT = [sys.executable, "-m", "tests.crash.impatient"]


@pytest.fixture
def serving(tmp_path: Path, token: str) -> Iterator[Serving]:
    with Serving(tmp_path) as serving:
        yield serving
        assert serving.errors() == ""


@pytest.fixture
def impatient(tmp_path: Path, token: str) -> Iterator[Serving]:
    serving = Serving(tmp_path, PYTHONPATH=str(ROOT))
    serving.command = IMPATIENT
    with serving:
        yield serving
        assert serving.errors() == ""


@pytest.mark.parametrize("says", ["nothing", "half a head", "half a body", "asks for changes"])
async def test_many_who_keep_a_connection_open_keep_nobody_else_waiting(
    serving: Serving, token: str, says: str
) -> None:
    whole = head("GET", "/sync/changes", {"Authorization": f"Bearer {token}"})
    said = {
        "nothing": b"",
        "half a head": whole[:40],
        "half a body": post(token, b'{"v":1,"device":"phone"}')[:-10],
        "asks for changes": whole,
    }
    async with many(serving.port, said[says]), Line(serving.port) as line:
        await line.send(post(token, b'{"v":1,"device":"phone"}'))
        assert (await line.answer()).status == 200


async def test_a_body_that_does_not_come_is_given_up_with_a_word_to_come_again(impatient: Serving, token: str) -> None:
    async with Line(impatient.port) as line:
        await line.send(post(token, b'{"v":1,"device":"phone"}')[:-1])
        answer = await line.answer()
    assert (answer.status, answer.code, answer.headers["retry-after"]) == (503, "unavailable", "5")


async def test_a_body_that_trickles_is_given_up_too(impatient: Serving, token: str) -> None:
    async with Line(impatient.port) as line:
        await line.send(post(token, b" " * 1000)[:-1000])
        answering = asyncio.create_task(line.answer())
        while not answering.done():
            await line.send(b" ")
            await asyncio.wait([answering], timeout=0.1)
        assert (await answering).status == 503


async def test_a_large_body_that_stops_half_way_lets_the_next_one_in(impatient: Serving, token: str) -> None:
    large = post(token, b'{"v":1,"device":"phone"}' + b" " * 2 * HUGE)
    async with Line(impatient.port) as stopped, Line(impatient.port) as line:
        await stopped.send(large[:-10])
        await line.send(large)
        assert (await stopped.answer()).status == 503
        assert (await line.answer()).status == 200


async def test_twenty_open_streams_end_cleanly_when_the_server_is_asked_to_stop(serving: Serving, token: str) -> None:
    async with many(serving.port, head("GET", "/sync/changes", {"Authorization": f"Bearer {token}"}), 20) as lines:
        for line in lines:
            assert (await line.head())[0] == 200
        assert serving.stop(signal.SIGTERM) == 0  # within 5 s, or it fails
        for line in lines:
            heard = b""
            while piece := await line.text():
                heard += piece
            assert heard.endswith(b"\r\n0\r\n\r\n")  # the end of a chunked body: RFC 9112 §7.1
    serving.start()


async def test_a_body_under_way_does_not_keep_the_server_from_stopping(serving: Serving, token: str) -> None:
    async with Line(serving.port) as line:
        await line.send(post(token, b'{"v":1,"device":"phone"}')[:-1])
        async with Line(serving.port) as other:
            await other.send(head("GET", "/health", {}))
            assert (await other.answer()).status == 200
        assert serving.stop() == 0
        assert (await line.answer()).code == "unavailable"
    serving.start()


async def test_a_form_that_is_cut_short_is_no_failure_of_ours(serving: Serving) -> None:
    about = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
    async with Line(serving.port) as line:
        await line.send(head("POST", "/sign-in", {**about, "Content-Length": "1000"}) + b"email=mara")
        line.say_no_more()
        assert (await line.head())[0] == 400


@asynccontextmanager
async def many(port: int, said: bytes, count: int = MANY) -> AsyncIterator[list[Line]]:
    async with AsyncExitStack() as opened:
        lines = [await opened.enter_async_context(Line(port)) for _ in range(count)]
        for line in lines:
            await line.send(said)
        yield lines
