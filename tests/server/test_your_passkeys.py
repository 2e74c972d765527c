"""The page of one's passkeys: what is there, under which name, and that one way in always stays."""

import pytest

from server.storage import Account, Identity, Passkey
from tests.server.house import AS_JSON, FROM_OUR_PAGE, MARA, TEO, House
from tests.server.software_authenticator import SoftwareAuthenticator as Device
from tests.server.with_passkeys import add, grow_old, kept, with_passkey

pytestmark = pytest.mark.usefixtures("database_url")


async def test_each_passkey_is_listed_by_its_name(house: House) -> None:
    mara = await with_passkey(house, MARA, Device())
    named = Device()
    await add(mara, named, "  my <b>phone</b>\x00\n and more")
    page = (await mara.get("/you/passkeys")).text
    assert (await kept(house, named)).name == "my <b>phone</b> and more"
    for text in ("Passkey 1", "my &lt;b&gt;phone&lt;/b&gt; and more", "Not used yet"):
        assert text in page
    await add(mara, long := Device(), "n" * 80)
    assert len((await kept(house, long)).name) == 60


async def test_a_program_is_told_by_a_code_that_nothing_was_added(house: House) -> None:
    mara = await house.signed_up(MARA)
    refused = await mara.post("/you/passkeys", data={"credential": ""}, headers=AS_JSON)
    assert (refused.status_code, refused.json()["code"]) == (422, "wrong_passkey")


async def test_a_passkey_takes_another_name_but_never_none(house: House) -> None:
    device = Device()
    mara = await with_passkey(house, MARA, device)
    for typed in ("the laptop", " "):
        renamed = await mara.post(f"/you/passkeys/{device.text_id}/name", data={"name": typed}, headers=FROM_OUR_PAGE)
        assert renamed.headers["location"] == "/you/passkeys?now=renamed"
        assert (await kept(house, device)).name == "the laptop"


async def test_a_passkey_is_taken_away(house: House) -> None:
    device = Device()
    mara = await with_passkey(house, MARA, device)
    removed = await mara.post(f"/you/passkeys/{device.text_id}/remove", headers=FROM_OUR_PAGE)
    assert removed.headers["location"] == "/you/passkeys?now=removed"
    assert await house.storage.all(Passkey) == []


async def test_the_last_way_in_stays(house: House) -> None:
    device, second = Device(), Device()
    mara = await with_passkey(house, MARA, device)
    await house.storage.update(Account, {"email": MARA}, key_hash="")
    remove = f"/you/passkeys/{device.text_id}/remove"
    refused = await mara.post(remove, headers=FROM_OUR_PAGE)
    assert (refused.status_code, "only way into your account" in refused.text) == (409, True)
    await add(mara, second)
    assert (await mara.post(remove, headers=FROM_OUR_PAGE)).status_code == 303
    identity = Identity((await kept(house, second)).account, "https://id.example", "mara", "id", "", 1)
    await house.storage.add(identity)
    refused = await mara.post(f"/you/passkeys/{second.text_id}/remove", headers=FROM_OUR_PAGE)
    assert refused.status_code == 409  # that provider is not one of ours any more


@pytest.mark.parametrize("verb", ["name", "remove"])
async def test_another_accounts_passkey_is_not_there(house: House, verb: str) -> None:
    device = Device()
    await with_passkey(house, MARA, device)
    teo = await house.signed_up(TEO)
    before = await kept(house, device)
    for id in (device.text_id, "nobodys", "%00", "a" * 2000):
        answer = await teo.post(f"/you/passkeys/{id}/{verb}", data={"name": "mine"}, headers=FROM_OUR_PAGE)
        assert answer.status_code == 404
    assert await kept(house, device) == before
    assert before.name not in (await teo.get("/you/passkeys")).text


async def test_adding_and_taking_away_need_a_proof_of_these_ten_minutes(house: House) -> None:
    device = Device()
    mara = await with_passkey(house, MARA, device)
    await grow_old(house)
    for path in ("/you/passkeys", f"/you/passkeys/{device.text_id}/remove"):
        led = await mara.post(path, headers={**FROM_OUR_PAGE, "Referer": "https://unlearn.test/you/passkeys"})
        assert (led.status_code, led.headers["location"]) == (303, "/you/step-up?next=%2Fyou%2Fpasskeys")
    assert await house.storage.all(Passkey) == [await kept(house, device)]
