"""What the machine itself takes, measured in the same run: a slow one shows here, and no server can be faster."""

import os
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from tests.bench.codings import GZIP_BITS, GZIP_LEVEL
from tests.bench.connection import Connection
from tests.bench.device import PHONE
from tests.bench.figures import Figure, median_ms
from tests.bench.link import ROUND_TRIP_S, UP, phone_link
from tests.bench.records import as_record, entries
from tests.serving import free_port

PAGE = bytes(4096)
SENT = 1_000_000  # bytes
TIMES = 200
MOST_OFF = 1.03  # of what can be computed


def measure() -> Iterator[Figure]:
    """A write to the disk, a compression, an exchange with nobody, and the link itself."""
    yield Figure("floor: a page written and synced to the disk", _synced(), "ms")
    yield Figure("floor: gzip -6 of what is uploaded", _compressed(10_000), "ms", size=10_000)
    with _bare() as port, phone_link(port) as far:
        near = Connection(port)
        yield Figure("floor: an answer of Granian alone", median_ms(lambda: _sent(near, b"{}"), TIMES), "ms")
        over = Connection(far)
        taken = median_ms(lambda: _sent(over, bytes(SENT)), 3)
        near.close()
        over.close()
    yield Figure("the link: 1 MB up, to what is computed", taken / (ROUND_TRIP_S + SENT / UP) / 1000, "", MOST_OFF)


def _synced() -> float:
    with tempfile.TemporaryFile() as file:

        def write() -> None:
            os.pwrite(file.fileno(), PAGE, 0)
            os.fdatasync(file.fileno())

        return median_ms(write, TIMES)


def _compressed(size: int) -> float:
    body = b",".join(as_record(entry, PHONE) for entry in entries(size))
    return median_ms(lambda: zlib.compress(body, GZIP_LEVEL, GZIP_BITS), 5)


@contextmanager
def _bare() -> Iterator[int]:
    port = free_port()
    with subprocess.Popen([sys.executable, "-m", "tests.bench.bare", str(port)]) as process:
        try:
            _await(port)
            yield port
        finally:
            process.terminate()


def _await(port: int) -> None:
    while True:
        try:
            Connection(port).close()
        except ConnectionRefusedError:
            time.sleep(0.01)
        else:
            return


def _sent(connection: Connection, body: bytes) -> None:
    connection.ask("POST", "/", [], body)
    for _ in connection.body(connection.answer()):
        pass
