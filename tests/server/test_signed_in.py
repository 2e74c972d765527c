from urllib.parse import urljoin, urlsplit

import httpx
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from server.accounts import add_account
from server.same_origin import is_same_site_path
from tests.server.house import ADDRESS, KDF, KEY, MARA, House, send


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("/traits/1?a=b#c", "/traits/1?a=b#c"),
        ("", "/"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("/\t/evil.example", "/"),
        ("https://evil.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("/a\r\nSet-Cookie: b=c", "/"),
    ],
)
async def test_signing_in_leads_on_to_our_own_pages_alone(house: House, asked: str, answered: str) -> None:
    await add_account(house.storage, MARA, KEY, KDF, 1)
    browser = house.browser()
    signed_in = await send(browser, "/sign-in", MARA, next_url=asked)
    assert (signed_in.status_code, signed_in.headers["location"].split("?")[0]) == (303, "/signed-in")
    onward = await browser.get(signed_in.headers["location"])
    lured = await browser.get("/signed-in", params={"next": asked})
    for answer in (onward, lured):
        assert (answer.status_code, answer.headers["location"]) == (303, answered)


@given(st.text(alphabet="/\\.:@?#%\t\n\r aé\x00") | st.text())
@example("/.//evil.example")
def test_no_path_that_is_let_through_leads_elsewhere(url: str) -> None:
    if is_same_site_path(url):
        assert urlsplit(urljoin(ADDRESS, url)).netloc == urlsplit(ADDRESS).netloc
        assert httpx.URL(ADDRESS).join(url).host == "unlearn.test"
