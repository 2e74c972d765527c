"""What a browser and a device do with the passkeys of an account."""

from typing import Any

import httpx

from server.storage import Passkey, Session
from tests.server.house import AS_JSON, FROM_OUR_PAGE, House
from tests.server.software_authenticator import SoftwareAuthenticator as Device


async def ask(browser: httpx.AsyncClient, path: str) -> dict[str, Any]:
    answer = await browser.post(f"{path}/new", headers=AS_JSON)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def add(browser: httpx.AsyncClient, device: Device, name: str = "") -> None:
    form = {"credential": device.make(await ask(browser, "/you/passkeys")), "name": name}
    added = await browser.post("/you/passkeys", data=form, headers=FROM_OUR_PAGE)
    assert (added.status_code, added.headers["location"]) == (303, "/you/passkeys?now=added")


async def with_passkey(house: House, email: str, device: Device) -> httpx.AsyncClient:
    browser = await house.signed_up(email)
    await add(browser, device)
    return browser


async def sign_in(browser: httpx.AsyncClient, credential: str) -> httpx.Response:
    return await browser.post("/sign-in/passkey", data={"credential": credential, "next": "/"}, headers=AS_JSON)


async def kept(house: House, device: Device) -> Passkey:
    found = await house.storage.one(Passkey, id=device.text_id)
    assert found
    return found


async def grow_old(house: House) -> None:
    """Let the proof of every session be of long ago."""
    for session in await house.storage.all(Session):
        key = {"account": session.account, "id_hash": session.id_hash}
        await house.storage.update(Session, key, proved_at=1)
