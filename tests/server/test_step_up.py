"""Showing once more who one is: an open page in the wrong hands can't change who gets in."""

from urllib.parse import quote

import pytest

from server import step_up
from server.storage import Session
from tests.server.house import AS_JSON, FROM_OUR_PAGE, KEY, MARA, OTHER_KEY, House


async def test_a_proof_gives_the_session_another_name_and_the_old_one_is_dead(house: House) -> None:
    browser = await house.signed_up(MARA)
    stolen = dict(browser.cookies)
    asked = {"key": KEY, "next": "/you/passkeys"}
    proved = await browser.post("/you/step-up", data=asked, headers=FROM_OUR_PAGE)
    assert (proved.status_code, proved.headers["location"]) == (303, "/you/passkeys")
    assert dict(browser.cookies) != stolen
    assert (await browser.get("/session")).status_code == 200
    thief = house.browser()
    thief.cookies.update(stolen)
    assert (await thief.get("/session")).status_code == 401


async def test_a_wrong_passphrase_proves_nothing(house: House) -> None:
    browser = await house.signed_up(MARA)
    before = await house.storage.all(Session)
    asked = {"key": OTHER_KEY, "next": "/you"}
    refused = await browser.post("/you/step-up", data=asked, headers=FROM_OUR_PAGE)
    assert (refused.status_code, "set-cookie" in refused.headers) == (401, False)
    assert OTHER_KEY not in refused.text
    assert await house.storage.all(Session) == before


@pytest.mark.parametrize("elsewhere", ["https://evil.example", "//evil.example", "/\\evil.example"])
async def test_a_proof_leads_nowhere_else(house: House, elsewhere: str) -> None:
    browser = await house.signed_up(MARA)
    page = await browser.get(f"/you/step-up?next={quote(elsewhere, safe='')}")
    assert "evil.example" not in page.text
    asked = {"key": KEY, "next": elsewhere}
    proved = await browser.post("/you/step-up", data=asked, headers=FROM_OUR_PAGE)
    assert proved.headers["location"] == "/you"


async def test_only_who_is_signed_in_is_asked(house: House) -> None:
    assert (await house.browser().get("/you/step-up", headers=AS_JSON)).status_code == 401


def test_a_proof_is_good_for_ten_minutes() -> None:
    assert step_up.FRESH_MS == 600_000
