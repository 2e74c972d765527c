"""A new passphrase, and the key to get back in with when it is forgotten."""

import pytest

from server import attempts
from server.storage import Account, Session
from tests.server.house import FROM_OUR_PAGE, KDF, KEY, MARA, OTHER_KEY, House, send

pytestmark = pytest.mark.usefixtures("database_url")

VERIFIER = "what-a-recovery-key-gives".ljust(43, "A")
NEW = {"key": OTHER_KEY, "kdf": KDF}


async def test_a_new_passphrase_ends_every_other_session_and_renames_this_one(house: House) -> None:
    mara = await house.signed_up(MARA)
    other = house.browser()
    await send(other, "/sign-in", MARA)
    stolen = dict(mara.cookies)
    changed = await mara.post("/you/passphrase", data=NEW, headers=FROM_OUR_PAGE)
    assert (changed.status_code, changed.headers["location"]) == (303, "/you/recovery?now=changed")
    assert (await mara.get("/session")).status_code == 200
    assert (await other.get("/session")).status_code == 401
    thief = house.browser()
    thief.cookies.update(stolen)
    assert (await thief.get("/session")).status_code == 401
    assert (await send(house.browser(), "/sign-in", MARA)).status_code == 401
    assert (await send(house.browser(), "/sign-in", MARA, OTHER_KEY)).status_code == 303


@pytest.mark.parametrize(
    "sent", [{}, {**NEW, "key": "short"}, {**NEW, "kdf": "pbkdf2-sha256.1.c2FsdCBvZiB0aGUgc2VhIQ"}]
)
async def test_what_is_no_key_changes_nothing(house: House, sent: dict[str, str]) -> None:
    mara = await house.signed_up(MARA)
    refused = await mara.post("/you/passphrase", data=sent, headers=FROM_OUR_PAGE)
    assert refused.status_code == 422
    assert "This browser could not make a key" in refused.text
    assert (await send(house.browser(), "/sign-in", MARA)).status_code == 303


@pytest.mark.parametrize("path", ["/you/passphrase", "/you/recovery"])
async def test_neither_is_changed_without_a_fresh_proof(house: House, path: str) -> None:
    mara = await house.signed_up(MARA)
    for each in await house.storage.all(Session):
        await house.storage.update(Session, {"account": each.account, "id_hash": each.id_hash}, proved_at=1)
    before = await house.storage.one(Account, email=MARA)
    for answer in (
        await mara.get(path),
        await mara.post(path, data={**NEW, "verifier": VERIFIER}, headers=FROM_OUR_PAGE),
    ):
        assert (answer.status_code, answer.headers["location"].startswith("/you/step-up")) == (303, True)
    assert await house.storage.one(Account, email=MARA) == before


async def test_a_recovery_key_sets_a_new_passphrase_once_and_signs_everybody_else_out(house: House) -> None:
    mara = await house.signed_up(MARA)
    await mara.post("/you/recovery", data={"verifier": VERIFIER}, headers=FROM_OUR_PAGE)
    assert "You have a recovery key already" in (await mara.get("/you/recovery")).text
    recovered = house.browser()
    form = {"email": MARA, "verifier": VERIFIER, **NEW}
    answer = await recovered.post("/recover", data=form, headers=FROM_OUR_PAGE)
    assert (answer.status_code, answer.headers["location"]) == (
        303,
        "/signed-in?next=%2Fyou%2Frecovery%3Fnow%3Drecovered",
    )
    assert (await recovered.get("/session")).json()["email"] == MARA
    assert (await mara.get("/session")).status_code == 401
    assert (await send(house.browser(), "/sign-in", MARA, KEY)).status_code == 401
    assert (await send(house.browser(), "/sign-in", MARA, OTHER_KEY)).status_code == 303
    again = await house.browser().post("/recover", data=form, headers=FROM_OUR_PAGE)
    assert again.status_code == 401


async def test_unknown_accounts_and_those_without_a_recovery_key_answer_alike(house: House) -> None:
    await house.signed_up(MARA)
    said = []
    for email in (MARA, "nobody@example.org"):
        for verifier in (VERIFIER, ""):
            form = {"email": email, "verifier": verifier, **NEW}
            refused = await house.browser().post("/recover", data=form, headers=FROM_OUR_PAGE)
            assert "This email and recovery key do not go together" in refused.text
            said.append((refused.status_code, "set-cookie" in refused.headers))
    assert set(said) == {(401, False)}


async def test_recovery_keys_are_not_guessed_for_long(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attempts, "TRIES", 2)
    await house.signed_up(MARA)
    form = {"email": MARA, "verifier": VERIFIER, **NEW}
    said = [await house.browser().post("/recover", data=form, headers=FROM_OUR_PAGE) for _ in range(3)]
    assert [answer.status_code for answer in said] == [401, 401, 429]
    assert int(said[-1].headers["retry-after"]) > 0
