import asyncio
import threading
from typing import Any

import pytest
from argon2 import PasswordHasher

from server import attempts
from server.accounts import add_account, make_token
from server.problems import Problem
from tests.server.house import AS_JSON, FROM_OUR_PAGE, KDF, KEY, MARA, OTHER_KEY, TEO, House, send

pytestmark = pytest.mark.usefixtures("database_url")

TRAIT = "I say yes before I have thought"


async def test_two_people_each_find_only_their_own_journal(house: House) -> None:
    mara, teo = await house.signed_up(MARA), await house.signed_up(TEO)
    made = await mara.post("/traits", data={"name": TRAIT}, headers=FROM_OUR_PAGE)
    trait = made.headers["location"]

    assert TRAIT in (await mara.get("/journal")).text
    assert TRAIT not in (await teo.get("/journal")).text
    assert [(await browser.get("/session")).json()["email"] for browser in (mara, teo)] == [MARA, TEO]

    for path in (trait, f"{trait}/edit"):
        assert (await teo.get(path)).status_code == 404
    for action in ("kept", "bin", "back", "shred"):
        assert (await teo.post(f"{trait}/{action}", data={"field": "name"}, headers=FROM_OUR_PAGE)).status_code == 404
    await teo.post(trait, data={"name": "Overwritten"}, headers=FROM_OUR_PAGE)
    assert TRAIT in (await mara.get(trait)).text
    assert "Overwritten" not in (await mara.get("/journal")).text


async def test_an_email_is_the_same_however_it_is_typed(house: House) -> None:
    await house.signed_up("Mara@Example.org")
    back = await send(house.browser(), "/sign-in", "  mara@EXAMPLE.ORG ")
    assert back.status_code == 303


async def test_an_email_that_is_taken_comes_back_with_what_was_typed_except_the_key(house: House) -> None:
    await house.signed_up(MARA)
    again = await send(house.browser(), "/accounts", MARA, OTHER_KEY)
    assert again.status_code == 409
    assert MARA in again.text
    assert "There is already a journal with this email" in again.text
    assert OTHER_KEY not in again.text
    assert "set-cookie" not in again.headers


@pytest.mark.parametrize(
    ("email", "sent", "said"),
    [
        ("mara", {}, {"code": "malformed", "errors": {"email": "email"}}),
        ("a@b@c", {}, {"code": "malformed", "errors": {"email": "email"}}),
        (f"{'m' * 250}@b.org", {}, {"code": "malformed", "errors": {"email": "email"}}),
        ("mara\x00@example.org", {}, {"code": "malformed", "errors": {"email": "email"}}),
        (MARA, {"key": ""}, {"code": "no_key"}),
        (MARA, {"key": KEY[:-1]}, {"code": "no_key"}),
        (MARA, {"key": KEY + "A"}, {"code": "no_key"}),
        (MARA, {"key": KEY[:-1] + "B"}, {"code": "no_key"}),  # another spelling of the same bytes
        (MARA, {"kdf": ""}, {"code": "no_key"}),
        (MARA, {"kdf": "pbkdf2-sha256.1000.c2FsdCBvZiB0aGUgc2VhIQ"}, {"code": "no_key"}),
    ],
)
async def test_what_cannot_be_an_account_is_refused(
    house: House, email: str, sent: dict[str, str], said: dict[str, Any]
) -> None:
    form = {"email": email, "key": KEY, "kdf": KDF, **sent}
    refused = await house.browser().post("/accounts", data=form, headers=AS_JSON)
    assert (refused.status_code, {name: refused.json().get(name) for name in said}) == (422, said)
    page = await house.browser().post("/accounts", data=form, headers=FROM_OUR_PAGE)
    assert page.status_code == 422
    assert page.text.count('aria-invalid="true"') == len(said.get("errors", {}))
    assert "set-cookie" not in page.headers


async def test_a_passphrase_is_not_even_read(house: House) -> None:
    form = {"email": MARA, "passphrase": "a lighthouse in the fog"}
    refused = await house.browser().post("/accounts", data=form, headers=FROM_OUR_PAGE)
    assert refused.status_code == 422
    assert "This browser could not make a key" in refused.text
    assert "lighthouse" not in refused.text


async def test_a_program_gets_json_for_each_answer(house: House) -> None:
    browser = house.browser()
    form = {"email": MARA, "key": KEY, "kdf": KDF}
    made = await browser.post("/accounts", data=form, headers=AS_JSON)
    assert (made.status_code, made.json()["email"], set(made.json())) == (201, MARA, {"account", "email"})
    assert (await browser.get("/session", headers=AS_JSON)).json() == {**made.json(), "device": None}

    left = await browser.post("/sign-out", headers=AS_JSON)
    assert (left.status_code, left.json()) == (200, {"next": "/"})
    gone = await browser.get("/session", headers=AS_JSON)
    assert (gone.status_code, gone.json()["code"]) == (401, "signed_out")

    back = await browser.post("/sign-in", data=form, headers=AS_JSON)
    assert (back.status_code, back.json()) == (200, made.json())


async def test_a_wrong_passphrase_and_an_unknown_account_answer_alike(house: House) -> None:
    await house.signed_up(MARA)
    wrong, unknown = [
        await house.browser().post("/sign-in", data={"email": email, "key": OTHER_KEY}, headers=AS_JSON)
        for email in (MARA, "nobody@example.org")
    ]
    assert (wrong.status_code, wrong.json()) == (unknown.status_code, unknown.json())
    assert (wrong.status_code, wrong.json()["code"]) == (401, "wrong_passphrase")
    page = await send(house.browser(), "/sign-in", MARA, OTHER_KEY)
    assert page.status_code == 401
    assert "This email and passphrase do not go together" in page.text
    assert OTHER_KEY not in page.text


