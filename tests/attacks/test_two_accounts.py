"""One person sends another's ids, in every place where a request has room for one."""

from typing import Any

import httpx
import pytest

from sync.record import encode
from tests.attacks.addresses import OURS, SAFE, Address, addresses, ask, everything_in
from tests.attacks.people import Owner, belongings, fresh_cookie, nobodys, record_of
from tests.server.exchanging import request
from tests.server.house import House

pytestmark = pytest.mark.usefixtures("database_url")

# Under every name that a form or a program of ours could have for an id.
NAMES = {
    "id": "passkey",
    "credential": "passkey",
    "credential_id": "passkey",
    "subject": "identity",
    "user": "account",
    "journal": "account",
    "id_hash": "session",
    "code": "secret",
    "pairing": "secret",
    "state": "secret",
}


async def test_anothers_ids_open_nothing_and_are_answered_like_ids_that_nobody_has(
    house: House, mara: Owner, teo: Owner
) -> None:
    strange, before, faults = nobodys(mara.ids), await belongings(house.storage, mara.account), []
    for address in addresses(house.app):
        for hers, nobodys_own in zip(address.paths(mara.ids), address.paths(strange), strict=True):
            for how in ("form", "json") if address.method not in SAFE else ("query",):
                answer = await _send(house, teo, address, hers, mara.ids, how)
                other = await _send(house, teo, address, nobodys_own, strange, how)
                sent = f"{hers} {mara.ids}"
                leaked = [each for each in mara.secrets if each in everything_in(answer) and each not in sent]
                if leaked or answer.status_code >= 500 or answer.status_code != other.status_code:
                    faults.append((address.name, how, answer.status_code, other.status_code, leaked))
        assert await belongings(house.storage, mara.account) == before, address.name
    assert faults == []


@pytest.mark.parametrize("via", ["session", "token"])
async def test_a_sync_with_anothers_ids_is_an_exchange_with_ones_own_journal(
    house: House, mara: Owner, teo: Owner, via: str
) -> None:
    before = await belongings(house.storage, mara.account)
    forged = [
        record_of(kind, teo.words, mara.ids["writer"], mara.ids[kind]) for kind in ("trait", "practice", "device")
    ]
    asked = {"device": teo.ids["writer"] if via == "session" else mara.ids["writer"]}  # a session speaks for one device
    for known in ({}, {"cursor": 0, "epoch": teo.ids["epoch"]}, {"cursor": 1, "epoch": mara.ids["epoch"]}):
        answer = await _sync(house, teo, via, request(*forged, **{**asked, **known}))
        assert answer.status_code == (409 if known.get("epoch") == mara.ids["epoch"] else 200)
        assert mara.words not in answer.text
    assert await belongings(house.storage, mara.account) == before
    kept = {record.id: encode(record).decode() for record in await house.storage.records(teo.account)}
    assert all(teo.words in kept[record.id] for record in forged)


async def test_a_session_speaks_for_its_own_device_alone(house: House, mara: Owner, teo: Owner) -> None:
    answer = await _sync(house, teo, "session", request(device=mara.ids["writer"]))
    assert (answer.status_code, answer.json()["code"]) == (401, "signed_out")


@pytest.mark.parametrize("via", ["session", "token"])
async def test_a_page_of_one_account_never_writes_to_another(house: House, mara: Owner, teo: Owner, via: str) -> None:
    asked = request(record_of("trait", teo.words), device=teo.ids["writer"])
    answer = await _sync(house, teo, via, asked, {"Unlearn-Account": mara.account})
    assert (answer.status_code, answer.json()["code"]) == (401, "signed_out")


async def test_ones_own_secret_opens_no_account_of_anothers(house: House, mara: Owner, teo: Owner) -> None:
    for secret in (teo.cookie, teo.token):
        crossed = f"{mara.account}.{secret.partition('.')[2]}"
        assert (await ask(house, "GET", "/session", cookie=crossed)).status_code == 401
        bearer = {"Authorization": f"Bearer {crossed}"}
        assert (await ask(house, "POST", "/sync", headers=bearer, content=request())).status_code == 401


async def _send(house: House, who: Owner, address: Address, path: str, ids: dict[str, str], how: str) -> httpx.Response:
    named = {**{name: ids[of] for name, of in NAMES.items()}, **ids, "when": "now"}  # for what asks when
    body: dict[str, Any] = {"form": {"data": named}, "json": {"json": named}, "query": {"params": named}}[how]
    return await ask(house, address.method, path, cookie=await fresh_cookie(house.storage, who), **body)


async def _sync(
    house: House, who: Owner, via: str, content: bytes, headers: dict[str, str] | None = None
) -> httpx.Response:
    if via == "session":
        return await ask(
            house, "POST", "/sync", cookie=who.cookie, headers={**OURS, **(headers or {})}, content=content
        )
    bearer = {"Authorization": f"Bearer {who.token}", **(headers or {})}
    return await ask(house, "POST", "/sync", headers=bearer, content=content)
