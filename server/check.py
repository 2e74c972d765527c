"""Whether this installation is sound, for the operator to read."""

import asyncio
import platform
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from importlib.metadata import version
from pathlib import Path

from server.lifelines import read_lifelines
from server.settings import Settings, variable, without_password
from server.storage import Unavailable
from server.storage.migrate import NewerDatabase

PARTS = ("litestar", "granian", "msgspec", "jinja2", "aiosqlite", "asyncpg", "argon2-cffi")


def check(settings: Settings) -> bool:
    """Print what stands where, and tell whether all of it is sound. Beside a running server, this only reads."""
    _print("Settings", ((variable(field), _shown(settings, field)) for field in settings.__struct_fields__))
    _print("Versions", _versions())
    _print("Crisis lines", _lifelines(settings.lifelines))
    if settings.is_postgres:
        return _check_postgres(settings.database_url)
    if not settings.database.exists():
        _print("Database", [("not there yet", "the first start makes it")])
        return True
    faults = _faults(settings.database)
    _print("Database", [("broken", fault) for fault in faults] or [("sound", str(settings.database))])
    return not faults


def _shown(settings: Settings, field: str) -> str:
    value = getattr(settings, field) or ""
    return without_password(", ".join(map(str, value)) if isinstance(value, tuple) else str(value))


def _check_postgres(url: str) -> bool:
    from server.storage.postgres import server_version  # noqa: PLC0415 (only where it is used)

    try:
        _print("Database", [("sound", f"PostgreSQL {asyncio.run(server_version(url))}")])
    except (Unavailable, NewerDatabase) as fault:
        _print("Database", [("broken", str(fault))])
        return False
    return True


def _print(title: str, rows: Iterator[tuple[str, str]] | list[tuple[str, str]]) -> None:
    print(title)
    for name, value in rows:
        print(f"  {name:<22}{value}")


def _versions() -> Iterator[tuple[str, str]]:
    yield "unlearn", version("unlearn")
    yield "python", platform.python_version()
    yield "sqlite", sqlite3.sqlite_version
    for part in PARTS:
        yield part, version(part)


def _lifelines(path: Path | None) -> Iterator[tuple[str, str]]:
    countries = read_lifelines(path).countries
    checked = [line.checked for country in countries for line in country.lines if line.checked]
    yield "countries", str(len(countries))
    yield "oldest check", str(min(checked, default=""))


def _faults(path: Path) -> list[str]:
    # Read-only, so that it never checkpoints a WAL that the server is writing (see server/storage).
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as database:
            found = [line for (line,) in database.execute("PRAGMA integrity_check")]
            found += [f"a row of {table} points nowhere" for table, *_ in database.execute("PRAGMA foreign_key_check")]
    except sqlite3.Error as broken:
        return [str(broken)]
    return [line for line in found if line != "ok"]
