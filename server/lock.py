"""The lock of a browser, whoever uses it: a curtain before the words, which deletes nothing and encrypts nothing.

It is kept in that browser, as the phone keeps its own: no sign-in and no sign-out takes it off, and nothing of it is in
the database. Twin: web/phone/lock.js.
"""

from typing import Any

import msgspec
from litestar import Response
from litestar.datastructures import Cookie

from server.choices import YEAR
from server.pins import is_kept
from server.request import AnyRequest
from server.sessions import is_secure
from server.views.lock import AFTERS

LOCK, USED = "lock", "used"  # the cookies' names: the lock, and when its owner last used a page of ours
MINUTE = 60_000  # ms
AT_ONCE = 1  # minutes without a request of a lock that falls at once: nobody tells a server that its page was left


class Lock(msgspec.Struct, frozen=True):
    """What is kept of the PIN, after how many minutes without use it falls, and when that was (ms; 0: it is on)."""

    kept: str
    after: int
    used: int

    def is_on(self, now: int) -> bool:
        """Tell whether it has fallen."""
        return not self.used <= now < self.used + (self.after or AT_ONCE) * MINUTE


def lock_of(request: AnyRequest) -> Lock | None:
    """The lock of the browser that asks, None when it has none."""
    after, _, kept = request.cookies.get(LOCK, "").partition(".")
    if after not in AFTERS or not is_kept(kept):
        return None
    used = request.cookies.get(USED, "")
    return Lock(kept, int(after), int(used) if used.isascii() and used.isdigit() and len(used) < 16 else 0)


def keep_lock(request: AnyRequest, answer: Response[Any], lock: Lock | None) -> Response[Any]:
    """The answer, with which the browser keeps the lock, or none any more."""
    _set(request, answer, LOCK, f"{lock.after}.{lock.kept}" if lock else "")
    _set(request, answer, USED, str(lock.used) if lock and lock.used else "")
    return answer


def _set(request: AnyRequest, answer: Response[Any], name: str, value: str) -> None:
    secure = is_secure(request.app.state.settings)
    age = YEAR if value else 0
    answer.set_cookie(Cookie(name, value=value, max_age=age, samesite="lax", path="/", httponly=True, secure=secure))
