"""Adding a device by a code: one use, one browser, two minutes, and a yes from the device that shows it."""

import asyncio
import re
from http.cookies import SimpleCookie

import httpx
import pytest

from server.clock import now_ms
from server.pairing import TTL_MS
from server.storage import Account, Session, Ticket
from tests.server.house import ADDRESS, AS_JSON, FROM_OUR_PAGE, MARA, TEO, House, send

pytestmark = pytest.mark.usefixtures("database_url")

NAME = "__Host-unlearn"
DIGITS = re.compile(r'class="digits"[^>]*>(\d{3} \d{3})<')


@pytest.fixture
async def laptop(house: House) -> httpx.AsyncClient:
    return await house.signed_up(MARA)


@pytest.fixture
def phone(house: House) -> httpx.AsyncClient:
    browser = house.browser()
    browser.headers["User-Agent"] = "Mozilla/5.0 (Android 16; Mobile; rv:153.0) Gecko/153.0 Firefox/153.0"
    return browser


async def test_both_screens_show_the_same_digits_and_a_yes_lets_the_device_in(
    laptop: httpx.AsyncClient, phone: httpx.AsyncClient
) -> None:
    assert (await claim(phone, await code_of(laptop))).headers["location"] == "/pair"
    asked, joining = (await laptop.get("/you/devices/add")).text, (await phone.get("/pair")).text
    assert "A device wants to join: Firefox on Android" in asked
    assert DIGITS.findall(asked) == DIGITS.findall(joining) != []
    assert MARA not in joining

    assert (await phone.post("/pair/enter", headers=FROM_OUR_PAGE)).status_code == 409
    assert NAME not in phone.cookies
    assert (await decide(laptop, "yes")).headers["location"] == "/you/devices?now=added"
    assert f"the journal of {MARA}" in (await phone.get("/pair")).text

    entered = await phone.post("/pair/enter", headers=FROM_OUR_PAGE)
    assert (entered.status_code, entered.headers["location"]) == (303, "/signed-in?next=%2F")
    assert (await phone.get("/session")).json()["email"] == MARA
    assert "Firefox on Android" in (await laptop.get("/you/devices")).text
    assert f"{NAME}-joining" not in phone.cookies


async def test_the_code_is_in_no_address_that_is_asked_for_and_each_end_in_a_closed_cookie(
    laptop: httpx.AsyncClient, phone: httpx.AsyncClient
) -> None:
    shown = await laptop.post("/you/devices/add", headers=FROM_OUR_PAGE)
    claimed = await claim(phone, await code_of(laptop))
    assert [each.headers["location"] for each in (shown, claimed)] == ["/you/devices/add", "/pair"]
    for answer, name in ((shown, f"{NAME}-adding"), (claimed, f"{NAME}-joining")):
        cookie = SimpleCookie(answer.headers["set-cookie"])[name]
        assert (cookie["httponly"], cookie["secure"], cookie["samesite"].lower()) == (True, True, "lax")
        assert (cookie["path"], cookie["domain"], int(cookie["max-age"])) == ("/", "", 360)


async def test_a_code_is_good_for_one_browser_of_all_that_try_at_once(house: House, laptop: httpx.AsyncClient) -> None:
    code = await code_of(laptop)
    browsers = [house.browser() for _ in range(6)]
    answers = await asyncio.gather(*(claim(browser, code) for browser in browsers))
    assert sorted(answer.status_code for answer in answers) == [303, 409, 409, 409, 409, 409]
    late = next(answer for answer in answers if answer.status_code == 409)
    assert "This code was used already" in late.text
    assert MARA not in late.text

    await decide(laptop, "yes")
    entered = await asyncio.gather(*(browser.post("/pair/enter", headers=FROM_OUR_PAGE) for browser in browsers))
    assert sorted(answer.status_code for answer in entered) == [303, 404, 404, 404, 404, 404]


async def test_who_was_let_in_is_let_in_once(laptop: httpx.AsyncClient, phone: httpx.AsyncClient) -> None:
    code = await code_of(laptop)
    await claim(phone, code)
    await decide(laptop, "yes")
    kept = dict(phone.cookies)
    entered = await asyncio.gather(
        *(phone.post("/pair/enter", headers={**FROM_OUR_PAGE, "Cookie": jar(kept)}) for _ in range(4))
    )
    assert sorted(answer.status_code for answer in entered) == [303, 409, 409, 409]
    assert (await claim(phone, code)).status_code == 409


async def test_a_no_keeps_the_device_out_and_says_so(laptop: httpx.AsyncClient, phone: httpx.AsyncClient) -> None:
    await claim(phone, await code_of(laptop))
    assert (await decide(laptop, "no")).headers["location"] == "/you/devices/add"
    assert "It was not let in" in (await laptop.get("/you/devices/add")).text
    assert (await phone.get("/pair/state")).json() == {"state": "refused"}
    assert "Your other device said no" in (await phone.get("/pair")).text
    assert (await phone.post("/pair/enter", headers=FROM_OUR_PAGE)).status_code == 403
    await decide(laptop, "yes")
    assert (await phone.post("/pair/enter", headers=FROM_OUR_PAGE)).status_code == 403


