"""The machine's clock, by which sessions and tickets end. What pages show goes by `app.state.clock`."""

import time


def now_ms() -> int:
    """The time, in ms since the epoch."""
    return time.time_ns() // 1_000_000
