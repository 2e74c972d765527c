"""Whether the time that an answer takes tells who has an account: `python -m tests.attacks.timing [tries]`."""

import asyncio
import itertools
import logging
import math
import secrets
import statistics
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from argon2 import PasswordHasher

from server.storage import Account
from tests.attacks.addresses import addresses, ask
from tests.bench.figures import Figure, table, write
from tests.server.house import House, open_house

TRIES = 2000  # for known accounts, and as many for unknown ones
TRIES_OF_ONE = 5  # within the limit of tries for one email
ROUTES = ["POST /sign-in/parameters", "POST /sign-in", "POST /recover"]
MOST_GAP_MS = 2
LEAST_P = 0.01


def measure(tries: int = TRIES) -> list[Figure]:
    """Ask about known and unknown accounts in turn, and compare how long the answers took."""
    return asyncio.run(_measure(tries))


def ks(some: list[float], others: list[float]) -> tuple[float, float]:
    """Kolmogorov–Smirnov's D of two samples, and how often chance alone makes it as big (Smirnov's limit)."""
    pairs = sorted([(each, 1 / len(some)) for each in some] + [(each, -1 / len(others)) for each in others])
    apart = largest = 0.0
    for _, alike in itertools.groupby(pairs, key=lambda pair: pair[0]):
        apart += sum(step for _, step in alike)
        largest = max(largest, abs(apart))
    weight = len(some) * len(others) / (len(some) + len(others))
    x = largest * (math.sqrt(weight) + 0.12 + 0.11 / math.sqrt(weight))  # Stephens' correction
    p = 2 * sum((-1) ** (k - 1) * math.exp(-2 * (k * x) ** 2) for k in range(1, 101))
    return largest, min(max(p, 0.0), 1.0) if x > 0.2 else 1.0


async def _measure(tries: int) -> list[Figure]:
    figures: list[Figure] = []
    logging.getLogger("httpx").setLevel(logging.WARNING)  # it has a line for each of 12,000 requests
    with tempfile.TemporaryDirectory() as folder:
        async with open_house(Path(folder)) as house:
            known = [await _somebody(house) for _ in range(-(-tries // TRIES_OF_ONE) + 1)]
            names = {each.name for each in addresses(house.app)}
            for route in ROUTES:
                if route in names:
                    figures += await _compare(house, route.split()[1], known, tries)
    return figures


async def _compare(house: House, path: str, known: list[str], tries: int) -> Iterable[Figure]:
    unknown = [f"nobody-{secrets.token_hex(8)}@example.org" for _ in known]
    took: dict[bool, list[float]] = {True: [], False: []}
    for turn in range(tries + TRIES_OF_ONE):
        for is_known in (True, False) if turn % 2 else (False, True):
            email = (known if is_known else unknown)[turn // TRIES_OF_ONE]
            begun = time.perf_counter()
            await _ask(house, path, email)
            if turn >= TRIES_OF_ONE:  # the first ones warm up
                took[is_known].append((time.perf_counter() - begun) * 1000)
    gap = abs(statistics.median(took[True]) - statistics.median(took[False]))
    d, p = ks(took[True], took[False])
    return [
        Figure(f"{path}: known or not, apart", gap, "ms", at_most=MOST_GAP_MS, size=tries),
        Figure(f"{path}: median", statistics.median(took[True]), "ms"),
        Figure(f"{path}: KS D", d, "of 1"),
        Figure(f"{path}: KS p", p, "of 1", at_least=LEAST_P),
    ]


async def _ask(house: House, path: str, email: str) -> None:
    key = secrets.token_urlsafe(32)
    answer = await ask(house, "POST", path, data={"email": email, "key": key, "verifier": key, "kdf": KDF})
    assert answer.status_code in (200, 401), f"{path} answered {answer.status_code}: nothing was looked up"


async def _somebody(house: House) -> str:
    email = f"somebody-{secrets.token_hex(8)}@example.org"
    await house.storage.add_account(Account(secrets.token_urlsafe(12), email, HASH, 1, KDF, HASH))
    return email


HASH = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=4).hash(b"nobody's")
KDF = f"argon2id.65536.3.1.{secrets.token_urlsafe(16)}"

if __name__ == "__main__":
    taken = measure(int(sys.argv[1]) if len(sys.argv) > 1 else TRIES)
    print(table(taken))
    write(taken, Path("var") / "timing.json")
    sys.exit(0 if all(each.is_met for each in taken) else 1)
