"""`unlearn account`: who has one, and what an operator may do with it. None of it shows a word of a journal."""

import argparse
import asyncio
import getpass
import os
import sys
from argparse import ArgumentParser
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

import msgspec

from server.account_list import Listed, list_accounts, table
from server.accounts import add_account, normal_email
from server.clock import now_ms
from server.command_line import Refused, no_account
from server.export import exported_journal
from server.keys import key_for, new_kdf, refuse_passphrase, to_text
from server.problems import Problem
from server.settings import Settings
from server.sign_up import invite
from server.storage import Account, Session, Storage, open_storage
from server.words import words_of

Arguments = argparse.Namespace
T = TypeVar("T")

DAYS, MOST_DAYS = 14, 366  # that an invitation is good for


def add_account_commands(commands: "argparse._SubParsersAction[ArgumentParser]") -> None:
    """Put `account` and its actions among the commands."""
    account = commands.add_parser("account", help="look after accounts").add_subparsers(required=True, metavar="ACTION")
    listed = account.add_parser("list", help="who has an account, and how much is in it")
    listed.add_argument("--json", action="store_true", help="for a program to read")
    listed.set_defaults(run=_list)
    add = account.add_parser("add", help="make an account; its passphrase comes on standard input")
    add.set_defaults(run=_add)
    disable = account.add_parser("disable", help="switch an account off: nobody gets in, nothing is removed")
    disable.set_defaults(run=partial(_switch, is_off=True))
    enable = account.add_parser("enable", help="switch it on again")
    enable.set_defaults(run=partial(_switch, is_off=False))
    delete = account.add_parser("delete", help="remove an account with its whole journal, for good")
    delete.add_argument("--yes", action="store_true", help="do not ask for the email again")
    delete.set_defaults(run=_delete)
    export = account.add_parser("export", help="write a journal to a new file, as its owner's own export does")
    export.set_defaults(run=_export)
    for each in (add, disable, enable, delete, export):
        each.add_argument("email")
    export.add_argument("file", type=Path)
    invitation = account.add_parser("invite", help="print a link with which one person can make an account")
    invitation.add_argument("--days", type=int, default=DAYS, help="how long it is good for")
    invitation.set_defaults(run=_invite)


def _list(settings: Settings, arguments: Arguments) -> None:
    found: list[Listed] = _with_storage(settings, list_accounts)
    print(msgspec.json.format(msgspec.json.encode(found)).decode() if arguments.json else table(found))


def _add(settings: Settings, arguments: Arguments) -> None:
    passphrase = getpass.getpass("Passphrase: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n")
    said = words_of("en")["errors"]
    if fault := refuse_passphrase(passphrase):
        raise Refused(said[fault])
    kdf = new_kdf()
    key = to_text(key_for(passphrase, kdf))
    try:
        _with_storage(settings, lambda storage: add_account(storage, arguments.email, key, kdf, now_ms()))
    except Problem as problem:
        raise Refused(" ".join(said[fault] for fault in problem.extra["errors"].values())) from problem
    print(f"{arguments.email} can sign in now.")


def _switch(settings: Settings, arguments: Arguments, *, is_off: bool) -> None:
    async def switch(storage: Storage, account: Account) -> None:
        key = {"account": account.account}
        await storage.update(Account, key, disabled_at=now_ms() if is_off else None)
        if is_off:  # tokens are kept, and refused until it is switched on again
            await storage.remove(Session, account=account.account)

    _with_account(settings, arguments.email, switch)
    print(f"{arguments.email} is switched {'off: every device is signed out' if is_off else 'on: sign in again'}.")


def _delete(settings: Settings, arguments: Arguments) -> None:
    if not arguments.yes:
        print("This cannot be undone. Type the email again: ", end="", file=sys.stderr, flush=True)
        if normal_email(sys.stdin.readline()) != normal_email(arguments.email):
            raise Refused("that is another email; nothing was removed")

    async def delete(storage: Storage, account: Account) -> None:
        await storage.remove_account(account.account)

    _with_account(settings, arguments.email, delete)
    print(f"{arguments.email} is gone, with all of its journal. Backups still have it until they are replaced.")


def _export(settings: Settings, arguments: Arguments) -> None:
    async def read(storage: Storage, account: Account) -> bytes:
        return exported_journal(await storage.records(account.account))

    body = _with_account(settings, arguments.email, read)
    try:
        with os.fdopen(os.open(arguments.file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(body)
    except OSError as refused:
        raise Refused(f"{arguments.file} cannot be written: {refused.strerror}") from refused
    print(f"{arguments.file} has the journal of {arguments.email}. It is as private as that.")


def _invite(settings: Settings, arguments: Arguments) -> None:
    if not 1 <= arguments.days <= MOST_DAYS:
        raise Refused(f"an invitation is good for 1 to {MOST_DAYS} days")
    link = _with_storage(settings, lambda storage: invite(storage, settings, arguments.days, now_ms()))
    print(link)
    until = datetime.fromtimestamp(now_ms() // 1000 + arguments.days * 24 * 60 * 60, UTC)
    print(f"Good for one account, until {until:%Y-%m-%d %H:%M} UTC.", file=sys.stderr)


def _with_account(settings: Settings, email: str, work: Callable[[Storage, Account], Awaitable[T]]) -> T:
    async def find(storage: Storage) -> T:
        account = await storage.one(Account, email=normal_email(email))
        if not account:
            raise no_account(email)
        return await work(storage, account)

    return _with_storage(settings, find)


def _with_storage(settings: Settings, work: Callable[[Storage], Awaitable[T]]) -> T:
    async def run() -> T:
        async with open_storage(settings) as storage:
            return await work(storage)

    return asyncio.run(run())
