"""What a browser does on the way to a provider and back."""

import html
import re

import httpx

from server.storage import Account, Session
from tests.server.house import FROM_OUR_PAGE, House

REFRESH = re.compile(r"0;url=(.+)")
FROM_ELSEWHERE = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}


async def set_out(browser: httpx.AsyncClient, path: str = "/sign-in/with/clinic", next_url: str = "/journal") -> str:
    """Press the button; the address at the provider that the page leads to."""
    page = await browser.post(path, data={"next": next_url}, headers=FROM_OUR_PAGE)
    assert page.status_code == 200, page.text
    return leads_to(page)


def leads_to(page: httpx.Response) -> str:
    """Where a page goes on to by itself; it has a link to there as well."""
    found = REFRESH.fullmatch(page.headers["refresh"])
    assert found
    assert f'href="{html.escape(found[1])}"' in page.text
    return found[1]


async def at_provider(address: str) -> str:
    """Sign in there; the path of ours, with its query, that the provider sends people back to."""
    async with httpx.AsyncClient() as elsewhere:
        sent = await elsewhere.get(address)
    assert sent.status_code == 302
    return httpx.URL(sent.headers["location"]).raw_path.decode()


async def come_back(browser: httpx.AsyncClient, path: str) -> httpx.Response:
    return await browser.get(path, headers=FROM_ELSEWHERE)


async def there_and_back(browser: httpx.AsyncClient, path: str = "/sign-in/with/clinic") -> httpx.Response:
    return await come_back(browser, await at_provider(await set_out(browser, path)))


async def opens_nothing(house: House, browser: httpx.AsyncClient, refused: httpx.Response) -> None:
    """A plain page with a next step, and nothing else came of it."""
    assert refused.status_code in (403, 503)
    assert refused.headers["content-type"].startswith("text/html")
    assert 'class="button quiet" href="/sign-in"' in refused.text
    assert "Traceback" not in refused.text
    assert "refresh" not in refused.headers
    assert (await house.storage.all(Account), await house.storage.all(Session)) == ([], [])
    assert (await browser.get("/session")).status_code == 401
