import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, cast

import httpx
import msgspec
from litestar import Litestar

from server.app import create_app
from server.settings import read_settings
from server.storage import Storage

ADDRESS = "https://unlearn.test"
MARA, TEO = "mara@example.org", "teo@example.org"
PASSPHRASE = "a lighthouse in the fog"
KEY, OTHER_KEY = (
    "a-lighthouse-in-the-fog".ljust(43, "A"),
    "a-stone-in-the-river".ljust(43, "A"),
)  # 32 bytes in base64url
KDF = "argon2id.65536.3.1.c2FsdCBvZiB0aGUgc2VhIQ"
FROM_OUR_PAGE = {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "navigate"}
AS_JSON = {**FROM_OUR_PAGE, "Accept": "application/json"}


class House(msgspec.Struct):
    """The running application, and browsers to visit it with."""

    app: Litestar

    @property
    def storage(self) -> Storage:
        return cast(Storage, self.app.state.storage)

    def browser(self, at: str = "203.0.113.7", address: str = ADDRESS) -> httpx.AsyncClient:
        transport = httpx.ASGITransport(cast(Any, self.app), client=(at, 50000))
        return httpx.AsyncClient(transport=transport, base_url=address)

    async def signed_up(self, email: str) -> httpx.AsyncClient:
        browser = self.browser()
        made = await send(browser, "/accounts", email)
        assert made.status_code == 303
        return browser


@asynccontextmanager
async def open_house(
    folder: Path, address: str = ADDRESS, *, now: int | None = None, **settings: str
) -> AsyncIterator[House]:
    """Run the application on a folder; `now` (ms) stops the clock of its pages."""
    read = read_settings({"UNLEARN_DATA": str(folder), "UNLEARN_PUBLIC_URL": address, **settings})
    app = create_app(read) if now is None else create_app(read, lambda: now)
    opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    closing = asyncio.Event()
    living = asyncio.create_task(_live(app, opened, closing))
    await opened
    yield House(app)
    closing.set()
    await living


async def _live(app: Litestar, opened: asyncio.Future[None], closing: asyncio.Event) -> None:
    # A task of its own: Litestar must close in the task that opened it, and pytest's fixtures do not.
    try:
        async with app.lifespan():
            opened.set_result(None)
            await closing.wait()
    except BaseException as error:
        if opened.done():
            raise
        opened.set_exception(error)


async def send(
    browser: httpx.AsyncClient, path: str, email: str, key: str = KEY, next_url: str = "/you"
) -> httpx.Response:
    """Send one of the account forms, as a page of ours does."""
    form = {"email": email, "key": key, "kdf": KDF, "next": next_url}
    return await browser.post(path, data=form, headers=FROM_OUR_PAGE)
