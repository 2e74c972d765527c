"""Every page of the app, and a journal that fills it: what a check of all pages walks over."""

import asyncio
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from server.accounts import normal_email
from server.demo import add_demo, invent
from server.moments import now_in
from server.routes import Route, routes, server_pages
from server.settings import read_settings
from server.storage import Account, open_storage
from server.words import words_of
from sync.record import Record, delete, join, new, save
from tests.browser.device import PASSPHRASE
from tests.serving import Serving

MARA = "mara@example.org"
ENTRIES = 400
IDS = {
    "emotion": "0f6cfc1e-58ab-4a53-9d5b-a0a49f3a4e10",
    "device": "0f6cfc1e-58ab-4a53-9d5b-a0a49f3a4e11",
    "rivals": "0f6cfc1e-58ab-4a53-9d5b-a0a49f3a4e12",
    "binned": "0f6cfc1e-58ab-4a53-9d5b-a0a49f3a4e13",
}
# A file, a part of a form, an answer without a body, a way on, what a script asks, a question with a story of its own.
NOT_PAGES = {"export", "plans", "locked", "unlocked", "ask_passkey", "join"}

# Files, ways on, and what scripts and devices ask.
NO_PAGE = re.compile(r"[{.]|/state$|^/(signed-in|session|health|sync/changes)$")


class Place(NamedTuple):
    """A page's name, which is also a good name for a file, and its address."""

    name: str
    address: str


def every_page(held: list[Record]) -> list[Place]:
    """Each page that both hosts answer: one entry of each kind, and each text of the library and to learn from."""
    ids = {record.kind: record.id for record in reversed(held)} | {"practice": IDS["rivals"]}
    found = [place for route in routes() if _is_page(route) for place in _places(route, ids)]
    trait = ids["trait"]
    return [
        *found,
        Place("journal-search", "/journal?q=quiet"),
        Place("journal-nothing-found", "/journal?q=xyzzy"),
        Place("practise-trait", f"/practise?trait={trait}"),
        Place("explore-trait", f"/explore?trait={trait}"),
        Place("binned-entry", f"/practices/{IDS['binned']}"),
        Place("not-found", "/practices/0f6cfc1e-58ab-4a53-9d5b-a0a49f3a4eff"),
    ]


def account_pages() -> list[Place]:
    """Each page that the server alone answers, for whoever has just shown who they are."""
    found = sorted(address for address in server_pages() if not NO_PAGE.search(address))
    return [Place(address.strip("/").replace("/", "-"), address) for address in found]


def filled_journal() -> list[Record]:
    """The demo's year until today; besides, a word of one's own, a named device, two wordings of one moment and a full bin."""
    now = int(datetime.now(UTC).timestamp() * 1000)

    def written(about: str, kind: str, **fields: object) -> Record:
        return save(new(IDS[about], kind), "demo", fields, now)

    at = now_in(now, "Europe/Madrid")
    first = written("rivals", "practice", happened_at=at, situation="A call with my sister", old_reaction=40)
    return [
        *invent(1, ENTRIES, datetime.now(UTC).date()),
        written("emotion", "emotion", name="homesick"),
        written("device", "device", name="Mara's tablet", writer="demo"),
        _told_twice(first, now),
        delete(written("binned", "practice", happened_at=at, situation="A note that can go"), "demo", now),
    ]


@contextmanager
def full_house(folder: Path, held: list[Record]) -> Iterator[Serving]:
    """A running server, whose Mara has this journal."""
    with filled(Serving(folder), held) as serving:
        yield serving


@contextmanager
def filled(serving: Serving, held: list[Record]) -> Iterator[Serving]:
    """This server, running, whose Mara has this journal."""
    serving.run("account", "add", MARA, typed=PASSPHRASE)
    with ThreadPoolExecutor() as apart:  # Playwright has a loop of its own in this thread
        apart.submit(asyncio.run, _fill(serving, held)).result()
    with serving:
        yield serving


async def _fill(serving: Serving, held: list[Record]) -> None:
    async with open_storage(read_settings(serving.environment)) as storage:
        account = await storage.one(Account, email=normal_email(MARA))
        assert account
        await add_demo(storage, account.account, held)


def _told_twice(first: Record, now: int) -> Record:
    """Two devices that did not know of each other wrote what was learned."""
    return join(
        save(first, "phone", {"learned": "I can say that I need a moment"}, now),
        save(first, "laptop", {"learned": "She hears me when I speak slowly"}, now),
    )


def _is_page(route: Route) -> bool:
    return route.method == "GET" and "phone" in route.on and route.name not in NOT_PAGES


def _places(route: Route, ids: dict[str, str]) -> list[Place]:
    name = route.path.strip("/").replace("/{id}", "").replace("/", "-") or "today"
    if "{id}" not in route.path:
        return [Place(name, route.path)]
    if route.name in ("library", "reading"):
        slugs = words_of("en")["library" if route.name == "library" else "learn"]
        return [Place(f"{name}-{slug}", route.path.format(id=slug)) for slug in slugs]
    kind = route.kind or "trait"
    return [Place(name if name.endswith("edit") else f"{name}-one", route.path.format(id=ids[kind]))]
