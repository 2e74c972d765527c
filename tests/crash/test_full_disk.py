"""A full disk: 503, nothing of the push stored, reading works, and once there is room all goes on (SYNC.md §2)."""

import signal
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from msgspec import Raw

from sync.record import Record, encode
from tests.crash.disks import Disk, Limited, mounted
from tests.crash.journals import in_file
from tests.crash.line import Answer, Line, head, post
from tests.crash.people import tokens
from tests.server.journals import trait
from tests.serving import Serving

MIB = 1024 * 1024
# SQLite writes to its log first, and from there to the database once the log has 8 MB: either may be what finds no room.
BEFORE_CHECKPOINTS, CHECKPOINTING = 6 * MIB, 20 * MIB
BALLAST = 24 * MIB
WORDS = "a quiet heron " * 3000  # 42 kB


@pytest.fixture(params=[True, False], ids=["mounted", "limited"])
def is_mounted(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def size() -> int:
    return CHECKPOINTING


@pytest.fixture
def disk(is_mounted: bool, size: int, tmp_path: Path) -> Iterator[Disk]:
    if is_mounted:
        with mounted(tmp_path, size + BALLAST, BALLAST) as disk:
            yield disk
    else:
        yield Limited(tmp_path, size)


@pytest.fixture
def token(disk: Disk) -> str:
    (token,) = tokens(disk.folder, "mara")
    return token


@pytest.fixture
def serving(disk: Disk, token: str) -> Iterator[Serving]:
    with Serving(disk.folder) as serving:
        disk.begin(serving)
        yield serving
        assert serving.errors() == ""


@pytest.mark.parametrize("size", [BEFORE_CHECKPOINTS, CHECKPOINTING])
async def test_a_full_disk_refuses_pushes_whole_while_reading_goes_on_and_recovers_by_itself(
    serving: Serving, disk: Disk, token: str
) -> None:
    async with Line(serving.port) as line, Line(serving.port) as laptop:
        await laptop.send(head("GET", "/sync/changes", {"Authorization": f"Bearer {token}"}))
        assert (await laptop.head())[0] == 200
        kept, refused = await pushed_until_full(line, token)

        assert await pulled(line, token) == kept
        for page in ("/", "/sign-in", "/health"):
            await line.send(head("GET", page, {}))
            assert (await line.answer()).status == 200

        disk.make_room(serving)
        answer = await push(line, token, *refused)
        assert answer.status == 200, answer
        kept |= {encode(record) for record in refused}
        assert await pulled(line, token) == kept
        while b"data: %d\n" % len(kept) not in (told := await laptop.text()):
            assert told


async def test_the_log_of_a_disk_that_was_full_is_used_again_and_not_grown(
    serving: Serving, disk: Disk, token: str
) -> None:
    log = disk.folder / "unlearn.sqlite3-wal"
    async with Line(serving.port) as line:
        await pushed_until_full(line, token)
        largest = log.stat().st_size + 2 * MIB  # it takes a commit more before SQLite begins again at its start
        disk.make_room(serving)
        for _ in range(12):
            assert (await push(line, token, *batch())).status == 200
    assert 9 * MIB < log.stat().st_size < largest


async def test_a_server_killed_on_a_full_disk_starts_there_and_reads(serving: Serving, disk: Disk, token: str) -> None:
    async with Line(serving.port) as line:
        kept, refused = await pushed_until_full(line, token)
    serving.stop(signal.SIGKILL)
    assert set(in_file(disk.folder / "unlearn.sqlite3")["mara"].states.values()) == kept
    serving.start()
    disk.begin(serving)
    async with Line(serving.port) as line:
        assert await pulled(line, token) == kept
        disk.make_room(serving)
        assert (await push(line, token, *refused)).status == 200


async def pushed_until_full(line: Line, token: str) -> tuple[set[bytes], list[Record]]:
    """Push until there is no room for twenty records, nor for one; give what was kept, and what was refused last."""
    kept = set[bytes]()
    for size in (20, 1):
        while (answer := await push(line, token, *(records := batch(size)))).status == 200:
            kept |= {encode(record) for record in records}
        assert (answer.status, answer.code, answer.headers["retry-after"]) == (503, "unavailable", "5")
    return kept, records


def batch(size: int = 20) -> list[Record]:
    return [trait(WORDS) for _ in range(size)]


async def push(line: Line, token: str, *records: Record) -> Answer:
    pushed = [Raw(encode(record)) for record in records]
    await line.send(post(token, msgspec.json.encode({"v": 1, "device": "phone", "limit": 1, "records": pushed})))
    return await line.answer()


class Told(msgspec.Struct):
    epoch: str
    cursor: int
    more: bool
    records: list[Raw]


async def pulled(line: Line, token: str) -> set[bytes]:
    found, told = set[bytes](), Told("", 0, True, [])
    while told.more:
        where = {"epoch": told.epoch or None, "cursor": told.cursor}
        await line.send(post(token, msgspec.json.encode({"v": 1, "device": "laptop", **where})))
        answer = await line.answer()
        assert answer.status == 200, answer
        told = msgspec.json.decode(answer.body, type=Told)
        found |= set(map(bytes, told.records))
    return found
