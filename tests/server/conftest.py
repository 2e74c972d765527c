from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest

from tests.postgres import PostgresServer
from tests.server.exchanging import owner_of_a_journal
from tests.server.house import MARA, House, open_house


@pytest.fixture
def folder(tmp_path: Path, shell: Path) -> Path:
    """A data folder with nothing in it but the compiled shell."""
    (tmp_path / "shell").symlink_to(shell)
    return tmp_path


@pytest.fixture
async def house(folder: Path, request: pytest.FixtureRequest) -> AsyncIterator[House]:
    """The running application, on SQLite, or on each database in turn where a file of tests uses `database_url`."""
    is_either = "database_url" in request.fixturenames
    url = request.getfixturevalue("database_url") if is_either else f"sqlite:///{folder / 'unlearn.sqlite3'}"
    async with open_house(folder, UNLEARN_DATABASE_URL=url) as opened:
        yield opened


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL for all tests; what it keeps need not outlive a power cut."""
    with PostgresServer(fsync="off") as server:
        yield server


@pytest.fixture
def postgres_url(postgres: PostgresServer) -> Iterator[str]:
    """A database of the test's own."""
    url = postgres.fresh_database()
    yield url
    postgres.drop(url)


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database, of each sort in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'unlearn.sqlite3'}"
    url: str = request.getfixturevalue("postgres_url")
    return url


@pytest.fixture
async def mara(house: House) -> AsyncIterator[httpx.AsyncClient]:
    """A script with a token for Mara's journal."""
    token = await owner_of_a_journal(house, MARA)
    async with house.browser() as script:
        script.headers["Authorization"] = f"Bearer {token}"
        yield script
