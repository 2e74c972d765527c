"""A server that comes back from a backup, and the phones that know more than it does."""

import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest

from sync.record import Record, encode
from tests.postgres import PostgresServer
from tests.server.journals import trait
from tests.serving import Serving

PASSPHRASE = "seven quiet herons at noon"


class Backups:
    """The operator's own hand: what is done to back up and to restore each database."""

    def __init__(self, serving: Serving, url: str, postgres: PostgresServer) -> None:
        self.serving = serving
        self.url = url
        self._postgres = postgres
        self._copy = serving.folder / "copies" / "monday.backup"
        self._copy.parent.mkdir(parents=True)

    def back_up(self) -> None:
        if self.url.startswith("sqlite"):
            self.serving.run("backup", str(self._copy))
        else:
            self._postgres.dump(self.url, "monday.backup")

    def restore(self) -> None:
        if self.url.startswith("sqlite"):
            self.serving.run("restore", str(self._copy))
        else:
            self._postgres.restore(self.url, "monday.backup")
            self.serving.run("restore")


@pytest.fixture
def backups(tmp_path: Path, database_url: str, postgres: PostgresServer) -> Iterator[Backups]:
    serving = Serving(tmp_path, UNLEARN_DATABASE_URL=database_url)
    yield Backups(serving, database_url, postgres)
    if serving.process:
        serving.stop()


class Phone:
    """A device with an outbox, as plain as can be."""

    def __init__(self, serving: Serving, token: str, device: str) -> None:
        self.url = f"{serving.url}/sync"
        self.headers = {"Authorization": f"Bearer {token}"}
        self.asked: dict[str, Any] = {"v": 1, "device": device, "epoch": None, "cursor": 0}
        self.has: dict[str, bytes] = {}

    def exchange(self, *push: Record) -> int:
        self.has |= {record.id: encode(record) for record in push}
        body = msgspec.json.encode({**self.asked, "records": [msgspec.Raw(encode(record)) for record in push]})
        answer = httpx.post(self.url, content=body, headers=self.headers)
        if answer.status_code == 200:
            told = answer.json()
            self.asked |= {"epoch": told["epoch"], "cursor": told["cursor"]}
            self.has |= {record["id"]: msgspec.json.encode(record) for record in told["records"]}
        return answer.status_code

    def start_anew(self) -> None:
        self.asked |= {"epoch": None, "cursor": 0}


def test_after_a_restore_a_phone_that_knew_more_is_told_so_and_nothing_is_lost(backups: Backups) -> None:
    """SYNC.md §2: `epoch` is made once per journal and again when a server is restored from a backup."""
    serving = backups.serving
    serving.run("account", "add", "mara@example.org", typed=PASSPHRASE)
    token = serving.run("token", "mara@example.org").strip()
    serving.start()
    phone, laptop = Phone(serving, token, "phone"), Phone(serving, token, "laptop")
    monday, tuesday, wednesday = (trait(day) for day in ("monday", "tuesday", "wednesday"))
    assert phone.exchange(monday) == 200
    backups.back_up()
    assert phone.exchange(tuesday) == laptop.exchange() == 200

    serving.stop()
    backups.restore()
    serving.start()

    tablet = Phone(serving, token, "tablet")
    assert tablet.exchange(wednesday) == 200
    assert tablet.asked["cursor"] == phone.asked["cursor"]  # a number alone would say that nothing is lacking
    assert [phone.exchange(), laptop.exchange()] == [409, 409]
    phone.start_anew()
    assert phone.exchange(monday, tuesday) == 200
    laptop.start_anew()
    assert laptop.exchange(monday, tuesday) == tablet.exchange() == 200
    assert phone.has == laptop.has == tablet.has
    assert phone.has.keys() == {monday.id, tuesday.id, wednesday.id}


@pytest.fixture
def kept(tmp_path: Path) -> Serving:
    """A SQLite database with one account, and a backup of it."""
    serving = Serving(tmp_path / "var")
    serving.folder.mkdir()
    serving.run("account", "add", "mara@example.org", typed=PASSPHRASE)
    serving.run("backup", str(tmp_path / "copy"))
    return serving


def refusal(serving: Serving, *arguments: str) -> str:
    with pytest.raises(subprocess.CalledProcessError) as refused:
        serving.run(*arguments)
    said = str(refused.value.stderr)
    assert said.startswith("unlearn: ")
    assert said.count("\n") == 1
    return said


def test_a_backup_is_one_sound_file_for_its_owner_alone_and_replaces_none(kept: Serving, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    assert copy.stat().st_mode & 0o077 == 0
    assert {each.name for each in tmp_path.iterdir()} == {"var", "copy"}
    with closing(sqlite3.connect(copy)) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert db.execute("PRAGMA journal_mode").fetchall() == [("delete",)]
        assert db.execute("SELECT email FROM accounts").fetchall() == [("mara@example.org",)]
    assert "is there already" in refusal(kept, "backup", str(copy))
    assert "can't hold a copy" in refusal(kept, "backup", str(tmp_path / "nowhere" / "copy"))


def test_a_restore_beside_a_running_server_is_refused(kept: Serving, tmp_path: Path) -> None:
    with kept:
        assert "open in another process" in refusal(kept, "restore", str(tmp_path / "copy"))


@pytest.mark.parametrize("spoil", ["cut short", "empty", "another program's", "not there", "of a newer version"])
def test_what_is_no_sound_backup_is_refused_and_the_database_stays(kept: Serving, tmp_path: Path, spoil: str) -> None:
    copy, other = tmp_path / "copy", tmp_path / "other"
    if spoil == "cut short":
        other.write_bytes(copy.read_bytes()[:20_000])
    elif spoil == "empty":
        other.touch()
    elif spoil != "not there":
        other.write_bytes(copy.read_bytes())
        with closing(sqlite3.connect(other)) as db:
            sql = (
                "DROP TABLE migrations"
                if spoil.startswith("another")
                else "UPDATE migrations SET number = number + 9000"
            )
            db.executescript(sql)
    before = (kept.folder / "unlearn.sqlite3").read_bytes()
    refusal(kept, "restore", str(other))
    assert (kept.folder / "unlearn.sqlite3").read_bytes() == before
    assert kept.run("token", "mara@example.org")


def test_a_database_that_was_damaged_is_restored(kept: Serving, tmp_path: Path) -> None:
    database = kept.folder / "unlearn.sqlite3"
    with database.open("r+b") as file:
        file.seek(8192)
        file.write(b"\xff" * 16384)
    kept.run("restore", str(tmp_path / "copy"))
    assert "sound" in kept.run("check")
    database.write_bytes(b"\xff" * 10_000)
    assert "move it away first" in refusal(kept, "restore", str(tmp_path / "copy"))


def test_a_backup_of_another_page_size_is_restored(kept: Serving, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    with closing(sqlite3.connect(copy)) as db:
        db.executescript("PRAGMA page_size = 1024; VACUUM")
    kept.run("restore", str(copy))
    assert "sound" in kept.run("check")
    assert kept.run("token", "mara@example.org")


def test_with_postgresql_the_operator_is_told_what_to_use(tmp_path: Path, postgres_url: str) -> None:
    serving = Serving(tmp_path, UNLEARN_DATABASE_URL=postgres_url)
    assert "pg_dump" in refusal(serving, "backup", "file")
    assert "pg_restore" in refusal(serving, "restore", "file")
    del serving.environment["UNLEARN_DATABASE_URL"]
    assert "which file" in refusal(serving, "restore")
