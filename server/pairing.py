"""Letting another device in by a code that one which is signed in shows: SECURITY.md's way for new devices, keys apart.

One ticket is the whole of it. Its purpose says how far it is, and each step is a change of a ticket that is just that far:
of two who take the same step at once, only one finds it there.
"""

import secrets
from typing import Literal, NamedTuple

import msgspec

from server.credentials import SECRET_BYTES, hash_secret
from server.storage import Storage, Ticket
from server.tickets import new_ticket

TTL_MS = 2 * 60 * 1000  # from each step to the next
PURPOSE = "pairing "  # and the state

State = Literal["shown", "claimed", "confirmed", "refused", "done"]
Fault = Literal["unknown", "over", "used", "refused"]


class NotPaired(Exception):
    """Why a device is not let in."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault: Fault = fault


class Pairing(msgspec.Struct, frozen=True):
    """The ticket's body: which session shows the code, and of the browser that claimed it what tells it apart."""

    shown_by: str
    label: str = ""
    digits: str = ""  # what both screens show
    claim_hash: str = ""  # of the secret that the browser keeps


class Found(NamedTuple):
    """A pairing, how far it is, and whose journal it leads into."""

    account: str
    state: str
    pairing: Pairing


async def show_code(storage: Storage, account: str, session: str, now: int) -> str:
    """Begin; what is returned is the secret in the code."""
    body = msgspec.json.encode(Pairing(session)).decode()
    return await new_ticket(storage, PURPOSE + "shown", body, now, TTL_MS, account)


async def claim(storage: Storage, secret: str, label: str, now: int) -> str:
    """Take the code's one use for a browser called `label`; what is returned is that browser's to keep, or NotPaired."""
    found = await _find(storage, secret, now)
    own = secrets.token_urlsafe(SECRET_BYTES)
    digits = f"{secrets.randbelow(10**6):06}"
    claimed = msgspec.structs.replace(found.pairing, label=label, digits=digits, claim_hash=hash_secret(own))
    if found.state != "shown" or not await _step(storage, secret, ("shown", "claimed"), now, claimed):
        raise NotPaired("used")
    return f"{secret}.{own}"


async def shown(storage: Storage, secret: str, session: str, now: int) -> Found:
    """Tell whoever shows the code, in this session, how far it is, or NotPaired."""
    found = await _find(storage, secret, now)
    if found.pairing.shown_by != session:
        raise NotPaired("unknown")
    return found


async def decide(storage: Storage, secret: str, session: str, joins: bool, now: int) -> None:
    """Let the browser in that claimed the code, or not; NotPaired when there is none any more."""
    found = await shown(storage, secret, session, now)
    decided: State = "confirmed" if joins else "refused"
    if not await _step(storage, secret, ("claimed", decided), now, found.pairing):
        raise NotPaired("used")


async def claimed(storage: Storage, kept: str, now: int) -> Found:
    """Tell the browser that claimed a code how far it is, by what it keeps, or NotPaired."""
    secret, _, own = kept.partition(".")
    found = await _find(storage, secret, now)
    if not own or found.pairing.claim_hash != hash_secret(own):
        raise NotPaired("unknown")
    if found.state in ("refused", "done"):
        raise NotPaired("refused" if found.state == "refused" else "used")
    return found


async def let_in(storage: Storage, kept: str, now: int) -> str:
    """Finish: the account that the browser is let into, once, or NotPaired."""
    found = await claimed(storage, kept, now)
    if not await _step(storage, kept.partition(".")[0], ("confirmed", "done"), now, found.pairing):
        raise NotPaired("used")
    return found.account


async def _find(storage: Storage, secret: str, now: int) -> Found:
    ticket = await storage.one(Ticket, hash=hash_secret(secret))
    if not ticket or not ticket.purpose.startswith(PURPOSE):
        raise NotPaired("unknown")
    if now >= ticket.expires_at:
        raise NotPaired("over")
    pairing = msgspec.json.decode(ticket.body, type=Pairing)
    return Found(ticket.account, ticket.purpose.removeprefix(PURPOSE), pairing)


async def _step(storage: Storage, secret: str, states: tuple[State, State], now: int, pairing: Pairing) -> bool:
    key = {"hash": hash_secret(secret), "purpose": PURPOSE + states[0]}
    body = msgspec.json.encode(pairing).decode()
    return await storage.update(Ticket, key, purpose=PURPOSE + states[1], body=body, expires_at=now + TTL_MS)
