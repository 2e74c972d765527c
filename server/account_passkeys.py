"""Passkeys that sign in to an account: added to it, and proving who somebody is.

The passkey that opens a device's own lock is another thing: no server ever sees it (web/phone/passkeys.js).
"""

import re
from typing import TYPE_CHECKING

from server.clock import now_ms
from server.keys import to_text
from server.passkey_challenges import take_challenge
from server.problems import Problem
from server.request import AnyRequest, storage_of
from server.storage import Account, Passkey, Taken

if TYPE_CHECKING:
    from server.relying_party import RelyingParty


ACCOUNT = re.compile(r"[A-Za-z0-9_-]{1,64}")


def relying_party(request: AnyRequest) -> "RelyingParty":
    """What this server is to passkeys."""
    from server.relying_party import RelyingParty  # noqa: PLC0415 - takes a fifth of a start, and many never use it

    return RelyingParty(request.app.state.settings)


async def add_passkey(request: AnyRequest, account: str, answer: str, name: str, purpose: str) -> None:
    """Keep the passkey that a device made, or raise Problem `wrong_passkey`."""
    party = relying_party(request)
    try:
        made, challenge = party.read_made(answer)
    except Exception as error:
        raise _refused(422) from error
    if not await take_challenge(request, challenge, purpose, account):
        raise _refused(422)
    try:
        seen = party.check_made(made, challenge)
    except Exception as error:
        raise _refused(422) from error
    id = to_text(seen.credential_id)
    transports = " ".join(each.value for each in made.response.transports or [])
    try:
        row = Passkey(account, id, seen.credential_public_key, seen.sign_count, name, now_ms(), 0, transports)
        await storage_of(request).add(row)
    except Taken as taken:
        raise _refused(422) from taken


async def proved(request: AnyRequest, answer: str, purpose: str, account: str = "") -> Account:
    """Give the account that a device's answer vouches for, this one where it is known; or raise Problem `wrong_passkey`."""
    party = relying_party(request)
    try:
        said, challenge = party.read_signed(answer)
        owner = _owner_of(said.response.user_handle, account)
    except Exception as error:
        raise _refused() from error
    is_asked = await take_challenge(request, challenge, purpose, account)
    # By account and id together: a key that another account keeps under the same id never answers for this one.
    passkey = await storage_of(request).one(Passkey, account=owner, id=to_text(said.raw_id))
    if not is_asked or not passkey:
        raise _refused()
    try:
        seen = party.check_signed(said, challenge, passkey)
    except Exception as error:
        raise _refused() from error
    key = {"account": owner, "id": passkey.id}
    is_there = await storage_of(request).update(Passkey, key, sign_count=seen.new_sign_count, used_at=now_ms())
    kept = await storage_of(request).one(Account, account=owner) if is_there else None
    if not kept:
        raise _refused()
    return kept


def _owner_of(user_handle: bytes | None, account: str) -> str:
    """The account that a device names; one that was asked for a passkey of this account may leave that out."""
    owner = user_handle.decode("ascii") if user_handle else account
    if not ACCOUNT.fullmatch(owner) or (account and owner != account):
        raise ValueError("no account, or another one")
    return owner


def _refused(status: int = 401) -> Problem:
    return Problem(status, "wrong_passkey")
