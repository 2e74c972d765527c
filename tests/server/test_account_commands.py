"""What an operator does with accounts, each as the process that an operator starts."""

import asyncio
import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from server.account_list import Listed, table
from server.export import exported_journal
from server.sessions import start_session
from server.settings import Settings, read_settings
from server.storage import Account, Session, Ticket, Token, open_storage
from tests.server.house import MARA, PASSPHRASE, TEO

UNLEARN = str(Path(sys.executable).with_name("unlearn"))
NOW = 1_780_000_000_000

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def settings(tmp_path: Path, database_url: str) -> Settings:
    return read_settings({"UNLEARN_DATA": str(tmp_path), "UNLEARN_DATABASE_URL": database_url})


@pytest.fixture
def unlearn(settings: Settings) -> Run:
    names = {"UNLEARN_DATA": str(settings.data), "UNLEARN_DATABASE_URL": settings.database_url}

    def run(*arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        environment = {"PATH": os.environ["PATH"], "UNLEARN_PUBLIC_URL": "https://unlearn.test", **names}
        ran = [UNLEARN, *arguments]
        return subprocess.run(ran, input=typed, env=environment, capture_output=True, text=True, check=False)

    return run


def test_an_operator_sees_who_is_there_and_never_a_word(unlearn: Run, settings: Settings, tmp_path: Path):
    for email in (TEO, MARA):
        unlearn("account", "add", email, typed=PASSPHRASE)
    unlearn("demo", MARA, "--entries", "12")
    listed = unlearn("account", "list")
    assert [line.split()[0] for line in listed.stdout.splitlines()] == ["email", MARA, TEO]
    found = {each["email"]: each for each in json.loads(unlearn("account", "list", "--json").stdout)}
    assert set(found[TEO]) == {"email", "made", "seen", "entries", "state", "verified", "goes"}
    assert (found[TEO]["entries"], found[TEO]["seen"], found[TEO]["state"]) == (0, None, "on")
    assert found[MARA]["entries"] == 12

    file = tmp_path / "mara.json"
    assert unlearn("account", "export", MARA, str(file)).returncode == 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert file.read_bytes() == asyncio.run(export_of(settings))
    again = unlearn("account", "export", MARA, str(file))
    assert (again.returncode, again.stderr.count("\n")) == (1, 1)


def test_an_account_that_is_switched_off_lets_nobody_in_until_it_is_on_again(unlearn: Run, settings: Settings):
    unlearn("account", "add", MARA, typed=PASSPHRASE)
    unlearn("token", MARA)
    asyncio.run(sign_in(settings))
    assert unlearn("account", "disable", MARA).returncode == 0
    assert asyncio.run(let_in(settings)) == (0, False)
    assert " off" in unlearn("account", "list").stdout
    assert unlearn("account", "enable", MARA).returncode == 0
    assert asyncio.run(let_in(settings)) == (0, True)


def test_an_account_is_removed_once_its_email_is_typed_again(unlearn: Run, settings: Settings):
    unlearn("account", "add", MARA, typed=PASSPHRASE)
    for typed in ("", "teo@example.org\n"):
        refused = unlearn("account", "delete", MARA, typed=typed)
        assert (refused.returncode, "nothing was removed" in refused.stderr) == (1, True)
    assert unlearn("account", "delete", MARA, typed="Mara@Example.org\n").returncode == 0
    assert unlearn("account", "list", "--json").stdout.strip() == "[]"
    refused = unlearn("account", "delete", MARA, "--yes")
    assert (refused.returncode, "no account mara@example.org" in refused.stderr) == (1, True)


def test_an_invitation_is_a_link_and_only_its_hash_is_kept(unlearn: Run, settings: Settings):
    made = unlearn("account", "invite", "--days", "3")
    address, _, secret = made.stdout.strip().partition("#")
    assert (address, len(secret)) == ("https://unlearn.test/invited", 43)
    (ticket,) = asyncio.run(tickets(settings))
    assert (ticket.purpose, ticket.expires_at - ticket.created_at) == ("invitation", 3 * 86_400_000)
    assert secret not in str(ticket)
    assert unlearn("account", "invite", "--days", "0").returncode == 1


def test_an_account_that_is_about_to_go_says_when():
    going = Listed(MARA, "2026-01-02T03:04:05Z", None, 3, "going", False, "2026-12-06T07:00:00Z")
    assert table([going]).splitlines()[1].split() == [MARA, "2026-01-02", "-", "3", "going", "2026-12-06"]


async def export_of(settings: Settings) -> bytes:
    async with open_storage(settings) as storage:
        mara = await storage.one(Account, email=MARA)
        assert mara
        return exported_journal(await storage.records(mara.account))


async def sign_in(settings: Settings) -> None:
    async with open_storage(settings) as storage:
        mara = await storage.one(Account, email=MARA)
        assert mara
        await start_session(storage, mara.account, NOW)


async def let_in(settings: Settings) -> tuple[int, bool]:
    """How many sessions there are, and whether the token opens anything."""
    async with open_storage(settings) as storage:
        (token,) = await storage.all(Token)
        return len(await storage.all(Session)), await storage.has_token(token.account, token.token_hash)


async def tickets(settings: Settings) -> list[Ticket]:
    async with open_storage(settings) as storage:
        return await storage.all(Ticket)
