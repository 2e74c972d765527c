"""Somebody with one of everything: a record of each kind, a session, a token, a passkey, an identity and a ticket."""

import secrets
import uuid
from typing import Any

import msgspec

from server.accounts import make_token
from server.clock import now_ms
from server.credentials import hash_secret
from server.kinds import kinds
from server.sessions import start_session
from server.storage import Account, Identity, Passkey, Row, Session, Storage, Ticket, Token
from server.tickets import new_ticket
from sync.record import Record, new, save

HOUR_MS = 60 * 60 * 1000
SESSION = "__Host-unlearn"
OWNED: list[type[Row]] = [Account, Session, Token, Passkey, Identity, Ticket]


class Owner(msgspec.Struct, frozen=True):
    """A person, what their browser and their program hold, what they wrote, and the id of everything of theirs."""

    account: str
    email: str
    cookie: str
    token: str
    words: str  # stands in each of their records, and in the name of each of their things
    ids: dict[str, str]  # what other people might send as theirs

    @property
    def secrets(self) -> list[str]:
        """What nobody else may ever read."""
        return [self.words, self.email, self.cookie, self.token, *self.ids.values()]


async def move_in(storage: Storage, name: str) -> Owner:
    """Give somebody an account and one of everything."""
    account, now = secrets.token_urlsafe(12), now_ms()
    words, email = f"marked words of {name} {secrets.token_hex(8)}", f"{name}-{secrets.token_hex(4)}@example.org"
    await storage.add_account(Account(account, email, "no passphrase is tried here", now))
    cookie = await start_session(storage, account, now)
    token = await make_token(storage, email, now)
    assert token
    (session,), (kept,) = await storage.all(Session, account=account), await storage.all(Token, account=account)
    device = secrets.token_hex(8)
    await storage.bind_device(account, session.id_hash, device)
    await storage.update(Session, {"account": account, "id_hash": session.id_hash}, label=words)
    passkey = Passkey(account, secrets.token_urlsafe(16), b"no key", 0, words, now, now)
    identity = Identity(account, f"https://{secrets.token_hex(8)}.example", secrets.token_hex(8), "test", words, now)
    await storage.add(passkey)
    await storage.add(identity)
    secret = await new_ticket(storage, "a purpose that no route has", words, now, HOUR_MS, account)
    records = [record_of(kind, words, device) for kind in kinds()]
    epoch = (await storage.exchange(account, records, None, 0, 1000)).epoch
    ids = {record.kind: record.id for record in records} | {
        "account": account,
        "session": session.id_hash,
        "token": kept.token_hash,
        "writer": device,
        "passkey": passkey.id,
        "identity": identity.subject,
        "issuer": identity.issuer,
        "ticket": hash_secret(secret),
        "secret": secret,
        "epoch": epoch,
    }
    return Owner(account, email, cookie, token, words, ids)


def record_of(kind: str, words: str, device: str = "phone", record_id: str = "") -> Record:
    """An entry of the kind, with the words in every field that takes a sentence."""
    fields = {each["name"]: words for each in kinds()[kind].fields if each["type"] in ("line", "text")}
    return save(new(record_id or str(uuid.uuid4()), kind), device, fields, now_ms())


async def fresh_cookie(storage: Storage, owner: Owner) -> str:
    """A session that has only just begun, of an account that is there again if they deleted it."""
    if not await storage.one(Account, account=owner.account):
        await storage.add_account(Account(owner.account, owner.email, "no passphrase is tried here", now_ms()))
    return await start_session(storage, owner.account, now_ms())


def nobodys(ids: dict[str, str]) -> dict[str, str]:
    """Ids of the same shape that are nobody's."""
    return {
        name: str(uuid.uuid4()) if len(id) == 36 else secrets.token_urlsafe(len(id))[: len(id)]
        for name, id in ids.items()
    }


async def belongings(storage: Storage, account: str) -> dict[str, Any]:
    """Everything that is stored of somebody, but for when their sessions were last seen."""
    rows = [row for table in OWNED for row in await storage.all(table, account=account)]
    kept = [msgspec.structs.replace(row, seen_at=0) if isinstance(row, Session) else row for row in rows]
    return {"rows": kept, "records": await storage.records(account), "newest": await storage.newest(account)}
