"""What the databases say of their own tables, and how those came to be from every earlier version."""

import sqlite3
from contextlib import closing

import pytest

from server.settings import read_settings
from server.storage import Account, Session, migrate, open_storage
from server.storage.migrate import NewerDatabase, waiting
from sync.record import encode
from tests.postgres import PostgresServer
from tests.server.journals import MARA, trait

OF_NO_ACCOUNT = {"migrations", "tickets", "secrets"}  # of the database as a whole, or of somebody not known yet

KEPT = trait("I say yes too soon", "01999999-0000-7000-8000-000000000001")

# What each version's tables held before the next one came: SQL that both databases read.
FILLED = {
    1: """
INSERT INTO accounts (account, email, passphrase, created_at) VALUES ('mara', 'mara@example.org', 'argon2', 1);
INSERT INTO sessions (account, id_hash, device, created_at, seen_at) VALUES ('mara', 'hash', 'phone', 1, 2);
INSERT INTO tokens (account, token_hash, created_at) VALUES ('mara', 'token', 1);
INSERT INTO journals (account, epoch, newest) VALUES ('mara', 'first', 3);
INSERT INTO records (account, id, number, state) VALUES ('mara', '{id}', 3, {state});
""",
    2: """
INSERT INTO accounts (account, email, key_hash, created_at) VALUES ('mara', 'mara@example.org', 'argon2', 1);
INSERT INTO sessions (account, id_hash, device, created_at, seen_at) VALUES ('mara', 'hash', 'phone', 1, 2);
INSERT INTO tokens (account, token_hash, created_at) VALUES ('mara', 'token', 1);
INSERT INTO journals (account, epoch, newest) VALUES ('mara', 'first', 3);
INSERT INTO records (account, id, number, state) VALUES ('mara', '{id}', 3, {state});
INSERT INTO passkeys (account, id, public_key, sign_count, name, created_at, used_at, transports)
VALUES ('mara', 'key', {state}, 0, 'phone', 1, 1, '');
INSERT INTO identities (account, issuer, subject, provider, label, created_at)
VALUES ('mara', 'https://id.example.org', 'm', 'clinic', 'Mara', 1);
INSERT INTO tickets (hash, purpose, account, body, created_at, expires_at) VALUES ('hash', 'invitation', '', '', 1, 2);
INSERT INTO secrets (name, value) VALUES ('kdf', 'secret');
""",
}

SQLITE_KEYS = """
SELECT tables.name, 'primary', columns.name FROM sqlite_schema AS tables, pragma_table_info(tables.name) AS columns
WHERE tables.type = 'table' AND columns.pk = 1
UNION ALL
SELECT tables.name, 'foreign', keys."from" FROM sqlite_schema AS tables, pragma_foreign_key_list(tables.name) AS keys
WHERE keys.seq = 0
UNION ALL
SELECT tables.name, 'referred to', keys."to" FROM sqlite_schema AS tables, pragma_foreign_key_list(tables.name) AS keys
WHERE keys.seq = 0
"""

POSTGRES_KEYS = """
SELECT conrelid::regclass, CASE contype WHEN 'p' THEN 'primary' ELSE 'foreign' END, attname
FROM pg_constraint JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1] WHERE contype IN ('p', 'f')
AND connamespace = 'public'::regnamespace
UNION ALL
SELECT conrelid::regclass, 'referred to', attname
FROM pg_constraint JOIN pg_attribute ON attrelid = confrelid AND attnum = confkey[1] WHERE contype = 'f'
"""

TABLES = {
    "sqlite": "SELECT name FROM sqlite_schema WHERE type = 'table'",
    "postgres": "SELECT tablename FROM pg_tables WHERE schemaname = 'public'",
}


