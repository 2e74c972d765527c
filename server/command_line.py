"""What the operator's commands have in common: the clock, and how they say that something cannot be done."""

import time


class Refused(Exception):
    """What cannot be done, in the one line that the operator reads."""


def no_account(email: str) -> Refused:
    """Say that nobody has this email."""
    return Refused(f"there is no account {email}; make one with: unlearn account add {email}")


def now_ms() -> int:
    """The time, in ms since the epoch."""
    return time.time_ns() // 1_000_000
