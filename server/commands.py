"""The operator's commands, as `unlearn` on the command line."""

import argparse
import asyncio
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from server.account_commands import add_account_commands
from server.accounts import make_token, normal_email
from server.check import check
from server.clock import now_ms
from server.command_line import Refused, no_account
from server.demo import add_demo, invent
from server.languages import ENGLISH, LANGUAGES
from server.settings import BadSetting, Settings, read_settings
from server.storage import Account, InUse, Unavailable, open_storage
from server.storage.migrate import NewerDatabase
from server.storage.sqlite_backup import back_up, restore

Arguments = argparse.Namespace


def main() -> None:
    """Run one command; what cannot be done ends in one line and status 1."""
    arguments = _parser().parse_args()
    try:
        arguments.run(read_settings(os.environ), arguments)
    except Exception as failure:
        cause = _cause(failure)
        if not isinstance(cause, (BadSetting, InUse, NewerDatabase, Unavailable, Refused)):
            raise
        sys.exit(f"unlearn: {cause}")


def _cause(failure: Exception) -> Exception:
    # Litestar opens what it holds in a task group, which wraps what goes wrong there.
    return _cause(failure.exceptions[0]) if isinstance(failure, ExceptionGroup) else failure


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="unlearn", description="A pocket practice journal for learning to unlearn.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    serve = commands.add_parser("serve", help="start the server")
    serve.set_defaults(run=_serve)

    add_account_commands(commands)

    token = commands.add_parser("token", help="print a bearer token for /sync")
    token.add_argument("email")
    token.set_defaults(run=_print_token)

    demo = commands.add_parser("demo", help="fill an account with an invented journal of a year")
    demo.add_argument("email")
    demo.add_argument("--seed", type=int, default=1, help="another number tells another year")
    demo.add_argument("--entries", type=int, default=400, help="how many entries the journal has")
    demo.add_argument("--language", choices=LANGUAGES, default=ENGLISH, help="what the journal is written in")
    demo.set_defaults(run=_add_demo)

    backup = commands.add_parser("backup", help="copy the database to a file, beside a running server too")
    backup.add_argument("file", type=Path)
    backup.set_defaults(run=_back_up)

    restore = commands.add_parser("restore", help="put a backup in the database's place; devices send what it lacks")
    restore.add_argument("file", type=Path, nargs="?", help="none for PostgreSQL, after its own pg_restore")
    restore.set_defaults(run=_restore)

    check = commands.add_parser("check", help="check the settings and the database, and print versions")
    check.set_defaults(run=_check)
    return parser


def _serve(settings: Settings, _: Arguments) -> None:
    from server.serve import serve  # noqa: PLC0415 (the whole application, which no other command needs)

    serve(settings)


def _print_token(settings: Settings, arguments: Arguments) -> None:
    async def make() -> str | None:
        async with open_storage(settings) as storage:
            return await make_token(storage, arguments.email, now_ms())

    token = asyncio.run(make())
    if not token:
        raise no_account(arguments.email)
    print(token)


def _add_demo(settings: Settings, arguments: Arguments) -> None:
    records = invent(arguments.seed, arguments.entries, datetime.now(UTC).date(), arguments.language)

    async def add() -> None:
        async with open_storage(settings) as storage:
            account = await storage.one(Account, email=normal_email(arguments.email))
            if not account:
                raise no_account(arguments.email)
            await add_demo(storage, account.account, records)

    asyncio.run(add())
    print(f"{arguments.email} has {len(records)} invented entries.")


def _back_up(settings: Settings, arguments: Arguments) -> None:
    if settings.is_postgres:
        raise Refused("PostgreSQL has a backup of its own: pg_dump --format=custom")
    back_up(settings.database, arguments.file)
    print(f"{arguments.file} has everything. It is as private as the journals.")


def _restore(settings: Settings, arguments: Arguments) -> None:
    if settings.is_postgres == bool(arguments.file):
        raise Refused(
            "run PostgreSQL's own pg_restore, then unlearn restore without a file"
            if settings.is_postgres
            else "which file? unlearn restore FILE"
        )

    async def begin_anew() -> None:
        async with open_storage(settings) as storage:
            await storage.new_epochs()

    asyncio.run(begin_anew() if settings.is_postgres else restore(settings.database, arguments.file))
    print("Restored. Each device sends what it has when it next asks.")


def _check(settings: Settings, _: Arguments) -> None:
    if not check(settings):
        sys.exit(1)
