"""Who may make an account: everybody, whoever was invited, or nobody."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from server.clock import now_ms
from server.sign_up import invite
from server.storage import Account
from tests.server.house import AS_JSON, FROM_OUR_PAGE, KDF, KEY, MARA, TEO, House, open_house, send


@pytest.fixture
async def inviting(folder: Path, database_url: str) -> AsyncIterator[House]:
    async with open_house(folder, UNLEARN_SIGN_UP="invitation", UNLEARN_DATABASE_URL=database_url) as house:
        yield house


async def test_an_invitation_makes_one_account(inviting: House) -> None:
    browser = await invited(inviting, link := await link_of(inviting))
    page = (await browser.get("/you")).text
    assert 'action="/accounts"' in page
    assert (await send(browser, "/accounts", MARA)).status_code == 303
    assert (await browser.get("/session")).json()["email"] == MARA

    browser.cookies.delete("__Host-unlearn")
    again = await send(browser, "/accounts", TEO)
    assert (again.status_code, "has been used or is too old" in again.text) == (403, True)
    assert (await take(inviting.browser(), link)).status_code == 403
    assert [each.email for each in await inviting.storage.all(Account)] == [MARA]


async def test_two_browsers_with_one_invitation_make_one_account(inviting: House) -> None:
    link = await link_of(inviting)
    browsers = [await invited(inviting, link) for _ in range(2)]
    made = await asyncio.gather(
        *(send(browser, "/accounts", email) for browser, email in zip(browsers, (MARA, TEO), strict=True))
    )
    assert sorted(each.status_code for each in made) == [303, 403]
    assert len(await inviting.storage.all(Account)) == 1


async def test_what_could_not_be_an_account_leaves_the_invitation_good(inviting: House) -> None:
    browser = await invited(inviting, await link_of(inviting))
    assert (await send(browser, "/accounts", MARA, "too short")).status_code == 422
    assert (await send(browser, "/accounts", MARA)).status_code == 303


async def test_without_an_invitation_one_is_asked_for(inviting: House) -> None:
    browser = inviting.browser()
    assert "takes new people by invitation" in (await browser.get("/you")).text
    refused = await send(browser, "/accounts", MARA)
    assert (refused.status_code, "Open your invitation link first" in refused.text) == (403, True)
    form = {"email": MARA, "key": KEY, "kdf": KDF}
    assert (await browser.post("/accounts", data=form, headers=AS_JSON)).json()["code"] == "invitation_needed"


@pytest.mark.parametrize("days", [0, -1])
async def test_an_invitation_that_is_too_old_is_refused_where_it_is_taken(inviting: House, days: int) -> None:
    refused = await take(inviting.browser(), await link_of(inviting, days))
    assert (refused.status_code, "set-cookie" in refused.headers) == (403, False)
    assert "has been used or is too old" in refused.text


async def test_a_guess_and_a_ticket_of_another_sort_invite_nobody(inviting: House) -> None:
    assert (await take(inviting.browser(), "a guess")).status_code == 403
    browser = inviting.browser()
    browser.cookies.set("__Host-unlearn-invitation", "a guess")
    assert (await send(browser, "/accounts", MARA)).status_code == 403


async def test_the_secret_of_an_invitation_is_in_no_address_that_a_server_sees(inviting: House) -> None:
    address, _, secret = (await link_of(inviting)).partition("#")
    assert address == "https://unlearn.test/invited"
    page = await inviting.browser().get(address)
    assert (page.status_code, secret in page.text) == (200, False)


async def test_a_closed_server_makes_no_account_and_shows_no_form_for_one(folder: Path) -> None:
    async with open_house(folder, UNLEARN_SIGN_UP="closed") as house:
        browser = house.browser()
        for page in ("/you", "/sign-in"):
            shown = (await browser.get(page)).text
            assert 'action="/accounts"' not in shown
            assert "/you#account" not in shown
        assert "No new accounts can be made on this server" in (await browser.get("/you")).text
        refused = await browser.post("/accounts", data={"email": MARA, "key": KEY, "kdf": KDF}, headers=AS_JSON)
        assert (refused.status_code, refused.json()["code"]) == (403, "sign_up_closed")
        assert await house.storage.all(Account) == []


async def test_the_phone_is_told_who_may_make_an_account(folder: Path) -> None:
    async with open_house(folder, UNLEARN_SIGN_UP="closed") as house:
        data = house.app.state.shell.files["data.js"].bodies[""].decode()
        assert r"\"sign_up\":\"closed\"" in data


async def link_of(house: House, days: int = 14) -> str:
    return await invite(house.storage, house.app.state.settings, days, now_ms())


async def invited(house: House, link: str) -> httpx.AsyncClient:
    browser = house.browser()
    taken = await take(browser, link)
    assert (taken.status_code, taken.headers["location"]) == (303, "/you#account")
    return browser


async def take(browser: httpx.AsyncClient, link: str) -> httpx.Response:
    return await browser.post("/invited", data={"secret": link}, headers=FROM_OUR_PAGE)
