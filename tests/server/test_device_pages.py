"""The list of who is signed in, and ending one of them from another."""

import html
import re

import httpx
import pytest

from server.accounts import make_token
from server.clock import now_ms
from server.sessions import DAY_MS
from server.storage import Session
from sync.record import encode, new, save
from tests.server.house import AS_JSON, FROM_OUR_PAGE, MARA, TEO, House, send

pytestmark = pytest.mark.usefixtures("database_url")

PHONE = "Mozilla/5.0 (Android 16; Mobile; rv:153.0) Gecko/153.0 Firefox/153.0"
LAPTOP = "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0"
NOBODYS = "0" * 64


@pytest.fixture
async def phone(house: House) -> httpx.AsyncClient:
    browser = house.browser()
    browser.headers["User-Agent"] = PHONE
    assert (await send(browser, "/accounts", MARA)).status_code == 303
    return browser


@pytest.fixture
async def laptop(house: House, phone: httpx.AsyncClient) -> httpx.AsyncClient:
    browser = house.browser()
    browser.headers["User-Agent"] = LAPTOP
    assert (await send(browser, "/sign-in", MARA)).status_code == 303
    return browser


async def test_each_device_is_listed_with_its_name_and_when_it_was_seen(
    house: House, phone: httpx.AsyncClient, laptop: httpx.AsyncClient
) -> None:
    assert "Firefox on Android" in await listed(laptop)
    await use(house, phone, "k3f9x2")
    named = save(
        new("0f6cfc1e-58ab-4a53-9d5b-a0a49f3a4e11", "device"), "k3f9x2", {"name": "My phone", "writer": "k3f9x2"}, 1
    )
    assert (await exchange(phone, "k3f9x2", encode(named))).status_code == 200
    await seen(house, "Firefox on Android", 5 * 60_000)

    said = await listed(laptop)
    assert said.index("Firefox on Linux This device") < said.index(
        "My phone Firefox on Android · Last seen 5 minutes ago"
    )
    assert "Signed in just now" in said
    assert "This device" not in said[said.index("My phone") :]


async def test_a_session_that_is_over_is_not_listed(
    house: House, phone: httpx.AsyncClient, laptop: httpx.AsyncClient
) -> None:
    del phone
    await seen(house, "Firefox on Android", 30 * DAY_MS)
    assert "Android" not in await listed(laptop)


async def test_a_device_is_signed_out_from_another_and_the_others_stay(
    house: House, phone: httpx.AsyncClient, laptop: httpx.AsyncClient
) -> None:
    tablet = house.browser()
    await send(tablet, "/sign-in", MARA)
    answer = await post(laptop, "end", session=await session_of(house, "Firefox on Android"))
    assert (answer.status_code, answer.headers["location"]) == (303, "/you/devices?now=ended")
    assert [await is_in(each) for each in (phone, laptop, tablet)] == [False, True, True]


async def test_all_others_are_signed_out_at_once(
    house: House, phone: httpx.AsyncClient, laptop: httpx.AsyncClient
) -> None:
    teo = await house.signed_up(TEO)
    answer = await post(laptop, "end-others")
    assert answer.headers["location"] == "/you/devices?now=ended_others"
    assert [await is_in(each) for each in (phone, laptop, teo)] == [False, True, True]


async def test_a_program_is_listed_and_its_key_taken_back_at_once(house: House, laptop: httpx.AsyncClient) -> None:
    token = await make_token(house.storage, MARA, now_ms())
    script = house.browser()
    script.headers["Authorization"] = f"Bearer {token}"
    assert (await exchange(script, "script")).status_code == 200
    page = (await laptop.get("/you/devices")).text
    assert "A program" in page
    found = re.search(r'name="token" value="([^"]+)"', page)
    assert found
    assert (await post(laptop, "stop", token=found[1])).headers["location"] == "/you/devices?now=stopped"
    assert (await exchange(script, "script")).status_code == 401
    assert "A program" not in await listed(laptop)


@pytest.mark.parametrize(("action", "field"), [("end", "session"), ("stop", "token")])
async def test_what_is_another_account_s_is_not_there(
    house: House, laptop: httpx.AsyncClient, action: str, field: str
) -> None:
    teo = await house.signed_up(TEO)
    token = await make_token(house.storage, TEO, 1)
    assert token
    theirs = [each for each in await house.storage.all(Session) if not each.label.startswith("Firefox")]
    for each in (theirs[0].id_hash, NOBODYS, ""):
        assert (await post(laptop, action, **{field: each})).status_code == 404
    assert await is_in(teo)


@pytest.mark.parametrize("action", ["end", "end-others", "stop"])
async def test_ending_another_takes_a_fresh_proof(house: House, laptop: httpx.AsyncClient, action: str) -> None:
    for each in await house.storage.all(Session):
        await house.storage.update(Session, {"account": each.account, "id_hash": each.id_hash}, proved_at=1)
    before = await house.storage.all(Session)
    answer = await laptop.post(f"/you/devices/{action}", headers=AS_JSON)
    assert (answer.status_code, answer.json()["code"]) == (403, "step_up")
    assert len(await house.storage.all(Session)) == len(before)
    assert "Firefox on Linux" in await listed(laptop)


async def test_nobody_is_listed_to_who_is_signed_out(house: House) -> None:
    assert (await house.browser().get("/you/devices", headers=AS_JSON)).status_code == 401


async def listed(browser: httpx.AsyncClient) -> str:
    """What the page says, its words alone."""
    page = await browser.get("/you/devices")
    assert page.status_code == 200
    main = page.text.partition("<main")[2].partition("</main>")[0].partition(">")[2]
    spaced = re.sub(r"</span><span>", " · ", main)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", spaced)).split())


async def post(browser: httpx.AsyncClient, action: str, **form: str) -> httpx.Response:
    return await browser.post(f"/you/devices/{action}", data=form, headers=FROM_OUR_PAGE)


async def is_in(browser: httpx.AsyncClient) -> bool:
    return (await browser.get("/session")).status_code == 200


async def exchange(browser: httpx.AsyncClient, device: str, record: bytes = b"") -> httpx.Response:
    body = b'{"v":1,"device":"%s","records":[%s]}' % (device.encode(), record)
    return await browser.post("/sync", content=body, headers={"Sec-Fetch-Site": "same-origin"})


async def use(house: House, browser: httpx.AsyncClient, device: str) -> None:
    assert (await exchange(browser, device)).status_code == 200
    assert device in [each.device for each in await house.storage.all(Session)]


async def session_of(house: House, label: str) -> str:
    return next(each.id_hash for each in await house.storage.all(Session) if each.label == label)


async def seen(house: House, label: str, ago: int) -> None:
    """Set back when this device was last seen, by so many ms."""
    seen_at = now_ms() - ago
    for each in await house.storage.all(Session):
        if each.label == label:
            key = {"account": each.account, "id_hash": each.id_hash}
            await house.storage.update(Session, key, seen_at=seen_at)