class Database:
    """What an operator sees who opens the database without us."""

    def __init__(self, url: str, postgres: PostgresServer) -> None:
        self.url = url
        self.dialect = "sqlite" if url.startswith("sqlite") else "postgres"
        self._postgres = postgres

    def rows(self, sql: str) -> list[tuple[str, ...]]:
        if self.dialect == "postgres":
            return [tuple(line.split("|")) for line in self._postgres.run(sql, self.url).splitlines()]
        with closing(sqlite3.connect(self.url.removeprefix("sqlite:///"))) as db:
            return db.execute(sql).fetchall()

    def run(self, sql: str) -> None:
        if self.dialect == "postgres":
            self._postgres.run(sql, self.url)
            return
        with closing(sqlite3.connect(self.url.removeprefix("sqlite:///"))) as db:
            db.executescript(sql)

    async def migrate(self) -> None:
        async with open_storage(read_settings({"UNLEARN_DATABASE_URL": self.url})) as storage:
            await storage.ping()


@pytest.fixture
def database(database_url: str, postgres: PostgresServer) -> Database:
    return Database(database_url, postgres)


async def test_every_primary_key_and_every_foreign_key_begins_with_the_account(database: Database) -> None:
    await database.migrate()
    keys = database.rows(SQLITE_KEYS if database.dialect == "sqlite" else POSTGRES_KEYS)
    tables = {name for (name,) in database.rows(TABLES[database.dialect])} - OF_NO_ACCOUNT
    assert tables >= {"accounts", "identities", "journals", "passkeys", "records", "sessions", "tokens"}
    assert {table for table, sort, _ in keys if sort == "primary"} - OF_NO_ACCOUNT == tables
    assert {table for table, sort, _ in keys if sort == "foreign"} == tables - {"accounts"}
    assert {column for table, _, column in keys if table not in OF_NO_ACCOUNT} == {"account"}


@pytest.mark.parametrize(
    ("database_url", "version"),
    [(each, version) for each in ("sqlite", "postgres") for version in range(len(waiting(each, 0)) + 1)],
    indirect=["database_url"],
)
async def test_what_was_stored_under_any_earlier_version_is_there_under_this_one(
    database: Database, version: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as earlier:
        earlier.setattr(migrate, "waiting", lambda each, done: waiting(each, done)[: max(0, version - done)])
        await database.migrate()
    assert len(database.rows("SELECT number FROM migrations")) == version
    state = f"X'{encode(KEPT).hex()}'" if database.dialect == "sqlite" else rf"'\x{encode(KEPT).hex()}'"
    if version:
        database.run(FILLED[max(each for each in FILLED if each <= version)].format(id=KEPT.id, state=state))

    async with open_storage(read_settings({"UNLEARN_DATABASE_URL": database.url})) as storage:
        if version:
            assert await storage.one(Account, email="mara@example.org") == Account(
                MARA, "mara@example.org", "argon2", 1
            )
            assert await storage.one(Session, account=MARA, id_hash="hash") == Session(MARA, "hash", "phone", 1, 2)
            assert await storage.has_token(MARA, "token")
            assert await storage.record(MARA, KEPT.id) == KEPT
            pulled = await storage.exchange(MARA, [], "first", 2, 9)
            assert (pulled.cursor, pulled.records) == (3, [encode(KEPT)])
            assert (await storage.exchange(MARA, [trait("new")], "first", 3, 9)).cursor == 4
    assert len(database.rows("SELECT number FROM migrations")) == len(waiting(database.dialect, 0))


async def test_a_database_of_a_newer_version_is_left_alone(database: Database) -> None:
    await database.migrate()
    database.run("INSERT INTO migrations VALUES (9999, 'from the future')")
    with pytest.raises(NewerDatabase, match="the database is at version 9999, this program knows "):
        await database.migrate()


async def test_a_migration_that_fails_leaves_the_database_as_it_was(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await database.migrate()
    before = database.rows(TABLES[database.dialect])
    broken = [(9998, "good", "CREATE TABLE more (account text PRIMARY KEY);\n"), (9999, "bad", "CREATE TABLE more;\n")]
    with monkeypatch.context() as tomorrow:
        tomorrow.setattr(migrate, "waiting", lambda _each, _done: broken)
        with pytest.raises(Exception, match="syntax error"):
            await database.migrate()
    assert database.rows(TABLES[database.dialect]) == before
    await database.migrate()
