"""A database whose file is damaged: unavailable wherever the damage is met, and nothing is written on top of it."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from server.storage import Unavailable
from server.storage.sqlite_file import open_file
from tests.crash.hostile import asking, record
from tests.crash.line import Line, post
from tests.serving import Serving

PAGE = 8192


@pytest.mark.parametrize(
    "damaged", ["records", "sqlite_autoindex_records_1", "records_by_number", "journals", "tokens"]
)
async def test_a_push_that_meets_damage_is_unavailable(tmp_path: Path, token: str, damaged: str) -> None:
    pushed = [record(b'"a":"%b"' % (b"x" * 500)) for _ in range(200)]
    with Serving(tmp_path) as serving:
        async with Line(serving.port) as line:
            await line.send(post(token, asking(*pushed)))
            assert (await line.answer()).status == 200
        serving.stop()
        overwrite(tmp_path / "unlearn.sqlite3", damaged)
        serving.start()
        async with Line(serving.port) as line:
            for push in ([record()], [record(), pushed[0], pushed[-1]]):
                await line.send(post(token, asking(*push)))
                assert (await line.answer()).code == "unavailable"
    assert serving.errors() == ""


async def test_whatever_sqlite_says_of_the_file_is_unavailable(tmp_path: Path) -> None:
    def meet_damage(_: sqlite3.Connection) -> None:
        raise sqlite3.DatabaseError("database disk image is malformed")

    async with open_file(tmp_path / "unlearn.sqlite3") as file:
        with pytest.raises(Unavailable, match="malformed"):
            await file.write(meet_damage)
        with pytest.raises(Unavailable, match="malformed"):
            await file.read(meet_damage)
        assert await file.write(lambda db: db.execute("SELECT 1").fetchone()) == (1,)


def overwrite(file: Path, tree: str) -> None:
    """Overwrite the first page of a table or an index."""
    with closing(sqlite3.connect(file)) as db:
        (page,) = db.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (tree,)).fetchone()
    with file.open("r+b") as written:
        written.seek((page - 1) * PAGE)
        written.write(b"\xff" * PAGE)
