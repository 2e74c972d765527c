"""What we take apart ourselves – cookies, tokens, forms, addresses to go on to – holds against whatever comes."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from server.clock import now_ms
from server.kinds import kinds
from server.onward import onward
from server.same_origin import is_same_site_path
from server.tickets import new_ticket, take_ticket
from tests.attacks.addresses import OURS, ask
from tests.attacks.people import SESSION, Owner, belongings
from tests.server.house import ADDRESS, House

NODE = Path(sys.prefix) / "bin" / "node"
WHERE = Path(__file__).with_name("where_to.js")
IN_A_HOUSE = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])

text = st.text(st.characters(codec="utf-8"))
octets = st.binary().filter(lambda each: not set(each) & set(b"\r\n\x00"))  # which no server lets into a header
urls = (
    st.text("/\\.:@?#%;&=\t\n\r aévil\x00\x7f\u2028\ufeff/\uff0f")
    | text
    | st.from_regex(r"[/\\]{0,3}[a-z]*:?//?evil.example")
)

Resolve = Callable[[str], str]


@pytest.fixture(scope="module")
def where_to() -> Iterator[Resolve]:
    """Tell the origin that a browser goes to from our page, by the browsers' own rules for URLs, which are node's too."""
    with subprocess.Popen([NODE, WHERE, ADDRESS], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as node:
        assert node.stdin
        assert node.stdout
        said, heard = node.stdin, node.stdout

        def resolve(url: str) -> str:
            said.write(json.dumps(url) + "\n")
            said.flush()
            return heard.readline().strip()

        yield resolve
        node.stdin.close()


def nearly(real: str) -> st.SearchStrategy[bytes]:
    """The real thing with something changed, left out or added."""
    at = st.integers(0, len(real) - 1)
    other = st.sampled_from('aZ0-_.=%" ,;\t~').map(str)
    return (
        st.one_of(
            st.builds(lambda i, new: f"{real[:i]}{new}{real[i + 1 :]}", at, other),
            at.map(lambda i: real[:i]),
            at.map(lambda i: real[i + 1 :]),
            st.builds(lambda i, new: f"{real[:i]}{new}{real[i:]}", at, other),
            st.sampled_from(
                [real.upper(), real.lower(), f'"{real}"', f"{real}={real}", real.replace(".", "%2E"), real[::-1]]
            ),
        )
        .filter(lambda each: each.strip() != real)
        .map(str.encode)
    )


@IN_A_HOUSE
@given(data=st.data())
async def test_no_cookie_but_the_one_that_was_given_is_anybodys(house: House, mara: Owner, data: st.DataObject) -> None:
    value = data.draw(octets | nearly(mara.cookie))
    name = data.draw(st.sampled_from([SESSION, SESSION, SESSION.lower(), f" {SESSION}", f"$Version=1; {SESSION}"]))
    lines = [(b"cookie", name.encode() + b"=" + value)]
    is_nobody = [*lines, (b"cookie", f"{SESSION}={mara.cookie}".encode())]  # the real one beside it
    for sent in (lines, is_nobody) if name.strip() == SESSION else (lines,):
        answer = await ask(house, "GET", "/session", headers=sent)
        assert answer.status_code == 401


@IN_A_HOUSE
@given(data=st.data())
async def test_no_token_but_the_one_that_was_given_is_anybodys(house: House, mara: Owner, data: st.DataObject) -> None:
    scheme = data.draw(st.sampled_from([b"Bearer ", b"bearer ", b"Bearer  ", b"Basic ", b"Token ", b"Bearer\t", b""]))
    value = data.draw(octets | nearly(mara.token))
    answer = await ask(house, "POST", "/sync", headers=[(b"authorization", scheme + value)])
    assert answer.status_code == 401
    assert answer.json()["code"] == "signed_out"


@IN_A_HOUSE
@given(
    body=st.binary() | text.map(str.encode) | st.binary().map(lambda each: b"lock=" + each),
    media=st.sampled_from(
        [
            "application/x-www-form-urlencoded",
            "application/json",
            "multipart/form-data; boundary=a",
            "text/plain",
            "",
            ";",
            "a/b; c",
        ]
    ),
    path=st.sampled_from(["/session/lock", "/traits", "/you/language", "/unlock", "/sign-out", "/begin", "/you/lock"]),
)
@example(b"a=%ff", "application/x-www-form-urlencoded", "/traits")
@example(b"&" * 5000, "application/x-www-form-urlencoded", "/traits")
@example(b"a=b&" * 1001, "application/x-www-form-urlencoded", "/session/lock")
async def test_no_form_is_too_odd_to_be_answered(house: House, mara: Owner, body: bytes, media: str, path: str) -> None:
    for cookie in (mara.cookie if path != "/sign-out" else "", ""):
        answer = await ask(house, "POST", path, cookie=cookie, headers={**OURS, "Content-Type": media}, content=body)
        assert answer.status_code < 500


@given(url=urls)
@example("/.//evil.example")
@example("/%2e%2e//evil.example")
@example("/\u2028/evil.example")
@example("/;//evil.example")
def test_whatever_is_let_through_stays_here_by_a_browsers_rules(where_to: Resolve, url: str) -> None:
    if is_same_site_path(url):
        assert where_to(url) == ADDRESS
    for kind in kinds().values():
        assert where_to(onward([("onward", url)], kind, "0")) == ADDRESS


@IN_A_HOUSE
@given(url=urls)
@example("/a b")
@example("/é")
async def test_a_redirect_stays_here_by_a_browsers_rules(house: House, where_to: Resolve, url: str) -> None:
    answer = await ask(house, "GET", f"/signed-in?next={quote(url, safe='')}")
    assert where_to(answer.headers["location"]) == ADDRESS


@IN_A_HOUSE
@given(data=st.data())
async def test_no_ticket_but_the_one_that_was_given_is_good(house: House, mara: Owner, data: st.DataObject) -> None:
    secret, purpose, now = mara.ids["secret"], "a purpose that no route has", data.draw(st.integers(0, 2**40))
    tried = data.draw(text | nearly(secret).map(bytes.decode))
    before = await belongings(house.storage, mara.account)
    assert await take_ticket(house.storage, tried, purpose, now) is None
    assert await take_ticket(house.storage, secret, tried, now) is None
    assert await belongings(house.storage, mara.account) == before


async def test_a_ticket_is_taken_once_and_in_its_time(house: House) -> None:
    begun, ttl = now_ms(), 60_000
    for late, is_good in ((ttl - 1, True), (ttl, False), (10**12, False)):
        secret = await new_ticket(house.storage, "a purpose", "", begun, ttl)
        taken = [await take_ticket(house.storage, secret, "a purpose", begun + late) for _ in range(2)]
        assert [each is not None for each in taken] == [is_good, False]
