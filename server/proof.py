"""Showing who one is by a key made from a passphrase: how the account's device makes it, and whether it is the one."""

import hmac

from server.earlier_keys import earlier_kdf, is_earlier, is_earlier_key
from server.key_hashes import hash_key, is_key
from server.keys import ARGON2, COSTS, PBKDF2, SALT_BYTES, read_key, to_text
from server.problems import Problem
from server.storage import Account, Storage

# What unknown accounts are said to use, about as often as known ones do.
SUITES = [f"{ARGON2}.{COSTS}"] * 14 + [f"{ARGON2}.65536.3.4", f"{PBKDF2}.600000"]


async def known(storage: Storage, email: str, key: str) -> Account:
    """Find the account of this normal email that the key goes to, or raise a Problem."""
    read = key_of(key)
    account = await storage.one(Account, email=email)
    matches = await is_key(read, account.key_hash if account else "")
    if account and is_earlier(account) and is_earlier_key(read, account):
        matches = True
        key_hash = await hash_key(read)
        was = {"account": account.account, "key_hash": account.key_hash}
        await storage.update(Account, was, kdf=earlier_kdf(account), key_hash=key_hash)
    if not account or not matches:
        raise Problem(401, "wrong_passphrase")
    return account


def key_of(key: str) -> bytes:
    """Read a key that a form sent, or raise a Problem: its page could not make one."""
    read = read_key(key)
    if not read:
        raise Problem(422, "no_key")
    return read


async def kdf_for(storage: Storage, email: str, secret: str) -> str:
    """How the key of the account of this normal email is made; where there is none, always the same that could be."""
    account = await storage.one(Account, email=email)
    made_up = _made_up(secret, email)
    if not account:
        return made_up
    return account.kdf or earlier_kdf(account) or made_up


def _made_up(secret: str, email: str) -> str:
    digest = hmac.digest(secret.encode(), email.encode(), "sha256")
    return f"{SUITES[digest[-1] % len(SUITES)]}.{to_text(digest[:SALT_BYTES])}"
