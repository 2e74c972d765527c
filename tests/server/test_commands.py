"""The operator's commands, each as the process that an operator starts."""

import asyncio
import os
import re
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from server.settings import read_settings
from server.storage import Account, open_storage
from tests.postgres import PostgresServer

UNLEARN = str(Path(sys.executable).with_name("unlearn"))
PASSPHRASE = "seven quiet herons at noon"


@pytest.fixture
def unlearn(tmp_path: Path):
    environment = {"PATH": os.environ["PATH"], "UNLEARN_DATA": str(tmp_path)}

    def run(*arguments: str, typed: str = "", **settings: str):
        return subprocess.run(
            [UNLEARN, *arguments], input=typed, env=environment | settings, capture_output=True, text=True, check=False
        )

    return run


def test_an_operator_makes_an_account_a_token_and_a_journal_and_finds_it_sound(unlearn, database_url: str):
    unlearn = partial(unlearn, UNLEARN_DATABASE_URL=database_url)
    made = unlearn("account", "add", "Mara@example.org", typed=PASSPHRASE + "\n")
    token = unlearn("token", "mara@example.org")
    demo = unlearn("demo", "mara@example.org", "--entries", "40")
    check = unlearn("check")

    assert [each.returncode for each in (made, token, demo, check)] == [0, 0, 0, 0]
    assert PASSPHRASE not in made.stdout + made.stderr
    assert len(token.stdout.split()) == 1
    assert asyncio.run(entries_of("mara@example.org", {"UNLEARN_DATABASE_URL": database_url})) == 40
    assert "sound" in check.stdout


def test_check_tells_the_version_of_a_postgresql_and_no_password(unlearn, postgres_url: str):
    check = unlearn("check", UNLEARN_DATABASE_URL=postgres_url.replace("unlearn@", "unlearn:a-secret@"))

    assert check.returncode == 0
    assert re.search(r"sound +PostgreSQL [1-9][0-9]", check.stdout)
    assert "unlearn:***@" in check.stdout
    assert "a-secret" not in check.stdout + check.stderr


def test_check_finds_a_postgresql_of_a_newer_version_broken(unlearn, postgres: PostgresServer, postgres_url: str):
    unlearn("token", "nobody@example.org", UNLEARN_DATABASE_URL=postgres_url)
    postgres.run("INSERT INTO migrations VALUES (9999, 'from the future')", postgres_url)

    check = unlearn("check", UNLEARN_DATABASE_URL=postgres_url)

    assert check.returncode == 1
    assert "broken                the database is at version 9999" in check.stdout


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("postgresql://unlearn@127.0.0.1:1/journals", "127.0.0.1"),
        ("postgresql://unlearn@127.0.0.1/journals?sslmode=maybe", "sslmode"),
        ("postgresql://unlearn@no-such-host.invalid/journals", "known"),
    ],
)
def test_a_postgresql_that_cannot_be_reached_is_said_in_one_line(unlearn, url: str, why: str):
    refused = unlearn("serve", UNLEARN_DATABASE_URL=url)

    assert refused.returncode == 1
    assert refused.stderr.startswith("unlearn: PostgreSQL: ")
    assert why in refused.stderr
    assert refused.stderr.count("\n") == 1


def test_the_same_demo_again_changes_nothing(unlearn, tmp_path: Path):
    unlearn("account", "add", "mara@example.org", typed=PASSPHRASE + "\n")
    for _ in range(2):
        unlearn("demo", "mara@example.org", "--entries", "25")

    assert asyncio.run(entries_of("mara@example.org", {"UNLEARN_DATA": str(tmp_path)})) == 25


def test_check_says_what_is_wrong_with_a_damaged_database(unlearn, tmp_path: Path):
    unlearn("account", "add", "mara@example.org", typed=PASSPHRASE + "\n")
    database = tmp_path / "unlearn.sqlite3"
    database.write_bytes(database.read_bytes()[:4096] + b"\xff" * 4096 + database.read_bytes()[8192:])

    check = unlearn("check")

    assert check.returncode == 1
    assert "broken" in check.stdout


def test_check_only_reads_what_another_process_holds(unlearn, tmp_path: Path):
    async def check_while_open():
        async with open_storage(settings_of(tmp_path)):
            return await asyncio.to_thread(unlearn, "check"), await asyncio.to_thread(unlearn, "token", "a@example.org")

    check, token = asyncio.run(check_while_open())

    assert (check.returncode, token.returncode) == (0, 1)
    assert "open in another process" in token.stderr


@pytest.mark.parametrize(
    ("arguments", "typed", "why"),
    [
        (["account", "add", "mara@example.org"], "too short\n", "15 characters"),
        (["account", "add", "mara"], PASSPHRASE, "email address"),
        (["token", "nobody@example.org"], "", "no account nobody@example.org"),
        (["demo", "nobody@example.org"], "", "no account nobody@example.org"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(unlearn, arguments: list[str], typed: str, why: str):
    refused = unlearn(*arguments, typed=typed)

    assert refused.returncode == 1
    assert why in refused.stderr
    assert refused.stderr.count("\n") == 1


def test_a_bad_setting_stops_any_command(unlearn):
    refused = unlearn("serve", UNLEARN_PORT="eight thousand")

    assert refused.returncode == 1
    assert refused.stderr == "unlearn: UNLEARN_PORT is 'eight thousand', but must be a whole number from 1 to 65535\n"


def settings_of(data: Path):
    return read_settings({"UNLEARN_DATA": str(data)})


async def entries_of(email: str, environment: dict[str, str]) -> int:
    async with open_storage(read_settings(environment)) as storage:
        account = await storage.one(Account, email=email)
        assert account
        return len(await storage.records(account.account))
