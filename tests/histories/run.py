"""Runs histories by their seeds, and tells what happened in one that went wrong."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from tests.histories.device import Device, ScriptedDevice
from tests.histories.over_http import HttpServer
from tests.histories.phone import Phones
from tests.histories.server import LocalServer, Server
from tests.histories.steps import History, draw
from tests.histories.verdict import judge
from tests.histories.world import World

MEMORY = Path("/dev/shm")  # noqa: S108 - a disk that costs no time, where there is one

Devices = Callable[[History], list[Device]]


class WentWrong(AssertionError):
    """A history's seed, its steps, and what was wrong."""


def run(seed: int, server: Server, devices_of: Devices | None = None) -> None:
    """Walk the history of a seed on an account of its own, and judge it."""
    history = draw(seed)
    server.begin()
    world = World(history, (devices_of or scripted_devices)(history), server)
    try:
        world.walk()
        judge(world)
    except Exception as wrong:
        steps = "\n".join(f"{n:3} {step}" for n, step in enumerate(history.steps))
        again = f"again with: python -m tests.histories {seed}"
        raise WentWrong(f"{wrong}\nseed {seed}, {history.devices} devices\n{steps}\n{again}") from wrong


def phones_of(phones: Phones, server: HttpServer) -> Devices:
    return lambda history: phones.open(history.devices, server.account, server.answer_stranger)


def scripted_devices(history: History) -> list[Device]:
    return [ScriptedDevice(f"device{n}", Random(f"{history.seed} {n}")) for n in range(history.devices)]  # noqa: S311 - chance that comes out the same again


@contextmanager
def http_server(histories: int) -> Iterator[HttpServer]:
    """A server process for so many histories."""
    with TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        server = HttpServer(Path(folder), histories)
        try:
            yield server
        finally:
            server.close()


@contextmanager
def local_server() -> Iterator[LocalServer]:
    """A server for many histories, on a file that is gone after."""
    with TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        server = LocalServer(f"sqlite:///{folder}/unlearn.db")
        try:
            yield server
        finally:
            server.close()