async def test_signing_out_ends_the_session_on_the_server_too(house: House) -> None:
    browser = await house.signed_up(MARA)
    stolen = dict(browser.cookies)
    left = await browser.post("/sign-out", headers=FROM_OUR_PAGE)
    assert (left.status_code, left.headers["location"]) == (303, "/")
    assert "Max-Age=0" in left.headers["set-cookie"]
    thief = house.browser()
    thief.cookies.update(stolen)
    assert (await thief.get("/session")).status_code == 401


async def test_tries_are_limited_for_the_account_and_only_wrong_ones_count(house: House) -> None:
    await house.signed_up(MARA)
    await house.signed_up(TEO)
    for each in range(9):
        wrong = await send(house.browser(at=f"198.51.100.{each}"), "/sign-in", MARA, OTHER_KEY)
        assert wrong.status_code == 401
    assert (await send(house.browser(), "/sign-in", MARA)).status_code == 303
    await send(house.browser(), "/sign-in", MARA, OTHER_KEY)

    stopped = await send(house.browser(), "/sign-in", MARA)
    assert stopped.status_code == 429
    assert 0 < int(stopped.headers["retry-after"]) <= 15 * 60
    assert MARA in stopped.text
    assert (await send(house.browser(), "/sign-in", TEO)).status_code == 303


async def test_tries_are_limited_for_the_address_whichever_account_they_are_for(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attempts, "TRIES_FROM_ADDRESS", 12)  # each guess takes 64 MiB and a tenth of a second
    await house.signed_up(MARA)
    guessing = [house.browser(at=f"2001:db8::{each:x}") for each in range(13)]
    answers = [await send(browser, "/sign-in", f"{n}@example.org", OTHER_KEY) for n, browser in enumerate(guessing)]
    assert [answer.status_code for answer in answers] == [401] * 12 + [429]
    assert (await send(guessing[0], "/sign-in", MARA)).status_code == 429
    assert (await send(house.browser(at="2001:db8:0:1::1"), "/sign-in", MARA)).status_code == 303


async def test_pages_are_answered_while_keys_are_hashed_two_at_a_time(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    started, answered = threading.Event(), threading.Event()
    patient: list[bool] = []
    hashing: list[int] = []
    now_hashing = 0
    hash_now = PasswordHasher.hash

    def hash_once_a_page_was_answered(self: PasswordHasher, key: bytes) -> str:
        nonlocal now_hashing
        now_hashing += 1
        hashing.append(now_hashing)
        started.set()
        patient.append(answered.wait(timeout=10))
        kept = hash_now(self, key)
        now_hashing -= 1
        return kept

    monkeypatch.setattr(PasswordHasher, "hash", hash_once_a_page_was_answered)
    storm = [asyncio.create_task(send(house.browser(), "/accounts", f"{n}@example.org")) for n in range(4)]
    assert await asyncio.to_thread(started.wait, 10)
    assert (await house.browser().get("/support")).status_code == 200
    answered.set()
    assert [answer.status_code for answer in await asyncio.gather(*storm)] == [303] * 4
    assert patient == [True] * 4
    assert max(hashing) <= 2


async def test_a_token_opens_sync_alone_and_only_its_own_journal(house: House) -> None:
    mara = await add_account(house.storage, MARA, KEY, KDF, 1)
    teo = await add_account(house.storage, TEO, KEY, KDF, 1)
    token = await make_token(house.storage, MARA, 2)
    assert token
    swapped = token.replace(mara.account, teo.account)
    browser = house.browser()

    async def ask(path: str, token: str) -> int:
        return (await browser.get(path, headers={"Authorization": f"Bearer {token}"})).status_code

    assert await ask("/journal", token) == 401
    assert await ask("/session", token) == 401
    pushed = await browser.post("/sync", content=b"{}", headers={"Authorization": f"Bearer {token}"})
    assert pushed.status_code not in (401, 403)
    for other in (swapped, token[:-1], "", "a b", "🌊"):
        refused = await browser.post("/sync", content=b"{}", headers={b"Authorization": f"Bearer {other}".encode()})
        assert (refused.status_code, refused.json()["code"]) == (401, "signed_out")
    assert await make_token(house.storage, "nobody@example.org", 2) is None


async def test_the_operator_is_told_what_is_wrong_with_an_account(house: House) -> None:
    await add_account(house.storage, MARA, KEY, KDF, 1)
    with pytest.raises(Problem) as refusal:
        await add_account(house.storage, MARA.upper(), KEY, KDF, 1)
    assert refusal.value.extra["errors"] == {"email": "email_taken"}


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"email=" + b"m" * 40_000, "application/x-www-form-urlencoded", 413),
        (b"email=%ff", "application/x-www-form-urlencoded", 400),
        (b"email=\xff", "application/x-www-form-urlencoded", 400),
        (b"&".join([b"a=b"] * 2000), "application/x-www-form-urlencoded", 400),
        (b"{}", "application/json", 415),
        (b"--", "multipart/form-data", 415),
    ],
)
async def test_a_body_that_is_no_form_is_refused(house: House, content: bytes, kind: str, status: int) -> None:
    headers = {**AS_JSON, "Content-Type": kind}
    refused = await house.browser().post("/sign-in", content=content, headers=headers)
    assert refused.status_code == status
