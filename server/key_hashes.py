"""What is kept of a key that a device signs in with: argon2id of it, made apart from the pages and not for everybody at once."""

import asyncio
import base64
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from server.problems import Problem

MOST_AT_ONCE = 64  # being hashed or waiting: whoever comes then would wait for more than four seconds
SECONDS_TO_WAIT = "5"

# 126 ms on two cores, and above the floors of OWASP and ASVS.
_argon2 = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=4, hash_len=32, salt_len=16)
# Two at once: a storm of sign-ins takes 128 MiB, and pages go on being answered.
_two_threads = ThreadPoolExecutor(2, thread_name_prefix="argon2")
_at_once: set[object] = set()


async def hash_key(key: bytes) -> str:
    """Hash a key for keeping; Problem `slow_down` when too many are being hashed."""
    with _turn():
        return await asyncio.get_running_loop().run_in_executor(_two_threads, _argon2.hash, key)


async def is_key(key: bytes, kept: str) -> bool:
    """Compare with what is kept; with nothing kept, do the same work and say no. Problem `slow_down` likewise."""
    with _turn():
        return await asyncio.get_running_loop().run_in_executor(_two_threads, _matches, key, kept or _NOBODYS)


@contextmanager
def _turn() -> Iterator[None]:
    if len(_at_once) >= MOST_AT_ONCE:
        raise Problem(503, "slow_down", {"Retry-After": SECONDS_TO_WAIT})
    turn = object()
    _at_once.add(turn)
    try:
        yield
    finally:
        _at_once.remove(turn)


def _matches(key: bytes, kept: str) -> bool:
    try:
        return _argon2.verify(kept, key)
    except (VerificationError, InvalidHashError):
        return False


def _random(size: int) -> str:
    return base64.b64encode(os.urandom(size)).decode().rstrip("=")


# The hash of no key at all, so that an unknown account costs what a known one does.
_NOBODYS = (
    f"$argon2id$v=19$m={_argon2.memory_cost},t={_argon2.time_cost},p={_argon2.parallelism}"
    f"${_random(_argon2.salt_len)}${_random(_argon2.hash_len)}"
)
