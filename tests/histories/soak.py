"""Many histories on every core: python -m tests.histories.soak [COUNT]. Ends at the first that goes wrong, and shows it."""

import os
import sys
import time
from collections.abc import Iterable
from multiprocessing import Pool

from tests.histories.run import WentWrong, local_server, run

HISTORIES = 100_000
TOGETHER = 500


def soak(count: int) -> str | None:
    """Run so many histories, and return what went wrong in one, or nothing."""
    parts = [range(first, min(first + TOGETHER, count + 1)) for first in range(1, count + 1, TOGETHER)]
    started, done = time.monotonic(), 0
    with Pool(os.cpu_count(), maxtasksperchild=20) as pool:
        for ran, wrong in pool.imap_unordered(_run_all, parts):
            if wrong:
                return wrong
            done += ran
            print(f"\r{done:,} histories in {time.monotonic() - started:,.0f} s", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return None


def _run_all(seeds: Iterable[int]) -> tuple[int, str]:
    ran = 0
    with local_server() as server:
        for seed in seeds:
            try:
                run(seed, server)
            except WentWrong as wrong:
                return ran, str(wrong)
            ran += 1
    return ran, ""


if __name__ == "__main__":
    sys.exit(soak(int(sys.argv[1]) if sys.argv[1:] else HISTORIES))
