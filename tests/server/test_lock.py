"""The lock as the server's own pages have it: without a worker, and after a hard reload."""

import httpx
import pytest

from server.pins import is_right, keep_pin
from tests.server.house import FROM_OUR_PAGE, KEY, MARA, OTHER_KEY, House

PIN = "4711"
TRAIT = "I go quiet in groups"
LOCK = {"pin": PIN, "again": PIN, "after": "5"}


async def post(browser: httpx.AsyncClient, path: str, **form: str) -> httpx.Response:
    return await browser.post(path, data=form, headers=FROM_OUR_PAGE)


@pytest.fixture
async def mara(house: House) -> httpx.AsyncClient:
    """Her browser: a trait is in her journal, and a lock is set and on."""
    mara = await house.signed_up(MARA)
    await post(mara, "/traits", name=TRAIT)
    assert (await post(mara, "/you/lock", **LOCK)).status_code == 303
    assert TRAIT in (await mara.get("/journal")).text
    await post(mara, "/you/lock/now")
    return mara


@pytest.mark.parametrize("path", ["/", "/journal", "/notice", "/you", "/you/export", "/you/lock", "/plans", "/sign-in"])
async def test_a_locked_page_has_no_words_of_the_person(mara: httpx.AsyncClient, path: str) -> None:
    page = await mara.get(path)
    assert (page.status_code, TRAIT in page.text) == (423, False)
    assert "<title>Locked" in page.text
    assert f'name="next" value="{path}"' in page.text


async def test_the_pin_leads_to_what_was_asked_for(mara: httpx.AsyncClient) -> None:
    wrong = await post(mara, "/unlock", pin="0000", next="/journal?q=quiet")
    assert (wrong.status_code, "That is not the PIN." in wrong.text) == (423, True)
    right = await post(mara, "/unlock", pin=PIN, next="/journal?q=quiet")
    assert (right.status_code, right.headers["location"]) == (303, "/journal?q=quiet")
    assert TRAIT in (await mara.get("/journal")).text


async def test_a_device_that_vouches_for_somebody_is_nothing_to_a_server_and_no_wrong_pin(
    mara: httpx.AsyncClient,
) -> None:
    for _ in range(6):
        page = await post(mara, "/unlock", do="passkey", client="e30", authenticator="AA", signature="AA")
        assert (page.status_code, "Try once more, or use the PIN." in page.text) == (423, True)
    assert (await post(mara, "/unlock", pin=PIN)).status_code == 303


async def test_the_pin_leads_nowhere_else(mara: httpx.AsyncClient) -> None:
    assert (await post(mara, "/unlock", pin=PIN, next="//evil.example")).headers["location"] == "/"


async def test_too_many_wrong_pins_have_to_wait(mara: httpx.AsyncClient) -> None:
    for _ in range(5):
        await post(mara, "/unlock", pin="0000")
    assert "That PIN was not tried. The next try is in 15 minutes." in (await post(mara, "/unlock", pin=PIN)).text
    assert (await mara.get("/journal")).status_code == 423


@pytest.mark.parametrize("path", ["/support", "/learn", "/learn/use", "/measures"])
async def test_help_stays_open(mara: httpx.AsyncClient, path: str) -> None:
    assert (await mara.get(path)).status_code == 200


async def test_words_that_a_form_brings_are_kept_and_nothing_else_is_done(mara: httpx.AsyncClient) -> None:
    saved = await post(mara, "/traits", name="I say yes too fast")
    assert saved.status_code == 303
    assert (await post(mara, f"{saved.headers['location']}/bin")).status_code == 423
    await post(mara, "/unlock", pin=PIN)
    assert "I say yes too fast" in (await mara.get("/journal")).text


async def test_signing_out_and_in_leaves_the_lock_on(mara: httpx.AsyncClient) -> None:
    await post(mara, "/sign-out")
    await post(mara, "/sign-in", email=MARA, key=KEY)
    assert (await mara.get("/journal")).status_code == 423


async def test_whoever_is_signed_out_gets_to_the_form_that_signs_in_and_finds_the_lock_after_it(
    mara: httpx.AsyncClient,
) -> None:
    await post(mara, "/sign-out")
    for path in ("/", "/you", "/sign-in"):
        page = await mara.get(path)
        assert (page.status_code, "data-lock" in page.text) == (200, False)
    await post(mara, "/sign-in", email=MARA, key=KEY)
    assert (await mara.get("/journal")).status_code == 423


async def test_only_the_pin_or_the_passphrase_takes_it_off(mara: httpx.AsyncClient) -> None:
    assert (await post(mara, "/you/lock", do="off", current=PIN)).status_code == 423
    for key, leads in ((OTHER_KEY, 423), (KEY, 303)):
        assert (await post(mara, "/unlock", do="passphrase", key=key)).status_code == leads
    assert TRAIT in (await mara.get("/journal")).text


async def test_hiding_locks_at_once(mara: httpx.AsyncClient) -> None:
    await post(mara, "/unlock", pin=PIN)
    await mara.get("/measures")
    assert (await mara.get("/journal")).status_code == 423


async def test_what_is_no_lock_is_refused(mara: httpx.AsyncClient) -> None:
    assert (await post(mara, "/session/lock", lock="5.1.aa.bb")).status_code == 400
    assert (await mara.get("/journal")).status_code == 423


async def test_a_pin_is_known_by_what_is_kept_of_it() -> None:
    kept = await keep_pin(PIN)
    assert PIN not in kept.split(".")
    assert [await is_right(pin, kept) for pin in (PIN, "4712", "")] == [True, False, False]
