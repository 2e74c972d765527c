"""Passkeys that sign in: a device's true answer opens its own account, and no other answer opens any."""

import json

import pytest

from server.credentials import hash_secret
from server.storage import Account, Passkey, Session, Ticket
from tests.server.house import AS_JSON, FROM_OUR_PAGE, MARA, TEO, House
from tests.server.software_authenticator import (
    EDDSA,
    ES256,
    PRESENT,
    RS256,
    VERIFIED,
    Lies,
    new_key,
)
from tests.server.software_authenticator import SoftwareAuthenticator as Device
from tests.server.with_passkeys import add, ask, kept, sign_in, with_passkey


@pytest.mark.parametrize("algorithm", [ES256, EDDSA, RS256])
async def test_a_passkey_of_any_of_the_three_algorithms_signs_in_and_its_use_is_noted(
    house: House, algorithm: int
) -> None:
    device = Device(algorithm)
    await with_passkey(house, MARA, device)
    assert (await kept(house, device)).used_at == 0
    browser = house.browser()
    form = {"credential": device.sign(await ask(browser, "/sign-in/passkey")), "next": "/journal"}
    opened = await browser.post("/sign-in/passkey", data=form, headers=FROM_OUR_PAGE)
    assert (opened.status_code, opened.headers["location"]) == (303, "/signed-in?next=%2Fjournal")
    assert (await browser.get("/session", headers=AS_JSON)).json()["email"] == MARA
    used = await kept(house, device)
    assert (used.sign_count, used.used_at > 0) == (1, True)


async def test_a_device_that_counts_nothing_signs_in_again_and_again(house: House) -> None:
    device = Device(counts=False)
    await with_passkey(house, MARA, device)
    for _ in range(2):
        browser = house.browser()
        assert (await sign_in(browser, device.sign(await ask(browser, "/sign-in/passkey")))).status_code == 200


async def test_a_device_is_asked_for_what_signs_in_without_a_name(house: House) -> None:
    browser, first = await house.signed_up(MARA), Device()
    account = await house.storage.one(Account, email=MARA)
    assert account
    await add(browser, first)
    asked = await ask(browser, "/you/passkeys")
    selection = asked["authenticatorSelection"]
    assert (selection["residentKey"], selection["userVerification"]) == ("required", "required")
    assert (asked["rp"]["id"], asked["attestation"]) == ("unlearn.test", "none")
    assert Device().make(asked)
    assert [each["id"] for each in asked["excludeCredentials"]] == [first.text_id]
    assert first.user_handle.decode() == account.account
    request = await ask(house.browser(), "/sign-in/passkey")
    assert (request["allowCredentials"], request["userVerification"], request["rpId"]) == (
        [],
        "required",
        "unlearn.test",
    )


CODE = "wrong_passkey"
WRONG = {
    "from another origin": Lies(origin="https://unlearn.test.evil.example"),
    "of another port": Lies(origin="https://unlearn.test:8443"),
    "from within another site's page": Lies(cross_origin=True),
    "for another site": Lies(rp_id="evil.example"),
    "to a question about making one": Lies(type="webauthn.create"),
    "to no question of ours": Lies(challenge=bytes(32)),
    "without the person being known": Lies(flags=PRESENT),
    "with nobody there": Lies(flags=VERIFIED),
    "of a credential that nobody has": Lies(id=bytes(16)),
    "of an account that nobody has": Lies(user_handle=b"nobody"),
    "of no account": Lies(user_handle=b""),
    "of an account that is none": Lies(user_handle=b"\x00' OR 1=1\xff"),
    "with the counter where it was": Lies(count=2),
    "with the counter gone back": Lies(count=1),
    "signed with another key": Lies(key=new_key(ES256)),
    "signed with nothing": Lies(signature=b"\x30\x06\x02\x01\x01\x02\x01\x01"),
}


async def test_no_wrong_answer_signs_in(house: House) -> None:
    device, refused = Device(), []
    await with_passkey(house, MARA, device)
    for _ in range(2):
        browser = house.browser()
        assert (await sign_in(browser, device.sign(await ask(browser, "/sign-in/passkey")))).status_code == 200
    before = (await house.storage.all(Session), await kept(house, device))
    for wrong, lies in WRONG.items():
        stranger = house.browser()
        answer = await sign_in(stranger, device.sign(await ask(stranger, "/sign-in/passkey"), lies))
        if (answer.status_code, answer.json()["code"], "__Host-unlearn" in stranger.cookies) == (401, CODE, False):
            refused.append(wrong)
    assert refused == list(WRONG)
    assert (await house.storage.all(Session), await kept(house, device)) == before


@pytest.mark.usefixtures("database_url")
async def test_an_answer_is_good_once(house: House) -> None:
    device = Device(counts=False)
    await with_passkey(house, MARA, device)
    browser = house.browser()
    credential = device.sign(await ask(browser, "/sign-in/passkey"))
    assert (await sign_in(browser, credential)).status_code == 200
    assert (await sign_in(browser, credential)).status_code == 401


