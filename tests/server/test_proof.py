"""How a device learns to make an account's key, and what strangers learn from asking: nothing."""

import httpx
import pytest
from argon2 import PasswordHasher

from server import attempts
from server.accounts import add_account
from server.keys import key_for, new_kdf, read_kdf, to_text
from server.storage import Account
from tests.server.house import AS_JSON, FROM_OUR_PAGE, KDF, KEY, MARA, OTHER_KEY, House, send

pytestmark = pytest.mark.usefixtures("database_url")

PASSPHRASE = "a lighthouse in the fog"
NOBODY = "nobody@example.org"


async def test_an_account_says_how_its_key_is_made_however_its_email_is_typed(house: House) -> None:
    await add_account(house.storage, MARA, KEY, KDF, 1)
    assert await asked(house.browser(), MARA) == await asked(house.browser(), " MARA@example.org") == KDF


async def test_an_account_that_is_not_there_says_the_same_each_time_and_another_something_else(house: House) -> None:
    said = [await asked(house.browser(), email) for email in (NOBODY, NOBODY, "no-one@example.org", "")]
    assert said[0] == said[1]
    assert len(set(said)) == 3
    for kdf in said:
        assert read_kdf(kdf)


async def test_of_a_hundred_strangers_some_seem_to_be_from_before_or_without_webassembly(house: House) -> None:
    said = [await asked(house.browser(), f"{n}@example.org") for n in range(100)]
    assert {kdf.rpartition(".")[0] for kdf in said} == {
        "argon2id.65536.3.1",
        "argon2id.65536.3.4",
        "pbkdf2-sha256.600000",
    }


async def test_an_account_without_a_passphrase_looks_like_one_that_is_not_there(house: House) -> None:
    before = await asked(house.browser(), MARA)
    await house.storage.add_account(Account("mara", MARA, "", 1))
    assert await asked(house.browser(), MARA) == before
    assert (await send(house.browser(), "/sign-in", MARA)).status_code == 401


async def test_who_is_signed_in_need_not_say_who_they_are(house: House) -> None:
    assert await asked(await house.signed_up(MARA), "") == KDF


async def test_asking_is_limited_for_an_account_and_for_an_address(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attempts, "ASKED", 3)
    monkeypatch.setattr(attempts, "ASKED_FROM_ADDRESS", 5)
    for each in range(3):
        await asked(house.browser(at=f"198.51.100.{each}"), MARA)
    refused = await ask(house.browser(at="198.51.100.9"), MARA)
    assert (refused.status_code, refused.json()["code"]) == (429, "slow_down")
    assert int(refused.headers["retry-after"]) > 0
    for each in range(5):
        await asked(house.browser(), f"{each}@example.org")
    assert (await ask(house.browser(), NOBODY)).status_code == 429


async def test_an_account_from_before_signs_in_with_the_key_and_is_then_like_the_others(house: House) -> None:
    kept = PasswordHasher(time_cost=3, memory_cost=65536, parallelism=4).hash(PASSPHRASE)
    await house.storage.add_account(Account("mara", MARA, kept, 1))
    kdf = await asked(house.browser(), MARA)
    assert kdf.startswith("argon2id.65536.3.4.")
    key = to_text(key_for(PASSPHRASE, kdf))

    assert (await send(house.browser(), "/sign-in", MARA, OTHER_KEY)).status_code == 401
    before = await house.storage.one(Account, email=MARA)
    assert before
    assert before.key_hash == kept
    assert (await send(house.browser(), "/sign-in", MARA, key)).status_code == 303
    after = await house.storage.one(Account, email=MARA)
    assert after
    assert (after.kdf, after.key_hash != kept) == (kdf, True)
    assert await asked(house.browser(), MARA) == kdf
    assert (await send(house.browser(), "/sign-in", MARA, key)).status_code == 303
    assert (await send(house.browser(), "/sign-in", MARA, OTHER_KEY)).status_code == 401


def test_the_server_makes_no_key_that_a_device_would_refuse() -> None:
    assert read_kdf(new_kdf())
    with pytest.raises(ValueError, match="pbkdf2"):
        key_for(PASSPHRASE, "pbkdf2-sha256.1000.c2FsdCBvZiB0aGUgc2VhIQ")


async def ask(browser: httpx.AsyncClient, email: str) -> httpx.Response:
    return await browser.post("/sign-in/parameters", data={"email": email}, headers={**FROM_OUR_PAGE, **AS_JSON})


async def asked(browser: httpx.AsyncClient, email: str) -> str:
    answer = await ask(browser, email)
    assert (answer.status_code, set(answer.json())) == (200, {"kdf"})
    return str(answer.json()["kdf"])