@pytest.mark.parametrize("when", ["before it is claimed", "before the yes", "after the yes"])
async def test_what_takes_longer_than_two_minutes_is_over(
    house: House, laptop: httpx.AsyncClient, phone: httpx.AsyncClient, when: str
) -> None:
    code = await code_of(laptop)
    [ticket] = await house.storage.all(Ticket)
    assert ticket.expires_at - ticket.created_at == TTL_MS == 120_000
    if when != "before it is claimed":
        await claim(phone, code)
    if when == "after the yes":
        await decide(laptop, "yes")
    await house.storage.update(Ticket, {"hash": ticket.hash}, expires_at=now_ms())
    if when == "before it is claimed":
        late = await claim(phone, code)
        assert (late.status_code, "they are over" in late.text) == (410, True)
    else:
        assert "they are over" in (await phone.get("/pair")).text
        await decide(laptop, "yes")
        assert (await phone.post("/pair/enter", headers=FROM_OUR_PAGE)).status_code == 410
    assert "The two minutes are over" in (await laptop.get("/you/devices/add")).text


@pytest.mark.parametrize("code", ["", "x", "a" * 43, "a" * 43 + "." + "b" * 43, "\x00é"])
async def test_a_wrong_code_is_not_known(phone: httpx.AsyncClient, code: str) -> None:
    answer = await claim(phone, code)
    assert (answer.status_code, "This code is not known here" in answer.text) == (404, True)
    told = await phone.post("/pair", data={"code": code}, headers=AS_JSON)
    assert (told.status_code, told.json()["code"]) == (404, "pairing_unknown")


async def test_nobody_but_the_session_that_shows_the_code_answers_for_it(
    house: House, laptop: httpx.AsyncClient, phone: httpx.AsyncClient
) -> None:
    await claim(phone, await code_of(laptop))
    adding = {f"{NAME}-adding": laptop.cookies[f"{NAME}-adding"]}
    teo, tablet = await house.signed_up(TEO), house.browser()
    await send(tablet, "/sign-in", MARA)
    for other in (teo, tablet):
        other.cookies.update(adding)
        assert "wants to join" not in (await other.get("/you/devices/add")).text
        await decide(other, "yes")
        assert (await phone.get("/pair/state")).json() == {"state": "claimed"}


async def test_showing_a_code_takes_a_fresh_proof(house: House, laptop: httpx.AsyncClient) -> None:
    for each in await house.storage.all(Session):
        await house.storage.update(Session, {"account": each.account, "id_hash": each.id_hash}, proved_at=1)
    for ask in (laptop.get, laptop.post):
        answer = await ask("/you/devices/add", headers=AS_JSON)
        assert (answer.status_code, answer.json()["code"]) == (403, "step_up")
    assert await house.storage.all(Ticket) == []


async def test_a_session_that_a_browser_brings_along_is_never_the_one_that_it_gets(
    house: House, laptop: httpx.AsyncClient
) -> None:
    teo = await house.signed_up(TEO)
    planted = teo.cookies[NAME]
    await claim(teo, await code_of(laptop))
    await decide(laptop, "yes")
    await teo.post("/pair/enter", headers=FROM_OUR_PAGE)
    assert teo.cookies[NAME] != planted
    assert (await teo.get("/session")).json()["email"] == MARA
    thief = house.browser()
    thief.cookies.set(NAME, planted, domain="unlearn.test")
    assert (await thief.get("/session")).status_code == 401


async def test_an_account_that_was_switched_off_meanwhile_lets_nobody_in(
    house: House, laptop: httpx.AsyncClient, phone: httpx.AsyncClient
) -> None:
    await claim(phone, await code_of(laptop))
    await decide(laptop, "yes")
    await house.storage.update(Account, {"email": MARA}, disabled_at=1)
    assert (await phone.post("/pair/enter", headers=FROM_OUR_PAGE)).status_code == 403
    assert NAME not in phone.cookies


async def test_a_device_that_reads_the_same_code_again_is_where_it_was(
    laptop: httpx.AsyncClient, phone: httpx.AsyncClient
) -> None:
    code = await code_of(laptop)
    await claim(phone, code)
    digits = DIGITS.findall((await phone.get("/pair")).text)
    assert (await claim(phone, code)).status_code == 303
    assert DIGITS.findall((await phone.get("/pair")).text) == digits


async def code_of(laptop: httpx.AsyncClient) -> str:
    """Show a code, and read it."""
    await laptop.post("/you/devices/add", headers=FROM_OUR_PAGE)
    page = (await laptop.get("/you/devices/add")).text
    found = re.search(rf'href="{re.escape(ADDRESS)}/pair#([A-Za-z0-9_-]+)"', page)
    assert found
    return found[1]


async def claim(browser: httpx.AsyncClient, code: str) -> httpx.Response:
    return await browser.post("/pair", data={"code": code}, headers=FROM_OUR_PAGE)


async def decide(laptop: httpx.AsyncClient, joins: str) -> httpx.Response:
    return await laptop.post("/you/devices/add/answer", data={"joins": joins}, headers=FROM_OUR_PAGE)


def jar(cookies: dict[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in cookies.items())
