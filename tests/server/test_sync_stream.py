"""The stream of changes, and bodies cut short, against a real server process."""

import socket
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from server import sync_api
from server.accounts import make_token
from server.settings import read_settings
from server.storage import Account, always, open_storage
from sync.record import encode
from tests.server.house import House
from tests.server.journals import trait
from tests.serving import Serving


@pytest.fixture
async def mara(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """Mara's script, talking to a server process."""
    async with open_storage(read_settings({"UNLEARN_DATA": str(tmp_path)})) as storage:
        await storage.add_account(Account("mara", "mara@example.org", "no passphrase is tried here", 1))
        token = await make_token(storage, "mara@example.org", 1)
    serving = Serving(tmp_path)
    serving.start()
    try:
        async with httpx.AsyncClient(base_url=serving.url, headers={"Authorization": f"Bearer {token}"}) as script:
            yield script
    finally:
        serving.stop()
    assert serving.errors() == ""


async def push(mara: httpx.AsyncClient) -> None:
    body = b'{"v":1,"device":"phone","records":[%s]}' % encode(trait("I say yes too soon"))
    assert (await mara.post("/sync", content=body)).status_code == 200


async def test_an_open_page_hears_at_once_of_each_push_and_another_leaving_disturbs_nobody(
    mara: httpx.AsyncClient,
) -> None:
    async with mara.stream("GET", "/sync/changes") as laptop:
        assert laptop.headers["content-type"].startswith("text/event-stream")
        lines = laptop.aiter_lines()
        assert [await anext(lines), await anext(lines)] == ["data: 0", ""]
        async with mara.stream("GET", "/sync/changes") as tablet:
            assert await anext(tablet.aiter_lines()) == "data: 0"
            await push(mara)
        assert [await anext(lines), await anext(lines)] == ["data: 1", ""]
        await push(mara)
        assert await anext(lines) == "data: 2"


async def test_a_body_cut_short_on_the_way_leaves_the_server_well(mara: httpx.AsyncClient) -> None:
    authorization = mara.headers["Authorization"]
    head = f"POST /sync HTTP/1.1\r\nHost: unlearn\r\nAuthorization: {authorization}\r\nContent-Length: 500\r\n\r\n"
    with socket.create_connection((mara.base_url.host, mara.base_url.port or 80)) as line:
        line.sendall(head.encode() + b'{"v":1,')
        line.shutdown(socket.SHUT_WR)
        assert b" 500 " not in line.recv(65536).partition(b"\r\n")[0]
    await push(mara)


async def test_a_stream_with_nothing_to_say_shows_that_it_is_alive(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sync_api, "HEARTBEAT_S", 0.01)
    await house.storage.add_account(Account("mara", "mara@example.org", "no passphrase is tried here", 1))
    events = sync_api.events(house.storage, "mara", always)
    assert [await anext(events), await anext(events)] == [b"data: 0\n\n", b":\n\n"]
    house.storage.end_changes()
    assert [event async for event in events] == []
