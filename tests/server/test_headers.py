import re
from pathlib import Path

import httpx
import pytest
from litestar import get

from server.headers import HEADERS, HSTS
from tests.server.house import AS_JSON, FROM_OUR_PAGE, MARA, House, open_house, send

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


async def test_every_answer_carries_the_headers_whatever_it_is(house: House) -> None:
    @get("/broken", opt={"for": "anyone"})
    async def broken() -> None:
        raise RuntimeError

    house.app.register(broken)
    browser = house.browser()
    answers = [
        (200, await browser.get("/")),
        (200, await browser.get("/worker.js")),
        (200, await browser.get("/manifest.webmanifest")),
        (303, await send(browser, "/accounts", MARA)),
        (200, await browser.post("/sign-out", headers=AS_JSON)),
        (204, await browser.get("/locked")),
        (401, await browser.get("/journal")),
        (401, await browser.get("/session", headers=AS_JSON)),
        (403, await browser.post("/sign-in")),
        (404, await browser.get("/nowhere")),
        (404, await browser.get("/shell/no/such/file")),
        (405, await browser.put("/journal", headers=FROM_OUR_PAGE)),
        (405, await browser.head("/health")),
        (413, await browser.post("/sign-in", content=b"=" * 99_999, headers={**FROM_OUR_PAGE, **FORM})),
        (422, await send(browser, "/accounts", "mara")),
        (500, await browser.get("/broken")),
    ]
    for status, answer in answers:
        assert (answer.request.url.path, answer.status_code) == (answer.request.url.path, status)
        for name, value in HEADERS.every.items():
            assert re.fullmatch(re.escape(value).replace(r"\{nonce\}", "[A-Za-z0-9_-]{22}"), answer.headers[name])
            assert len(answer.headers.get_list(name)) == 1
        assert answer.headers["strict-transport-security"] == HSTS
        assert "server" not in answer.headers


async def test_a_program_is_spared_what_guards_browsers(house: House, mara: httpx.AsyncClient) -> None:
    answer = await mara.post("/sync", json={"v": 1, "device": "phone"})
    assert set(answer.headers) == {"content-type", "content-length"}
    mara.cookies.set("another", "cookie")
    assert HEADERS.every.keys() <= {name.title() for name in (await mara.post("/sync", json={})).headers}


async def test_a_page_prints_the_nonce_of_its_own_headers_and_each_answer_has_another(house: House) -> None:
    browser = house.browser()
    nonces = []
    for _ in range(3):
        page = await browser.get("/")
        (nonce,) = re.findall("'nonce-([^']+)'", page.headers["content-security-policy"])
        assert set(re.findall(r'nonce="([^"]+)"', page.text)) == {nonce}
        nonces.append(nonce)
    assert len(set(nonces)) == 3


async def test_personal_answers_are_kept_by_no_cache(house: House) -> None:
    mara = await house.signed_up(MARA)
    for path in ("/", "/journal", "/you", "/session", "/you/export", "/nowhere"):
        assert (await mara.get(path)).headers["cache-control"] == "no-store", path
    shell = re.findall(r'href="(/shell/[^"]+)"', (await mara.get("/")).text)[0]
    assert "immutable" in (await mara.get(shell)).headers["cache-control"]


@pytest.mark.parametrize("address", ["http://localhost:8000", "http://192.168.1.5:8000"])
async def test_plain_http_never_promises_https(folder: Path, address: str) -> None:
    async with open_house(folder, address) as house:
        assert "strict-transport-security" not in (await house.browser(address=address).get("/")).headers


def test_our_forms_can_name_the_page_they_come_from() -> None:
    # With no-referrer a browser sends our own forms with Origin: null, as another site's would be: the worker, and
    # the server on plain http where there is no Sec-Fetch-Site, could not tell them apart.
    assert HEADERS.every["Referrer-Policy"] == "same-origin"


async def test_a_page_comes_in_fewer_bytes_unless_its_address_brings_words_along(house: House) -> None:
    browser = house.browser()
    await send(browser, "/accounts", MARA)
    plain = await browser.get("/practise", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    for coding in ("br", "gzip"):
        small = await browser.get("/practise", headers={"Accept-Encoding": f"{coding}, deflate"})
        assert (small.headers["content-encoding"], small.headers["vary"]) == (coding, "Accept-Encoding")
        assert int(small.headers["content-length"]) * 2 < len(plain.content)
        assert small.text.endswith("</html>")
        guessed = await browser.get("/journal?q=guess", headers={"Accept-Encoding": coding})
        assert guessed.status_code == 200
        assert "content-encoding" not in guessed.headers
