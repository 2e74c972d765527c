"""Tickets: what is good for one use and a while, whoever's it is. The server keeps the hash of their secret alone."""

import secrets

from server.credentials import SECRET_BYTES, hash_secret
from server.storage import Storage, Ticket


async def new_ticket(storage: Storage, purpose: str, body: str, now: int, ttl: int, account: str = "") -> str:
    """Keep `body` for `ttl` ms, and give the secret that finds it again."""
    secret = secrets.token_urlsafe(SECRET_BYTES)
    await storage.add(Ticket(hash_secret(secret), purpose, account, body, now, now + ttl))
    return secret


async def take_ticket(storage: Storage, secret: str, purpose: str, now: int) -> Ticket | None:
    """Use a ticket up; None when it is used, too old, of another purpose, or none."""
    if not await read_ticket(storage, secret, purpose, now):
        return None
    return await storage.take(Ticket, hash=hash_secret(secret))


async def read_ticket(storage: Storage, secret: str, purpose: str, now: int) -> Ticket | None:
    """Read a ticket and leave it good."""
    found = await storage.one(Ticket, hash=hash_secret(secret))
    return found if found and found.purpose == purpose and now < found.expires_at else None
