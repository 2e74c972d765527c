"""Two hundred sign-ins at once, and whether pages go on being answered meanwhile: `python -m tests.attacks.storm`."""

import asyncio
import secrets
import statistics
import sys
import tempfile
import time
from pathlib import Path

import httpx

from tests.bench.figures import Figure, table, write
from tests.serving import Serving

SIGN_INS = 200
MOST_MS = 300
LATER = (429, 503)


def measure() -> list[Figure]:
    """Ask for a page again and again while the sign-ins are worked on, in another process."""
    with tempfile.TemporaryDirectory() as folder, Serving(Path(folder)) as server:
        return asyncio.run(_storm(server.url))


async def _storm(url: str) -> list[Figure]:
    limits = httpx.Limits(max_connections=None)
    async with httpx.AsyncClient(base_url=url, limits=limits, timeout=300, trust_env=False) as browser:
        await browser.get("/support")
        begun = time.perf_counter()
        storm = [asyncio.create_task(_sign_in(browser, number)) for number in range(SIGN_INS)]
        pages = []
        while not all(each.done() for each in storm):
            asked = time.perf_counter()
            assert (await browser.get("/support")).status_code == 200
            pages.append((time.perf_counter() - asked) * 1000)
        lasted = time.perf_counter() - begun
        statuses = [await each for each in storm]
        assert set(statuses) <= {401, *LATER, 500}, set(statuses)  # others cost no work
    p99 = statistics.quantiles(pages, n=100)[98]
    return [
        Figure("a page while 200 sign in, p99", p99, "ms", at_most=MOST_MS, size=len(pages)),
        Figure("200 sign-ins at once", lasted, "s"),
        Figure("asked to come again", sum(status in LATER for status in statuses), "sign-ins"),
        Figure("failed", sum(status >= 500 and status not in LATER for status in statuses), "sign-ins", at_most=0),
    ]


async def _sign_in(browser: httpx.AsyncClient, number: int) -> int:
    form = {"email": f"nobody-{number}@example.org", "key": secrets.token_urlsafe(32)}
    headers = {"Sec-Fetch-Site": "same-origin", "Accept": "application/json"}
    return (await browser.post("/sign-in", data=form, headers=headers)).status_code


if __name__ == "__main__":
    taken = measure()
    print(table(taken))
    write(taken, Path("var") / "storm.json")
    sys.exit(0 if all(each.is_met for each in taken) else 1)
