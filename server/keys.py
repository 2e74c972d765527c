"""Keys from passphrases. Devices make their own (twin: web/keys); the server makes one only for an operator's command.

A kdf says how, as text: argon2id.KIBIBYTES.PASSES.LANES.SALT or pbkdf2-sha256.ROUNDS.SALT.
"""

import base64
import hashlib
import hmac
import re
import secrets
import unicodedata

import msgspec
from argon2.low_level import Type, hash_secret_raw

KEY_BYTES = 32
SALT_BYTES, MOST_SALT_BYTES = 16, 64
AUTH = "auth"  # beside it there will be "kek", which is never sent
ARGON2, PBKDF2 = "argon2id", "pbkdf2-sha256"
# Of each cost the least and the most: OWASP's and ASVS's floors, and what a phone bears.
BOUNDS = {ARGON2: ((46 * 1024, 256 * 1024), (1, 10), (1, 4)), PBKDF2: ((600_000, 5_000_000),)}
COSTS = "65536.3.1"  # of a new one
SALT = re.compile(r"[A-Za-z0-9_-]{22,86}")
COST = re.compile(r"[1-9][0-9]{0,6}")
KEY = re.compile(r"[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]")  # the one spelling of 32 bytes in base64url
MIN_LENGTH, MAX_LENGTH = 15, 1024  # of a passphrase, in characters


class Kdf(msgspec.Struct, frozen=True):
    """How a key is made: costs in kibibytes, passes and lanes, or in rounds."""

    suite: str
    costs: tuple[int, ...]
    salt: bytes


def new_kdf() -> str:
    """Give the way to make a new key, with a salt of its own."""
    return f"{ARGON2}.{COSTS}.{to_text(secrets.token_bytes(SALT_BYTES))}"


def read_kdf(text: str) -> Kdf | None:
    """Read what the text says; None when we don't know it, or when it would be too weak or too much."""
    suite, *rest = text.split(".")
    bounds = BOUNDS.get(suite, ())
    if not bounds or len(rest) != len(bounds) + 1 or not SALT.fullmatch(rest[-1]) or len(rest[-1]) % 4 == 1:
        return None
    within = [
        bool(COST.fullmatch(cost)) and least <= int(cost) <= most
        for cost, (least, most) in zip(rest[:-1], bounds, strict=True)
    ]
    salt = from_text(rest[-1])
    if not all(within) or not SALT_BYTES <= len(salt) <= MOST_SALT_BYTES:
        return None
    return Kdf(suite, tuple(int(cost) for cost in rest[:-1]), salt)


def key_for(passphrase: str, text: str) -> bytes:
    """Make the key to sign in with, in a tenth of a second or so; ValueError for a kdf that `read_kdf` refuses."""
    kdf = read_kdf(text)
    if not kdf:
        raise ValueError(text)
    typed = unicodedata.normalize(
        "NFKC", passphrase
    ).encode()  # one keyboard types é as one code point, the next as two
    if kdf.suite == PBKDF2:
        return expand(hashlib.pbkdf2_hmac("sha256", typed, kdf.salt, kdf.costs[0], KEY_BYTES), AUTH)
    memory, passes, lanes = kdf.costs
    return expand(hash_secret_raw(typed, kdf.salt, passes, memory, lanes, KEY_BYTES, Type.ID), AUTH)


def expand(secret: bytes, use: str) -> bytes:
    """HKDF-SHA256 without salt (RFC 5869): one secret gives as many keys as it has uses."""
    extracted = hmac.digest(bytes(32), secret, "sha256")
    return hmac.digest(extracted, use.encode() + b"\x01", "sha256")


def read_key(text: str) -> bytes | None:
    """Read a key that was sent; None when it is none."""
    return from_text(text) if KEY.fullmatch(text) else None


def refuse_passphrase(passphrase: str) -> str | None:
    """Name what is wrong with a new passphrase, if anything."""
    if len(passphrase) < MIN_LENGTH:
        return "passphrase_short"
    return "passphrase_long" if len(passphrase) > MAX_LENGTH else None


def to_text(value: bytes) -> str:
    """Write bytes as base64url without padding."""
    return base64.urlsafe_b64encode(value).decode().rstrip("=")


def from_text(text: str) -> bytes:
    """Read base64url without padding."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
