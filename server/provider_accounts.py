"""Whose account an identity at an OpenID provider opens. Nobody is found by their email."""

import secrets
from collections.abc import Collection

from server.accounts import ACCOUNT_BYTES, EMAIL, normal_email
from server.attempts import MAX_EMAIL
from server.openid.claims import Claims
from server.openid.providers import Provider
from server.problems import Problem
from server.request import AnyRequest, storage_of
from server.sign_up import signing_up
from server.storage import Account, EmailTaken, Identity, Storage, Taken
from server.ways_in import ways_in

HANDLE_BYTES = 5  # of a name for who has no email: a trillion of them


async def account_of(request: AnyRequest, provider: Provider, claims: Claims, now: int) -> Account:
    """The account of this identity, made now where it has none; Problem when its email is another account's."""
    storage = storage_of(request)
    known = await storage.one(Identity, issuer=claims.iss, subject=claims.sub)
    account = await storage.one(Account, account=known.account) if known else None
    if account:
        return account
    async with signing_up(request):
        return await _new_account(storage, provider, claims, now)


async def link(storage: Storage, account: str, provider: Provider, claims: Claims, now: int) -> None:
    """Let this identity open the account, or raise Problem where it opens another."""
    try:
        await storage.add(_identity(account, provider, claims, now))
    except Taken as taken:
        if not await is_of(storage, account, claims):
            raise Problem(409, "provider_taken") from taken


async def unlink(storage: Storage, account: str, key: tuple[str, str], issuers: Collection[str]) -> None:
    """Take the way in of this issuer and subject back, or raise Problem where it is the last; `issuers` are in use."""
    taken = await storage.take(Identity, account=account, issuer=key[0], subject=key[1])
    if taken and not await ways_in(storage, account, issuers):
        await storage.add(taken)
        raise Problem(409, "last_way_in")


async def is_of(storage: Storage, account: str, claims: Claims) -> bool:
    """Tell whether this identity opens this account."""
    return bool(await storage.one(Identity, account=account, issuer=claims.iss, subject=claims.sub))


async def _new_account(storage: Storage, provider: Provider, claims: Claims, now: int) -> Account:
    id, email = secrets.token_urlsafe(ACCOUNT_BYTES), _email(claims)
    name = email or f"{provider.name}-{secrets.token_hex(HANDLE_BYTES)}"  # no email: nobody can sign up under it
    account = Account(id, name, "", now, verified_at=now if email else None)
    try:
        await storage.add_account(account)
    except EmailTaken as taken:
        raise Problem(409, "provider_email_taken") from taken
    try:
        await storage.add(_identity(id, provider, claims, now))
    except Taken as taken:  # they signed in twice at once, and the other was faster
        await storage.remove_account(id)
        raise Problem(403, "provider_lost") from taken
    return account


def _identity(account: str, provider: Provider, claims: Claims, now: int) -> Identity:
    return Identity(account, claims.iss, claims.sub, provider.name, _email(claims), now)


def _email(claims: Claims) -> str:
    """The email that the provider has seen to be theirs, "" without one."""
    email = normal_email(claims.email or "")
    is_theirs = claims.email_verified is True and len(email) <= MAX_EMAIL and email.isprintable()
    return email if is_theirs and EMAIL.fullmatch(email) else ""
