"""What every answer of every route carries, whoever asks and whatever comes of it."""

import re
from http.cookies import SimpleCookie

import httpx
import pytest

from server.headers import HEADERS, HSTS
from tests.attacks.addresses import OURS, SAFE, addresses, ask
from tests.attacks.people import SESSION, Owner, fresh_cookie, move_in
from tests.server.house import House

PUBLIC_FILES = re.compile(r"/(shell|icons|keys)/.*|/(worker\.js|manifest\.webmanifest|favicon\.ico|robots\.txt)")
GOOD = {
    "language": "es",
    "country": "other",
    "lock": "none",
    "email": "x",
    "do": "off",
}  # some forms are content with it
CACHEABLE = ("public", "no-cache")


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
@pytest.mark.parametrize("who", ["somebody", "nobody", "another site"])
async def test_every_answer_is_guarded(house: House, who: str, accept: str) -> None:
    faults = []
    headers = {"Accept": accept, **({"Sec-Fetch-Site": "cross-site"} if who == "another site" else OURS)}
    mara = await move_in(house.storage, "mara")
    for address in addresses(house.app):
        for sent in ({},) if address.method in SAFE else ({}, {"data": {**mara.ids, **GOOD}}, {"json": [1]}):
            cookie = "" if who == "nobody" else await fresh_cookie(house.storage, mara)
            path = address.paths(mara.ids)[0]
            answer = await ask(house, address.method, path, cookie=cookie, headers=headers, **sent)
            faults += [(address.name, answer.status_code, fault) for fault in _faults(answer, path)]
            faults += [
                (address.name, answer.status_code, "keeps the id")
                for kept in _cookies(answer)
                if cookie and cookie in kept
            ]
    assert faults == []


@pytest.mark.parametrize("path", ["/nowhere", "/sync/nowhere", "/shell/%2e%2e/%2e%2e/unlearn.sqlite3"])
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "BREW"])
async def test_so_is_the_answer_where_there_is_no_route(house: House, mara: Owner, method: str, path: str) -> None:
    answer = await ask(house, method, path, cookie=mara.cookie)
    assert 300 <= answer.status_code < 500 or method == "OPTIONS"
    assert _faults(answer, path) == []


async def test_what_may_be_done_is_told_without_doing_it(house: House, mara: Owner) -> None:
    for address in addresses(house.app):
        answer = await ask(house, "OPTIONS", address.paths(mara.ids)[0])
        assert answer.status_code in (204, 401, 405), address.name
        assert "access-control-allow-origin" not in answer.headers
        assert answer.content == b"" or mara.words not in answer.text


@pytest.mark.parametrize(
    "cookie",
    [
        "{name}=planted",
        "{name}={theirs}",
        "{name}={theirs}; {name}={theirs}",
        "unlearn={theirs}",
        "{name}=; {name}={theirs}",
        '{name}="{theirs}"',
    ],
)
async def test_a_planted_id_is_kept_by_no_route(house: House, mara: Owner, teo: Owner, cookie: str) -> None:
    planted = cookie.format(name=SESSION, theirs=teo.cookie)
    for address in addresses(house.app):
        if address.method not in SAFE:
            sent = {**OURS, "Cookie": planted}
            answer = await ask(
                house, address.method, address.paths(mara.ids)[0], headers=sent, data={"email": mara.email}
            )
            assert [kept for kept in _cookies(answer) if teo.cookie in kept or "planted" in kept] == [], address.name


def _faults(answer: httpx.Response, path: str) -> list[str]:
    found = [
        f"{name}: {answer.headers.get(name)}" for name, value in HEADERS.every.items() if not _is(answer, name, value)
    ]
    headers = answer.headers
    policy = headers.get("content-security-policy", "")
    found += [each for each in ("unsafe-inline", "'unsafe-eval'", "data:", "http:", "*") if each in policy]
    found += [
        f"{name} is told" for name in ("server", "x-powered-by", "access-control-allow-origin") if name in headers
    ]
    if headers.get("strict-transport-security") != HSTS:
        found.append("no HSTS")
    caching = headers.get("cache-control", "")
    is_file = PUBLIC_FILES.fullmatch(path) and answer.status_code < 400
    if caching != "no-store" and not (is_file and caching.startswith(CACHEABLE)):
        found.append(f"Cache-Control: {caching}")
    return found + [f"Set-Cookie: {line}" for line in _cookies(answer) if not _is_closed(line)]


def _is(answer: httpx.Response, name: str, value: str) -> bool:
    pattern = re.escape(value).replace(r"\{nonce\}", "[A-Za-z0-9_-]{22}")
    found = answer.headers.get_list(name)
    return len(found) == 1 and re.fullmatch(pattern, found[0]) is not None


def _cookies(answer: httpx.Response) -> list[str]:
    return answer.headers.get_list("set-cookie")


def _is_closed(line: str) -> bool:
    ((name, cookie),) = SimpleCookie(line).items()
    attributes = (cookie["secure"], cookie["httponly"], cookie["samesite"].lower(), cookie["path"], cookie["domain"])
    lax = (
        *attributes[:2],
        "lax" if attributes[2] == "strict" else attributes[2],
        *attributes[3:],
    )  # strict is closed more
    return lax == (True, True, "lax", "/", "") and name != "unlearn"
