"""An account goes whole: from the database, from memory and from the disk."""

import asyncio
from pathlib import Path

import httpx
import pytest

from server.deletion import WEEK_MS
from server.purge import HOUR_S, every_hour, purge
from server.storage import Account, Session, Ticket, Token, Unavailable
from server.storage.rows import TABLES
from server.tickets import new_ticket
from tests.server.house import AS_JSON, FROM_OUR_PAGE, KEY, MARA, TEO, House, open_house, send

MARKED = [f"canary-{n}-of-mara" for n in range(20)]


async def test_at_once_nothing_is_left_in_any_table_nor_in_memory(house: House, database_url: str) -> None:
    browser, other = await house.signed_up(MARA), await signed_in_again(house)
    await house.signed_up(TEO)
    trait = await written(browser)
    account = await account_of(house, MARA)
    await house.storage.add(Token(account, "a hash", 1))
    await new_ticket(house.storage, "pairing", "", 1, 10**15, account)
    assert (await delete(browser, "now")).headers["location"] == "/deleted?when=now"

    for table in TABLES:
        assert account not in str(await house.storage.all(table))
    assert await house.storage.records(account) == []
    assert await house.storage.newest(account) == 0
    assert account not in house.app.state.journals._kept  # noqa: SLF001
    for each in (browser, other):
        assert (await each.get(trait, headers=AS_JSON)).status_code == 401
        assert (await each.post("/sync", json={}, headers=FROM_OUR_PAGE)).json()["code"] == "signed_out"
    assert [each.email for each in await house.storage.all(Account)] == [TEO]


async def test_no_word_of_it_is_left_on_the_disk(folder: Path) -> None:
    async with open_house(folder) as house:
        browser = await house.signed_up(MARA)
        for word in MARKED:
            await browser.post("/traits", data={"name": word}, headers=FROM_OUR_PAGE)
        files = [folder / "unlearn.sqlite3", folder / "unlearn.sqlite3-wal"]
        assert all(hits(files, word) for word in [MARA, *MARKED])
        await delete(browser, "now")
        assert [word for word in [MARA, *MARKED] if hits(files, word)] == []


async def test_within_seven_days_signing_in_leads_to_where_it_is_kept(house: House, database_url: str) -> None:
    browser = await house.signed_up(MARA)
    trait = await written(browser)
    assert (await delete(browser, "week")).headers["location"] == "/deleted?when=week"
    assert (await browser.get("/session")).status_code == 401
    assert await house.storage.all(Session) == []

    form = {"email": MARA, "key": KEY, "next": "/journal"}
    told = await house.browser().post("/sign-in", data=form, headers=AS_JSON)
    assert told.json()["next"] == "/you/delete"
    back = await signed_in_again(house)
    assert "Keep my account" in (await back.get("/you/delete")).text
    kept = await back.post("/you/delete/keep", headers=FROM_OUR_PAGE)
    assert (kept.status_code, kept.headers["location"]) == (303, "/you")
    await purged(house, (await only_account(house)).created_at + 10 * WEEK_MS)
    assert (await back.get(trait)).status_code in (200, 401)
    assert (await only_account(house)).delete_at is None


async def test_when_the_seven_days_are_over_it_goes_and_what_is_over_with_it(house: House, database_url: str) -> None:
    browser = await house.signed_up(MARA)
    await written(browser)
    account = await account_of(house, MARA)
    await delete(browser, "week")
    going = (await only_account(house)).delete_at
    assert going
    await new_ticket(house.storage, "invitation", "", going - 2, 1)
    await new_ticket(house.storage, "invitation", "", going, 1)
    await purged(house, going - 1)
    assert len(await house.storage.records(account)) == 1
    await asyncio.gather(purged(house, going), purged(house, going))
    assert (await house.storage.all(Account), await house.storage.records(account)) == ([], [])
    assert len(await house.storage.all(Ticket)) == 1


async def test_it_is_asked_who_they_are_first(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = await house.signed_up(MARA)
    assert "What goes" in (await browser.get("/you/delete")).text
    await house.storage.update(Session, {}, proved_at=0)
    assert (await browser.get("/you/delete")).headers["location"] == "/you/step-up?next=%2Fyou%2Fdelete"
    refused = await browser.post("/you/delete", data={"when": "now"}, headers=AS_JSON)
    assert (refused.status_code, refused.json()["code"]) == (403, "step_up")
    assert (await only_account(house)).delete_at is None


async def test_a_form_that_says_no_time_deletes_nothing(house: House) -> None:
    browser = await house.signed_up(MARA)
    assert (await delete(browser, "")).status_code == 400
    assert (await only_account(house)).delete_at is None


async def test_a_server_purges_at_its_start(folder: Path) -> None:
    async with open_house(folder) as house:
        await delete(await house.signed_up(MARA), "week")
        going = (await only_account(house)).delete_at
    async with open_house(folder, now=going):
        pass  # what is under way is done before it closes
    async with open_house(folder) as house:
        assert await house.storage.all(Account) == []


async def test_a_purge_that_cannot_be_done_is_done_an_hour_later() -> None:
    done: list[str] = []

    async def work() -> None:
        done.append("tried")
        if len(done) == 1:
            raise Unavailable("the disk is full")

    async def pause(seconds: float) -> bool:
        done.append(f"{seconds:.0f}")
        return len(done) < 4

    await every_hour(work, pause)
    assert done == ["tried", str(HOUR_S), "tried", str(HOUR_S)]


async def written(browser: httpx.AsyncClient) -> str:
    made = await browser.post("/traits", data={"name": MARKED[0]}, headers=FROM_OUR_PAGE)
    return str(made.headers["location"])


async def delete(browser: httpx.AsyncClient, when: str) -> httpx.Response:
    return await browser.post("/you/delete", data={"when": when, "device": "keep"}, headers=FROM_OUR_PAGE)


async def signed_in_again(house: House) -> httpx.AsyncClient:
    browser = house.browser()
    assert (await send(browser, "/sign-in", MARA)).status_code == 303
    return browser


async def purged(house: House, now: int) -> None:
    await purge(house.storage, house.app.state.journals, house.app.state.settings, now)


async def account_of(house: House, email: str) -> str:
    found = await house.storage.one(Account, email=email)
    assert found
    return found.account


async def only_account(house: House) -> Account:
    (found,) = await house.storage.all(Account)
    return found


def hits(files: list[Path], word: str) -> int:
    return sum(file.read_bytes().count(word.encode()) for file in files)
