"""Histories that chance hardly ever draws, told step by step."""

from collections.abc import Iterator
from typing import Any

import pytest

from server.storage import sqlite
from tests.histories import device
from tests.histories.lines import Wrong
from tests.histories.run import local_server, scripted_devices
from tests.histories.server import LocalServer
from tests.histories.steps import TEN_YEARS, Act, Clock, Exchange, History, Step
from tests.histories.verdict import judge
from tests.histories.world import World

EXCHANGES = Exchange([], 1000, 500, None)

RESTORED_SERVER = [
    Step(0, Act("save", 0, {"situation": "bus"})),
    Step(0, EXCHANGES),
    Step(0, "server backed up"),
    Step(0, Act("save", 0, {"costs": "written on the server's page"}), at_server=True, passes=1),
    Step(0, EXCHANGES),
    Step(0, "server restored"),
    Step(0, Act("save", 0, {"learned": "written there since"}), at_server=True),
]
SLOW_COPY = [
    Step(0, Act("save", 0, {"situation": "bus"})),
    Step(0, EXCHANGES),
    Step(0, "copied"),
    Step(0, Clock(-TEN_YEARS, stands=False)),
    Step(0, Act("save", 0, {"learned": "before the copy came back"})),
    Step(0, EXCHANGES),
    Step(0, "restored from copy"),
    Step(0, Act("save", 0, {"learned": "after"})),
]


@pytest.fixture(scope="module")
def server() -> Iterator[LocalServer]:
    with local_server() as opened:
        yield opened


@pytest.mark.parametrize("steps", [RESTORED_SERVER, SLOW_COPY], ids=["restored server", "slow copy"])
def test_nothing_is_lost(server: LocalServer, steps: list[Step]) -> None:
    tell(server, steps)


def test_a_restored_server_that_kept_its_name_would_lose_what_a_device_still_holds(
    server: LocalServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "writer_in", lambda _: "server")
    with pytest.raises(Wrong):
        tell(server, RESTORED_SERVER)


def test_a_copy_whose_clock_is_behind_would_take_the_number_of_a_save_that_it_forgot(
    server: LocalServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(device, "JITTER", 1)
    with pytest.raises(Wrong):
        tell(server, SLOW_COPY)


def tell(server: LocalServer, steps: list[Any]) -> None:
    """Walk these steps with two devices, and judge."""
    history = History(0, 2, steps)
    server.begin()
    world = World(history, scripted_devices(history), server)
    world.walk()
    judge(world)
