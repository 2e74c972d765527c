from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import cast

import httpx
import msgspec
from litestar import Litestar

from server.app import create_app
from server.settings import read_settings
from server.storage import Storage

ADDRESS = "https://unlearn.test"
MARA, TEO = "mara@example.org", "teo@example.org"
PASSPHRASE = "a lighthouse in the fog"
FROM_OUR_PAGE = {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "navigate"}
AS_JSON = {**FROM_OUR_PAGE, "Accept": "application/json"}


class House(msgspec.Struct):
    """The running application, and browsers to visit it with."""

    app: Litestar

    @property
    def storage(self) -> Storage:
        return cast(Storage, self.app.state.storage)

    def browser(self, at: str = "203.0.113.7", address: str = ADDRESS) -> httpx.AsyncClient:
        transport = httpx.ASGITransport(self.app, client=(at, 50000))
        return httpx.AsyncClient(transport=transport, base_url=address)

    async def signed_up(self, email: str) -> httpx.AsyncClient:
        browser = self.browser()
        made = await send(browser, "/accounts", email)
        assert made.status_code == 303
        return browser


@asynccontextmanager
async def open_house(folder: Path, address: str = ADDRESS) -> AsyncIterator[House]:
    """Run the application on an empty folder."""
    app = create_app(read_settings({"UNLEARN_DATA": str(folder), "UNLEARN_PUBLIC_URL": address}))
    async with app.lifespan():
        yield House(app)


async def send(
    browser: httpx.AsyncClient, path: str, email: str, passphrase: str = PASSPHRASE, next_url: str = "/you"
) -> httpx.Response:
    """Send one of the account forms, as a page of ours does."""
    form = {"email": email, "passphrase": passphrase, "next": next_url}
    return await browser.post(path, data=form, headers=FROM_OUR_PAGE)
