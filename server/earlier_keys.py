"""Accounts from before devices made keys: what is kept is argon2id of the passphrase itself.

Its text holds everything that a device needs to make the same, and so the key to compare with. An account signed in to
once is like the others. To be removed when none of these is left.
"""

import base64
import hmac
import re

from server.keys import ARGON2, AUTH, expand, read_kdf, to_text
from server.storage import Account

KEPT = re.compile(r"\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]{22})\$([A-Za-z0-9+/]{43})")


def is_earlier(account: Account) -> bool:
    """Tell whether an account has a passphrase from before."""
    return bool(account.key_hash) and not account.kdf


def earlier_kdf(account: Account) -> str:
    """How a device makes the key of such an account; "" when its text can't be read."""
    found = KEPT.fullmatch(account.key_hash)
    kdf = ".".join([ARGON2, *found.group(1, 2, 3), to_text(_bytes(found[4]))]) if found else ""
    return kdf if read_kdf(kdf) else ""


def is_earlier_key(key: bytes, account: Account) -> bool:
    """Compare a key with the one that the kept text holds."""
    found = KEPT.fullmatch(account.key_hash)
    return found is not None and hmac.compare_digest(key, expand(_bytes(found[5]), AUTH))


def _bytes(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4))
