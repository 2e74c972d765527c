"""A server under measure: what it takes of the processor and of memory, and accounts to measure with."""

import asyncio
import re
import secrets
import statistics
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec

from server.accounts import ACCOUNT_BYTES, make_token
from server.settings import read_settings
from server.storage import Account, open_storage
from tests.bench.device import Device
from tests.serving import Serving


class Cost(msgspec.Struct, frozen=True):
    wall_ms: float
    cpu_ms: float
    bytes: float


def medians(costs: Iterable[Cost]) -> Cost:
    """Each part by itself."""
    parts = zip(*(msgspec.structs.astuple(cost) for cost in costs), strict=True)
    return Cost(*(statistics.median(part) for part in parts))


class Measured(Serving):
    def add_people(self, count: int) -> list[str]:
        """Make accounts while the server is stopped, and give a token of each."""
        return asyncio.run(self._add_people(count))

    @property
    def cpu_ms(self) -> float:
        """What its process, all threads of it, has had of the processors so far: user and system."""
        return time.clock_gettime(_clock_of(self._pid)) * 1000

    @property
    def peak_mb(self) -> float:
        """The most memory that it has held so far."""
        status = Path(f"/proc/{self._pid}/status").read_text()
        found = re.search(r"VmHWM:\s+(\d+) kB", status)
        assert found
        return int(found[1]) * 1024 / 1e6

    def cost(self, devices: list[Device], work: Callable[[], object]) -> Cost:
        """Do some work with devices, and tell what it took of the server and of the line."""
        crossed, spent, began = _crossed(devices), self.cpu_ms, time.perf_counter()
        work()
        wall = (time.perf_counter() - began) * 1000
        return Cost(wall, self.cpu_ms - spent, _crossed(devices) - crossed)

    @property
    def _pid(self) -> int:
        assert self.process
        return self.process.pid

    async def _add_people(self, count: int) -> list[str]:
        tokens = []
        async with open_storage(read_settings(self.environment)) as storage:
            for number in range(count):
                email = f"mara+{number}@example.org"
                await storage.add_account(Account(secrets.token_urlsafe(ACCOUNT_BYTES), email, "nobody signs in", 0))
                tokens.append(await make_token(storage, email, 0))
        return [token for token in tokens if token]


def _clock_of(pid: int) -> int:
    # clock_getcpuclockid(3), which Python lacks: CPUCLOCK_SCHED is 2, and counts in ns what /proc/PID/stat has in 10 ms.
    return ~pid << 3 | 2


def _crossed(devices: list[Device]) -> int:
    return sum(device.bytes_up + device.bytes_down for device in devices)
