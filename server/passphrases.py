import asyncio
import base64
import os
import unicodedata
from concurrent.futures import ThreadPoolExecutor

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

MIN_LENGTH = 15
MAX_LENGTH = 1024

# 126 ms on two cores, and above the floors of OWASP and ASVS.
_argon2 = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=4, hash_len=32, salt_len=16)
# Two at once: a storm of sign-ins takes 128 MiB, and pages go on being answered.
_two_threads = ThreadPoolExecutor(2, thread_name_prefix="argon2")


async def hash_passphrase(passphrase: str) -> str:
    """Hash a passphrase for keeping, away from the event loop."""
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_two_threads, _argon2.hash, _to_bytes(passphrase))


async def is_passphrase(passphrase: str, kept: str | None) -> bool:
    """Compare with what is kept; with nothing kept, do the same work and say no."""
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_two_threads, _matches, _to_bytes(passphrase), kept or _NOBODYS)


def refuse_passphrase(passphrase: str) -> str | None:
    """Name what is wrong with a new passphrase, if anything."""
    if len(passphrase) < MIN_LENGTH:
        return "passphrase_short"
    if len(passphrase) > MAX_LENGTH:
        return "passphrase_long"
    return None


def _matches(passphrase: bytes, kept: str) -> bool:
    try:
        return _argon2.verify(kept, passphrase)
    except (VerificationError, InvalidHashError):
        return False


def _to_bytes(passphrase: str) -> bytes:
    # One keyboard types é as one code point and the next as two.
    return unicodedata.normalize("NFKC", passphrase).encode()


def _random(size: int) -> str:
    return base64.b64encode(os.urandom(size)).decode().rstrip("=")


# The hash of no passphrase at all, so that an unknown account costs what a known one does.
_NOBODYS = (
    f"$argon2id$v=19$m={_argon2.memory_cost},t={_argon2.time_cost},p={_argon2.parallelism}"
    f"${_random(_argon2.salt_len)}${_random(_argon2.hash_len)}"
)
