"""Where a passkey leads: in, on to what is for its owner alone, or back to the form that says what was wrong."""

import pytest

from server import passkey_sign_in
from server.storage import Account
from tests.server.house import AS_JSON, FROM_OUR_PAGE, MARA, House
from tests.server.software_authenticator import SoftwareAuthenticator as Device
from tests.server.with_passkeys import ask, grow_old, sign_in, with_passkey

pytestmark = pytest.mark.usefixtures("database_url")


async def test_a_passkey_proves_once_more_who_somebody_is(house: House) -> None:
    device = Device()
    mara = await with_passkey(house, MARA, device)
    await grow_old(house)
    assert (await mara.post("/you/passkeys/new", headers=AS_JSON)).json()["code"] == "step_up"
    assert "/you/step-up/passkey" in (await mara.get("/you/step-up?next=/you/passkeys")).text
    before = dict(mara.cookies)
    asked = await ask(mara, "/you/step-up/passkey")
    assert [each["id"] for each in asked["allowCredentials"]] == [device.text_id]
    form = {"credential": device.sign(asked), "next": "/you/passkeys"}
    proved = await mara.post("/you/step-up/passkey", data=form, headers=FROM_OUR_PAGE)
    assert (proved.status_code, proved.headers["location"]) == (303, "/you/passkeys")
    assert dict(mara.cookies)["__Host-unlearn"] != before["__Host-unlearn"]
    await ask(mara, "/you/passkeys")


async def test_a_refused_proof_says_so_on_its_page(house: House) -> None:
    mara = await with_passkey(house, MARA, Device())
    refused = await mara.post("/you/step-up/passkey", data={"credential": "", "next": "/you"}, headers=FROM_OUR_PAGE)
    assert (refused.status_code, "That passkey did not open" in refused.text) == (401, True)


async def test_an_account_that_is_switched_off_stays_shut(house: House) -> None:
    device = Device()
    await with_passkey(house, MARA, device)
    await house.storage.update(Account, {"email": MARA}, disabled_at=1)
    browser = house.browser()
    refused = await sign_in(browser, device.sign(await ask(browser, "/sign-in/passkey")))
    assert (refused.status_code, refused.json()["code"]) == (403, "disabled")


async def test_who_is_refused_comes_back_to_the_form_that_says_so(house: House) -> None:
    browser = house.browser()
    form = {"credential": "", "next": "/journal?q=a&b"}
    refused = await browser.post("/sign-in/passkey", data=form, headers=FROM_OUR_PAGE)
    assert refused.headers["location"] == "/sign-in?next=%2Fjournal%3Fq%3Da%26b&refused=wrong_passkey"
    page = await browser.get(refused.headers["location"])
    assert ("That passkey did not open" in page.text, 'value="/journal?q=a&amp;b"' in page.text) == (True, True)
    assert "summary" not in (await browser.get("/sign-in?refused=summary")).text


async def test_asking_without_end_is_told_to_wait(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passkey_sign_in, "ASKED_FROM_ADDRESS", 3)
    browser = house.browser()
    for _ in range(3):
        await ask(browser, "/sign-in/passkey")
    assert (await browser.post("/sign-in/passkey/new", headers=AS_JSON)).status_code == 429
