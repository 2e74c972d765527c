"""The same histories with the server as a process that is killed, and with the phone's own modules for devices."""

import os
from collections.abc import Iterator

import pytest

from tests.histories.over_http import HttpServer
from tests.histories.phone import Phones, open_phones
from tests.histories.run import http_server, phones_of, run

HISTORIES = int(os.environ.get("UNLEARN_HTTP_HISTORIES", "32"))
PHONE_HISTORIES = int(os.environ.get("UNLEARN_PHONE_HISTORIES", "120"))
PARTS = 8


@pytest.fixture(scope="module")
def server() -> Iterator[HttpServer]:
    with http_server(HISTORIES + PHONE_HISTORIES + 1) as opened:
        yield opened


@pytest.fixture(scope="module")
def phones() -> Iterator[Phones]:
    with open_phones() as opened:
        yield opened


@pytest.mark.parametrize("part", range(PARTS))
def test_sync_md_2_a_server_that_is_killed_and_restored_ends_as_the_oracle_says(server: HttpServer, part: int) -> None:
    for seed in range(1 + part, 1 + HISTORIES, PARTS):
        run(seed, server)


@pytest.mark.parametrize("part", range(PARTS))
def test_sync_md_2_the_phones_own_modules_end_as_the_oracle_says(server: HttpServer, phones: Phones, part: int) -> None:
    for seed in range(1 + part, 1 + PHONE_HISTORIES, PARTS):
        run(seed, server, phones_of(phones, server))


def test_sync_md_2_a_form_that_was_open_while_a_phone_took_another_name_takes_nothing_it_did_not_show(
    server: HttpServer, phones: Phones
) -> None:
    run(3860, server, phones_of(phones, server))
