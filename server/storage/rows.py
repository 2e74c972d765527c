"""SQL for whole rows of the tables around accounts: one struct is one row, and its fields are the columns."""

import secrets
from collections.abc import Mapping
from typing import Any, Literal, TypeVar

import msgspec

from server.storage import Account, Identity, Passkey, Row, Secret, Session, Ticket, Token

R = TypeVar("R", bound=Row)
Sign = Literal["?", "$"]  # how SQLite and PostgreSQL mark the nth value: ? and $n
Statement = tuple[str, list[Any]]

TABLES: Mapping[type[Row], str] = {
    Account: "accounts",
    Session: "sessions",
    Token: "tokens",
    Passkey: "passkeys",
    Identity: "identities",
    Ticket: "tickets",
    Secret: "secrets",
}


# When one of these goes, or an account changes, whoever it let in is to notice at once.
LETS_IN = (Session, Token)


def new_secret() -> str:
    """Make what only the server knows: 256 random bits."""
    return secrets.token_urlsafe(32)


def insert(row: Row, sign: Sign) -> Statement:
    """Store a row; the database refuses one whose key is there."""
    values = msgspec.structs.asdict(row)
    marks = ", ".join(_mark(sign, n) for n in range(1, len(values) + 1))
    return f"INSERT INTO {TABLES[type(row)]} ({', '.join(values)}) VALUES ({marks})", list(values.values())  # noqa: S608 - our own names


def select(table: type[Row], key: Mapping[str, Any], sign: Sign) -> Statement:
    """Read the rows that have these values, in the order of their keys."""
    where, values = _where(table, key, sign, 1)
    columns = table.__struct_fields__
    return f"SELECT {', '.join(columns)} FROM {TABLES[table]}{where} ORDER BY 1, 2", values  # noqa: S608


def update(table: type[Row], key: Mapping[str, Any], changes: Mapping[str, Any], sign: Sign) -> Statement:
    """Change the rows that have these values, and answer each one's first column."""
    _check(table, changes)
    where, values = _where(table, key, sign, len(changes) + 1)
    sets = ", ".join(f"{name} = {_mark(sign, n)}" for n, name in enumerate(changes, 1))
    return f"UPDATE {TABLES[table]} SET {sets}{where} RETURNING {table.__struct_fields__[0]}", [  # noqa: S608
        *changes.values(),
        *values,
    ]


def delete(table: type[Row], key: Mapping[str, Any], sign: Sign) -> Statement:
    """Remove the rows that have these values, and answer them."""
    where, values = _where(table, key, sign, 1)
    return f"DELETE FROM {TABLES[table]}{where} RETURNING {', '.join(table.__struct_fields__)}", values  # noqa: S608


def usable_token(account: str, token_hash: str, sign: Sign) -> Statement:
    """Find a token whose account may use it: one that is switched off or about to go may not."""
    where, values = _where(Token, {"account": account, "token_hash": token_hash}, sign, 1)
    sql = f"SELECT 1 FROM tokens JOIN accounts USING (account){where} AND disabled_at IS NULL AND delete_at IS NULL"  # noqa: S608
    return sql, values


def _mark(sign: Sign, n: int) -> str:
    return sign if sign == "?" else f"{sign}{n}"


def _where(table: type[Row], key: Mapping[str, Any], sign: Sign, first: int) -> Statement:
    _check(table, key)
    named = [f"{name} = {_mark(sign, n)}" for n, name in enumerate(key, first)]
    return f" WHERE {' AND '.join(named)}" if named else "", list(key.values())


def _check(table: type[Row], names: Mapping[str, Any]) -> None:
    if unknown := set(names) - set(table.__struct_fields__):
        raise LookupError(f"{TABLES[table]} has no {', '.join(sorted(unknown))}")
