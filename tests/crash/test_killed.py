"""Killed in the middle of pushes: nothing acknowledged is lost, nothing is there by half."""

import asyncio
import random
import signal
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path

from tests.crash.journals import Journal, hold_to, in_file, in_postgres
from tests.crash.line import CutOff, Line
from tests.crash.people import tokens
from tests.crash.phone import Phone
from tests.postgres import PostgresServer
from tests.serving import Serving

SEED = 20261122
PEOPLE = ("mara", "teo")
PHONES = 3  # of each
MOMENTS = ["half sent", "sent", "answered"]
LATEST = 18  # of those moments, in one life of the server

Journals = Callable[[], Awaitable[dict[str, Journal]]]


async def test_a_server_killed_a_hundred_times_during_pushes_keeps_all_it_acknowledged(tmp_path: Path) -> None:
    async def journals() -> dict[str, Journal]:
        return in_file(tmp_path / "unlearn.sqlite3")

    await killed(100, tmp_path, journals)


async def test_a_server_killed_during_pushes_to_postgres_keeps_all_it_acknowledged(
    tmp_path: Path, postgres_url: str
) -> None:
    await killed(10, tmp_path, lambda: in_postgres(postgres_url), UNLEARN_DATABASE_URL=postgres_url)


async def test_a_database_that_crashes_during_pushes_is_unavailable_for_a_while_and_forgets_nothing(
    tmp_path: Path, postgres: PostgresServer, postgres_url: str
) -> None:
    settings = {"UNLEARN_DATABASE_URL": postgres_url}
    phones = await asyncio.to_thread(have_phones, tmp_path, random.Random(SEED), **settings)  # noqa: S311 - as above
    with Serving(tmp_path, **settings) as serving:
        for _ in range(3):
            assert await crashed_once(postgres, phones, serving.port) > 0
            journals = await in_postgres(postgres_url)
            for person, journal in journals.items():
                hold_to([phone for phone in phones if phone.person == person], journal)
            await settled(phones, serving.port, journals)
    assert serving.errors() == ""


async def killed(times: int, folder: Path, journals: Journals, **settings: str) -> None:
    dice = random.Random(SEED)  # noqa: S311 - nobody is to be surprised
    phones = await asyncio.to_thread(have_phones, folder, dice, **settings)
    serving = Serving(folder, **settings)
    for _ in range(times):
        serving.start()
        await settled(phones, serving.port, await journals())
        await killed_once(serving, phones, dice.choice(MOMENTS), dice.randint(1, LATEST))
        for person, journal in (await journals()).items():
            hold_to([phone for phone in phones if phone.person == person], journal)
    with serving:
        await settled(phones, serving.port, await journals())
    assert serving.errors() == ""


def have_phones(folder: Path, dice: random.Random, **settings: str) -> list[Phone]:
    return [
        Phone(person, f"{person}{number}", token, dice)
        for person, token in zip(PEOPLE, tokens(folder, *PEOPLE, **settings), strict=True)
        for number in range(PHONES)
    ]


async def killed_once(serving: Serving, phones: list[Phone], moment: str, count: int) -> None:
    """Let all push until such a moment has come so many times, and kill the server then and there."""
    come = Counter[str]()

    def at(now: str) -> None:
        come[now] += 1
        if (now, come[now]) == (moment, count):
            assert serving.process
            serving.process.send_signal(signal.SIGKILL)

    async def push_on(phone: Phone) -> None:
        with suppress(CutOff):
            async with Line(serving.port) as line:
                while True:
                    answer = await phone.push(line, at)
                    assert answer.status == 200, answer

    await asyncio.gather(*map(push_on, phones))
    assert serving.stop(signal.SIGKILL) == -signal.SIGKILL


async def crashed_once(postgres: PostgresServer, phones: list[Phone], port: int) -> int:
    """Let all push while the database crashes and comes back, and count the pushes that had to wait for it."""
    come, enough, is_back = Counter[str](), asyncio.Event(), asyncio.Event()

    def at(now: str) -> None:
        come[now] += 1
        if come["answered"] == LATEST:
            enough.set()

    async def push_on(phone: Phone) -> int:
        waited = 0
        async with Line(port) as line:
            while not is_back.is_set():
                try:
                    answer = await phone.push(line, at)
                except CutOff:
                    break
                if answer.status != 200:
                    assert (answer.status, answer.code, answer.headers["retry-after"]) == (503, "unavailable", "5")
                    waited += 1
                    break
        await is_back.wait()
        async with Line(port) as line:  # an answer that did not wait for the whole request has closed the other
            assert (await phone.push(line, at)).status == 200
        return waited

    pushing = asyncio.gather(*map(push_on, phones))
    await enough.wait()
    await asyncio.to_thread(postgres.crash)
    is_back.set()
    return sum(await pushing)


async def settled(phones: list[Phone], port: int, before: dict[str, Journal]) -> None:
    """See that each phone, once it has repeated what had no answer, has what every other has."""

    async def settle(phone: Phone) -> None:
        async with Line(port) as line:
            await phone.settle(line)

    await asyncio.gather(*map(settle, phones))  # the first may have missed what the last repeated
    await asyncio.gather(*map(settle, phones))
    for person in PEOPLE:
        has = [phone.states for phone in phones if phone.person == person]
        assert all(states == has[0] for states in has)
        assert before[person].states.keys() <= has[0].keys()
        assert all(phone.written.keys() <= has[0].keys() for phone in phones if phone.person == person)
