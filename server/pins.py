"""A PIN, and what is kept of it: rounds, salt and hash, in hex and with dots between. Twin: web/phone/pins.js."""

import asyncio
import hashlib
import hmac
import re
import secrets

ROUNDS = 600_000  # OWASP's floor for PBKDF2 with SHA-256; it slows a guess, and no PIN withstands a computer
SALT_BYTES = 16
PIN = re.compile(r"[0-9]{4,12}")
KEPT = re.compile(r"600000\.[0-9a-f]{32}\.[0-9a-f]{64}")


def is_pin(text: str) -> bool:
    """Tell whether it can be a PIN."""
    return bool(PIN.fullmatch(text))


def is_kept(text: str) -> bool:
    """Tell whether it can be what is kept of one."""
    return bool(KEPT.fullmatch(text))


async def keep_pin(pin: str) -> str:
    """What is kept of a new PIN."""
    salt = secrets.token_hex(SALT_BYTES)
    return f"{ROUNDS}.{salt}.{await _hash(pin, ROUNDS, salt)}"


async def is_right(pin: str, kept: str) -> bool:
    """Tell whether this is the PIN."""
    rounds, salt, hashed = kept.split(".")
    return hmac.compare_digest(hashed, await _hash(pin, int(rounds), salt))


async def _hash(pin: str, rounds: int, salt: str) -> str:
    work = asyncio.to_thread(hashlib.pbkdf2_hmac, "sha256", pin.encode(), salt.encode(), rounds)
    return (await work).hex()
