"""A PostgreSQL of the tests' own: its own data folder, its own port, gone with the process that started it."""

import os
import shutil
import subprocess
import tempfile
import uuid
from pathlib import Path
from typing import Self

from tests.serving import free_port

ROOT = Path(__file__).parents[1]
USER = "unlearn"
OURSELVES = "postgres" if os.geteuid() == 0 else None  # it refuses to run as root; Debian's package brings this user

# Stops the database when its standard input ends: when we say so, and when we are gone without a word.
KEEP = '"$0" start -s -w -D data -l log -o "$1" && echo up && read _ ; "$0" stop -s -m fast -D data'


class PostgresServer:
    """Started and stopped as often as a test likes; `settings` are the server's own, such as fsync="off"."""

    def __init__(self, **settings: str) -> None:
        self.port = free_port()
        self._options = " ".join(
            f"-c {name}={value}"
            for name, value in {
                "port": str(self.port),
                "listen_addresses": "127.0.0.1",
                "unix_socket_directories": "''",
                **settings,
            }.items()
        )
        self._keeper: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        self._programs = _programs()
        self._folder = tempfile.TemporaryDirectory(prefix="unlearn-postgres-")
        if OURSELVES:
            shutil.chown(self._folder.name, OURSELVES, OURSELVES)
        self._run("initdb", "-D", "data", "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        self._folder.cleanup()

    def start(self) -> None:
        """Start it, and return once it takes connections."""
        command = ["sh", "-c", KEEP, str(self._programs / "pg_ctl"), self._options]
        self._keeper = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,  # Ctrl-C is for the tests, which stop it in their own time
            cwd=self._folder.name,
            user=OURSELVES,
            group=OURSELVES,
        )
        assert self._keeper.stdout
        if self._keeper.stdout.readline() != "up\n":
            raise NotStarted((Path(self._folder.name) / "log").read_text())

    def stop(self) -> None:
        """Stop it, cutting off whoever is connected, and return once it is gone."""
        if self._keeper:
            self._keeper.communicate()
            self._keeper = None

    def restart(self) -> None:
        """Stop it and start it again where it was."""
        self.stop()
        self.start()

    def crash(self) -> None:
        """Stop it without a word to anybody or to the disk, and start it again, which has to recover."""
        stop_and_start = ["restart", "-s", "-w", "-m", "immediate", "-D", "data", "-l", "log", "-o", self._options]
        self._run("pg_ctl", *stop_and_start)

    def fresh_database(self) -> str:
        """Make a database with nothing in it, and return its URL."""
        name = f"unlearn_{uuid.uuid4().hex}"
        self.run(f"CREATE DATABASE {name}")
        return f"postgresql://{USER}@127.0.0.1:{self.port}/{name}"

    def drop(self, url: str) -> None:
        """Forget a database, whoever is connected to it."""
        self.run(f"DROP DATABASE {url.rpartition('/')[2]} WITH (FORCE)")

    def run(self, sql: str, url: str = "") -> str:
        """Run SQL as psql does, as the superuser, and return what it prints."""
        url = url or f"postgresql://{USER}@127.0.0.1:{self.port}/postgres"
        return self._run("psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", url, "-c", sql)

    def dump(self, url: str, file: str) -> None:
        """Back a database up as its operator does; the file is in the server's own folder."""
        self._run("pg_dump", "--format=custom", "--file", file, url)

    def restore(self, url: str, file: str) -> None:
        """Put a backup in the place of what a database has."""
        self._run("pg_restore", "--clean", "--if-exists", "--single-transaction", "--dbname", url, file)

    def _run(self, program: str, *arguments: str) -> str:
        done = subprocess.run(
            [self._programs / program, *arguments],
            cwd=self._folder.name,
            check=True,
            capture_output=True,
            text=True,
            user=OURSELVES,
            group=OURSELVES,
        )
        return done.stdout.strip()


class NotStarted(Exception):
    """What the database said instead of starting."""


def _programs() -> Path:
    found = subprocess.run([ROOT / "tools/postgres"], stdout=subprocess.PIPE, text=True, check=True)
    return Path(found.stdout.strip())