async def test_a_wrong_answer_ends_the_challenge_too(house: House) -> None:
    device = Device()
    await with_passkey(house, MARA, device)
    browser = house.browser()
    asked = await ask(browser, "/sign-in/passkey")
    assert (await sign_in(browser, device.sign(asked, Lies(flags=PRESENT)))).status_code == 401
    assert (await sign_in(browser, device.sign(asked))).status_code == 401


async def test_an_answer_after_five_minutes_is_too_late(house: House) -> None:
    device = Device()
    await with_passkey(house, MARA, device)
    browser = house.browser()
    asked = await ask(browser, "/sign-in/passkey")
    key = {"hash": hash_secret(asked["challenge"])}
    ticket = await house.storage.one(Ticket, **key)
    assert ticket
    assert ticket.expires_at - ticket.created_at == 300_000
    await house.storage.update(Ticket, key, expires_at=ticket.created_at - 1)
    assert (await sign_in(browser, device.sign(asked))).status_code == 401


async def test_an_answer_to_what_another_browser_was_asked_signs_nobody_in(house: House) -> None:
    device = Device()
    await with_passkey(house, TEO, device)
    attacker, victim = house.browser(), house.browser()
    credential = device.sign(await ask(attacker, "/sign-in/passkey"))
    assert (await sign_in(victim, credential)).status_code == 401
    await ask(victim, "/sign-in/passkey")
    credential = device.sign(await ask(attacker, "/sign-in/passkey"))
    assert (await sign_in(victim, credential)).status_code == 401


async def test_two_tabs_of_a_browser_do_not_take_each_others_challenge(house: House) -> None:
    device = Device()
    await with_passkey(house, MARA, device)
    browser = house.browser()
    first, second = await ask(browser, "/sign-in/passkey"), await ask(browser, "/sign-in/passkey")
    assert (await sign_in(browser, device.sign(first))).status_code == 200
    assert (await sign_in(browser, device.sign(second))).status_code == 200


@pytest.mark.usefixtures("database_url")
async def test_another_accounts_passkey_is_no_proof_and_an_id_of_theirs_no_way_in(house: House) -> None:
    maras, teos = Device(), Device()
    mara, _ = await with_passkey(house, MARA, maras), await with_passkey(house, TEO, teos)
    for lies in (Lies(), Lies(user_handle=maras.user_handle), Lies(user_handle=b"")):
        form = {"credential": teos.sign(await ask(mara, "/you/step-up/passkey"), lies), "next": "/you"}
        assert (await mara.post("/you/step-up/passkey", data=form, headers=AS_JSON)).status_code == 401
    teos.id = maras.id  # Teo keeps a key of his own under the id of hers
    await add(_, teos)
    stranger = house.browser()
    lies = Lies(user_handle=maras.user_handle)
    assert (await sign_in(stranger, teos.sign(await ask(stranger, "/sign-in/passkey"), lies))).status_code == 401


@pytest.mark.parametrize("asked_for", ["/you/step-up/passkey", "/you/passkeys"])
async def test_a_challenge_is_for_what_it_was_asked_for(house: House, asked_for: str) -> None:
    device = Device()
    mara = await with_passkey(house, MARA, device)
    assert (await sign_in(mara, device.sign(await ask(mara, asked_for)))).status_code == 401


async def test_junk_is_no_passkey(house: House) -> None:
    mara = await house.signed_up(MARA)
    for junk in ("", "{}", "[" * 15_000, "[" * 20_000, "null", '{"id":"a","rawId":"a","type":"public-key"}'):
        assert (await sign_in(house.browser(), junk)).status_code == 401
        form = {"credential": junk, "name": "a"}
        assert (await mara.post("/you/passkeys", data=form, headers=FROM_OUR_PAGE)).status_code == 422
    assert await house.storage.all(Passkey) == []


async def test_nothing_is_kept_of_a_passkey_that_was_not_made_here(house: House) -> None:
    mara = await house.signed_up(MARA)
    for lies in [*list(WRONG.values())[:4], *list(WRONG.values())[5:8], Lies(type="webauthn.get")]:
        form = {"credential": Device().make(await ask(mara, "/you/passkeys"), lies), "name": "a"}
        assert (await mara.post("/you/passkeys", data=form, headers=FROM_OUR_PAGE)).status_code == 422
    assert await house.storage.all(Passkey) == []


async def test_what_ties_a_challenge_to_a_browser_is_read_by_no_script_and_sent_from_no_other_site(
    house: House,
) -> None:
    answer = await house.browser().post("/sign-in/passkey/new", headers=AS_JSON)
    said = answer.headers["set-cookie"].lower()
    assert said.startswith("__host-unlearn-asked=")
    assert all(each in said for each in ("httponly", "secure", "samesite=strict", "path=/", "max-age=300"))
    assert "domain" not in said
    assert json.loads(answer.text)["challenge"] not in said
