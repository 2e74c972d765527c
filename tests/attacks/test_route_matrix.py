"""Who may ask what: every route of the app, whoever asks. A route that nobody listed fails by name."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from server.clock import now_ms
from server.credentials import new_credential
from server.sessions import DAY_MS
from server.storage import Account, Session
from tests.attacks.addresses import OURS, SAFE, addresses, ask, everything_in
from tests.attacks.people import SESSION, Owner, belongings, fresh_cookie
from tests.server.house import House

Headers = dict[str, str]
Stranger = Callable[[House, Owner], Awaitable[Headers]]

PUBLIC = set((Path(__file__).parent / "public.txt").read_text().splitlines())


async def nobody(house: House, mara: Owner) -> Headers:
    return {}


async def revoked(house: House, mara: Owner) -> Headers:
    await house.storage.remove(Session, account=mara.account)
    return {"Cookie": f"{SESSION}={mara.cookie}"}


async def left_alone(house: House, mara: Owner) -> Headers:
    await _seen(house, mara, seen_at=now_ms() - house.app.state.settings.session_idle_days * DAY_MS)
    return {"Cookie": f"{SESSION}={mara.cookie}"}


async def grown_old(house: House, mara: Owner) -> Headers:
    await _seen(house, mara, created_at=now_ms() - house.app.state.settings.session_days * DAY_MS)
    return {"Cookie": f"{SESSION}={mara.cookie}"}


async def switched_off(house: House, mara: Owner) -> Headers:
    await house.storage.update(Account, {"account": mara.account}, disabled_at=now_ms())
    return {"Cookie": f"{SESSION}={mara.cookie}"}


async def about_to_go(house: House, mara: Owner) -> Headers:
    sent = await ask(house, "POST", "/you/delete", cookie=mara.cookie, data={"when": "week"})
    assert sent.headers["location"] == "/deleted?when=week"
    return {"Cookie": f"{SESSION}={mara.cookie}"}


async def token_of_who_is_about_to_go(house: House, mara: Owner) -> Headers:
    await _goes_soon(house, mara)
    return {"Authorization": f"Bearer {mara.token}"}


async def planted(house: House, mara: Owner) -> Headers:
    return {"Cookie": f"{SESSION}={new_credential(mara.account)[0]}"}


async def two_of_the_name(house: House, mara: Owner) -> Headers:
    return {"Cookie": f"{SESSION}={mara.cookie}; {SESSION}={mara.cookie}"}


async def another_name(house: House, mara: Owner) -> Headers:
    return {"Cookie": f"unlearn={mara.cookie}; __Secure-unlearn={mara.cookie}; __host-unlearn={mara.cookie}"}


async def hash_for_secret(house: House, mara: Owner) -> Headers:
    return {"Cookie": f"{SESSION}={mara.account}.{mara.ids['session'][:43]}"}


async def cookie_as_token(house: House, mara: Owner) -> Headers:
    return {"Authorization": f"Bearer {mara.cookie}"}


async def token_as_cookie(house: House, mara: Owner) -> Headers:
    return {"Cookie": f"{SESSION}={mara.token}"}


async def token_beside_a_cookie(house: House, mara: Owner) -> Headers:
    return {"Cookie": f"{SESSION}={mara.cookie}", "Authorization": "Bearer planted"}


STRANGERS: list[Stranger] = [
    nobody,
    revoked,
    left_alone,
    grown_old,
    switched_off,
    about_to_go,
    token_of_who_is_about_to_go,
    planted,
    two_of_the_name,
    another_name,
    hash_for_secret,
    cookie_as_token,
    token_as_cookie,
    token_beside_a_cookie,
]


async def test_every_route_says_whose_it_is_and_a_public_one_is_listed(house: House) -> None:
    found = addresses(house.app)
    assert [each.name for each in found if each.whose not in ("person", "anyone")] == []
    public = {each.name for each in found if each.whose == "anyone" and each.method != "HEAD"}
    assert public - PUBLIC == set(), "for anyone, but not in tests/attacks/public.txt: is it meant to be?"


@pytest.mark.parametrize("stranger", STRANGERS)
async def test_whoever_is_not_signed_in_gets_nowhere(house: House, mara: Owner, stranger: Stranger) -> None:
    headers = {**OURS, "Accept": "application/json", **await stranger(house, mara)}
    before, faults = await belongings(house.storage, mara.account), []
    for address in addresses(house.app):
        for path in address.paths(mara.ids):
            answer = await ask(house, address.method, path, headers=headers)
            if address.whose == "person":
                is_right = answer.status_code == 401 and answer.json()["code"] == "signed_out"
            else:
                is_right = answer.status_code < 500
            sent = f"{path} {headers}"
            leaked = [each for each in mara.secrets if each in everything_in(answer) and each not in sent]
            if not is_right or leaked:
                faults.append((address.name, path, answer.status_code, leaked))
    assert faults == []
    assert await belongings(house.storage, mara.account) == before


async def test_a_token_is_for_devices_alone(house: House, mara: Owner) -> None:
    headers = {"Authorization": f"Bearer {mara.token}"}
    found = [each for each in addresses(house.app) if each.whose == "person"]
    statuses = {
        each.name: (await ask(house, each.method, each.paths(mara.ids)[0], headers=headers)).status_code
        for each in found
    }
    assert {name: status for name, status in statuses.items() if status != 401} == {
        "POST /sync": 400,  # let in, and then there is no body
        "GET /sync/changes": 200,
    }


async def test_who_signs_in_again_while_their_account_is_about_to_go_can_do_all_that_others_can(
    house: House, mara: Owner, teo: Owner
) -> None:
    differs, answered = [], set()
    for address in addresses(house.app):
        statuses = []
        for each in (mara, teo):
            cookie = await fresh_cookie(house.storage, each)
            if each == mara:
                await _goes_soon(house, mara)
            path = address.paths(each.ids)[0]
            statuses.append((await ask(house, address.method, path, cookie=cookie)).status_code)
        answered.add(statuses[1])
        if statuses[0] != statuses[1]:
            differs.append((address.name, *statuses))
    assert differs == []
    assert {200, 303} < answered


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"},
        {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors", "Origin": "https://evil.unlearn.test"},
        {"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Referer": "https://unlearn.test/"},
        {"Authorization": "Bearer planted", "Origin": "https://evil.example"},
        {"Authorization": "Basic cGxhbnRlZDo=", "Origin": "https://evil.example"},
        {"X-HTTP-Method-Override": "GET", "Content-Type": "text/plain"},
    ],
)
async def test_no_other_site_changes_anything_through_a_persons_browser(
    house: House, mara: Owner, headers: Headers
) -> None:
    before, faults = await belongings(house.storage, mara.account), []
    for address in addresses(house.app):
        if address.method in SAFE:
            continue
        for path in address.paths(mara.ids)[:1]:
            form = {**mara.ids, "email": mara.email}
            answer = await ask(house, address.method, path, cookie=mara.cookie, headers=headers, data=form)
            if answer.status_code != 403 or "set-cookie" in answer.headers:
                faults.append((address.name, answer.status_code))
    assert faults == []
    assert await belongings(house.storage, mara.account) == before


@pytest.mark.parametrize("mode", ["no-cors", "cors", "same-origin", "websocket"])
async def test_no_other_site_loads_what_is_a_persons_into_its_own_pages(house: House, mara: Owner, mode: str) -> None:
    headers = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": mode, "Accept": "application/json"}
    statuses = {
        each.name: (await ask(house, "GET", each.paths(mara.ids)[0], cookie=mara.cookie, headers=headers)).status_code
        for each in addresses(house.app)
        if each.method == "GET" and each.whose == "person"
    }
    assert {name: status for name, status in statuses.items() if status != 403} == {}


async def test_looking_changes_nothing(house: House, mara: Owner) -> None:
    before = await belongings(house.storage, mara.account)
    for address in addresses(house.app):
        if address.method in SAFE:
            for path in address.paths(mara.ids):
                asked = await ask(house, address.method, path, cookie=mara.cookie, params=mara.ids)
                assert asked.status_code < 500, address.name
                assert await belongings(house.storage, mara.account) == before, address.name


async def _goes_soon(house: House, mara: Owner) -> None:
    assert await house.storage.update(Account, {"account": mara.account}, delete_at=now_ms() + DAY_MS)


async def _seen(house: House, mara: Owner, **changes: int) -> None:
    assert await house.storage.update(Session, {"account": mara.account}, **changes)
