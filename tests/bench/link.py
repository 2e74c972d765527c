"""A phone's link to the server: a proxy that delays and thins what crosses it.

`python -m tests.bench.link PORT ROUND_TRIP_S UP DOWN` stands before PORT.
"""

import asyncio
import selectors
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import NamedTuple

ROUND_TRIP_S = 0.1
UP, DOWN = 5e6 / 8, 20e6 / 8  # bytes a second
PACKET = 1448  # bytes of TCP in an Ethernet frame
QUEUE_S = 0.02  # what may wait before the link, so that it never runs dry while its sender sleeps


class Line(NamedTuple):
    round_trip_s: float
    up: float  # bytes a second
    down: float


GOOD = Line(ROUND_TRIP_S, UP, DOWN)
SLOW_4G = Line(0.15, 750e3 / 8, 1.6e6 / 8)  # as Lighthouse has it for phones
SLOW_2G = Line(2.0, 50e3 / 8, 50e3 / 8)  # the fastest that WICG's Network Information still calls slow-2g


class Lane:
    """One direction, shared by all connections: a bucket of tokens that holds no more than one packet."""

    def __init__(self, rate: float) -> None:
        self._rate = rate
        self._free_at = 0.0

    def takes(self, size: int, now: float) -> float:
        """Put bytes on the lane, and tell when the last of them is on its way."""
        self._free_at = max(now, self._free_at) + size / self._rate
        return self._free_at


@contextmanager
def phone_link(port: int, line: Line = GOOD) -> Iterator[int]:
    """A link to a port, in a process of its own, until the block ends; gives the port at its other end."""
    command = [sys.executable, "-m", "tests.bench.link", str(port), *map(str, line)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            yield int(process.stdout.readline())
        finally:
            process.terminate()


async def serve(port: int, line: Line) -> None:
    up, down = Lane(line.up), Lane(line.down)
    way_s = line.round_trip_s / 2

    async def join(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", port)
        await asyncio.gather(carry(reader, far_writer, up, way_s), carry(far_reader, writer, down, way_s))
        far_writer.close()
        writer.close()

    server = await asyncio.start_server(join, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


async def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, lane: Lane, way_s: float) -> None:
    """Carry one direction of one connection, packet by packet, until its sender ends it."""
    loop = asyncio.get_running_loop()
    arriving: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
    delivering = asyncio.create_task(_deliver(arriving, writer))
    try:
        while packet := await reader.read(PACKET):
            leaves = lane.takes(len(packet), loop.time())
            arriving.put_nowait((leaves + way_s, packet))
            await asyncio.sleep(leaves - QUEUE_S - loop.time())
    except ConnectionError:
        pass  # its sender is gone; so is what it would have sent
    arriving.put_nowait((loop.time() + way_s, b""))
    await delivering


async def _deliver(arriving: asyncio.Queue[tuple[float, bytes]], writer: asyncio.StreamWriter) -> None:
    loop = asyncio.get_running_loop()
    while True:
        due, packet = await arriving.get()
        await asyncio.sleep(due - loop.time())
        if not packet:
            break
        writer.write(packet)
    with suppress(OSError):  # the receiver has gone already
        writer.write_eof()


def _precise_loop() -> asyncio.AbstractEventLoop:
    # select(2) wakes within microseconds; asyncio's own choice, epoll, rounds every wait up to a whole millisecond.
    return asyncio.SelectorEventLoop(selectors.SelectSelector())


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=_precise_loop) as runner:
        runner.run(serve(int(sys.argv[1]), Line(*map(float, sys.argv[2:]))))
