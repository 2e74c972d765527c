"""Whatever happens between devices and a server, everybody holds the same in the end, and all that was written."""

import os
from collections.abc import Iterator

import pytest

from tests.histories.run import local_server, run
from tests.histories.server import LocalServer
from tests.postgres import PostgresServer

HISTORIES = int(os.environ.get("UNLEARN_HISTORIES", "2000"))
PARTS = 20
ON_POSTGRES = 20  # one history in so many


@pytest.fixture(scope="module")
def sqlite() -> Iterator[LocalServer]:
    with local_server() as server:
        yield server


@pytest.fixture(scope="module")
def postgres() -> Iterator[LocalServer]:
    with PostgresServer(fsync="off") as database:
        server = LocalServer(database.fresh_database())
        yield server
        server.close()


def seeds(part: int) -> range:
    return range(1 + part, 1 + HISTORIES, PARTS)


@pytest.mark.parametrize("part", range(PARTS))
def test_sync_md_2_any_order_any_loss_any_restore_ends_in_one_state_that_the_oracle_knows(
    sqlite: LocalServer, part: int
) -> None:
    for seed in seeds(part):
        run(seed, sqlite)


@pytest.mark.parametrize("part", range(PARTS))
def test_sync_md_2_the_same_on_postgresql(postgres: LocalServer, part: int) -> None:
    for seed in seeds(part)[::ON_POSTGRES]:
        run(seed, postgres)
