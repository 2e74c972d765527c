from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.crash.people import tokens
from tests.postgres import PostgresServer


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL whose commits are safe, as an operator's is."""
    with PostgresServer() as server:
        yield server


@pytest.fixture
def postgres_url(postgres: PostgresServer) -> Iterator[str]:
    """A database of the test's own."""
    url = postgres.fresh_database()
    yield url
    postgres.drop(url)


@pytest.fixture
def token(tmp_path: Path) -> str:
    """Mara's, for the server that a test starts on its folder."""
    (token,) = tokens(tmp_path, "mara")
    return token
