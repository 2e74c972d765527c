import ipaddress
import math
from collections import OrderedDict, deque
from collections.abc import Iterator
from contextlib import contextmanager

from server.problems import Problem
from server.proxies import client_address
from server.request import AnyRequest

TRIES = 10
TRIES_FROM_ADDRESS = 100  # a household, a clinic or a proxy is one address
ASKED = 60  # how the key of one account is made: each try asks, and so do tries that are then taken back
ASKED_FROM_ADDRESS = 300
WINDOW_MS = 15 * 60 * 1000
REMEMBERED = 20_000  # keys, about 20 MB at most
NO_GUESS = {422, 503}  # not filled in, not even looked at
MAX_EMAIL = 254  # RFC 5321's longest address


@contextmanager
def counted(request: AnyRequest, email: str, now: int) -> Iterator[None]:
    """Refuse a try too many; a try that was no guess, right or not filled in, doesn't count."""
    by_email, by_address = _limits(request, "attempts", TRIES, TRIES_FROM_ADDRESS)
    emails, addresses = [email[:MAX_EMAIL]], [address_of(request)]
    _take(by_email, emails, by_address, addresses, now)
    try:
        yield
    except Problem as problem:
        if problem.status not in NO_GUESS:
            raise
        by_email.forgive(emails)
        by_address.forgive(addresses)
        raise
    by_email.forgive(emails)
    by_address.forgive(addresses)


def count_asked(request: AnyRequest, email: str, now: int) -> None:
    """Refuse who asks how keys are made too often, for one account or from one address."""
    by_email, by_address = _limits(request, "asked", ASKED, ASKED_FROM_ADDRESS)
    _take(by_email, [email[:MAX_EMAIL]], by_address, [address_of(request)], now)


class Attempts:
    """Tries at something, counted by key over a sliding window; the key unused for longest makes room for a new one."""

    def __init__(self, most: int, window: int, keys: int) -> None:
        self._most = most
        self._window = window
        self._keys = keys
        self._tries: OrderedDict[str, deque[int]] = OrderedDict()

    def take(self, keys: list[str], now: int) -> int:
        """Count a try under each key; or, where one is used up, count nothing and return how long to wait."""
        wait = max(self._wait(key, now) for key in keys)
        if not wait:
            for key in keys:
                self._add(key, now)
        return wait

    def forgive(self, keys: list[str]) -> None:
        """Take back each key's newest try: it was no guess."""
        for key in keys:
            if tries := self._tries.get(key):
                tries.pop()

    def __len__(self) -> int:
        return len(self._tries)

    def _wait(self, key: str, now: int) -> int:
        tries = self._tries.get(key, deque())
        while tries and now - tries[0] >= self._window:
            tries.popleft()
        return tries[0] + self._window - now if len(tries) >= self._most else 0

    def _add(self, key: str, now: int) -> None:
        self._tries.setdefault(key, deque()).append(now)
        self._tries.move_to_end(key)
        if len(self._tries) > self._keys:
            self._tries.popitem(last=False)


def address_of(request: AnyRequest) -> str:
    """Give the address that tries are counted under: whoever has one of a /64's addresses has them all."""
    host = client_address(request)
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    return str(ipaddress.ip_network((address, 64 if address.version == 6 else 32), strict=False))


def _limits(request: AnyRequest, name: str, most: int, most_from_address: int) -> tuple[Attempts, Attempts]:
    limits: tuple[Attempts, Attempts] = request.app.state.setdefault(
        name, (Attempts(most, WINDOW_MS, REMEMBERED), Attempts(most_from_address, WINDOW_MS, REMEMBERED))
    )
    return limits


def _take(by_email: Attempts, emails: list[str], by_address: Attempts, addresses: list[str], now: int) -> None:
    wait = by_email.take(emails, now) or by_address.take(addresses, now)
    if wait:
        raise Problem(429, "slow_down", {"Retry-After": str(math.ceil(wait / 1000))})
