"""Some of the histories of tests/histories with each phone in a Chromium of its own: its modules, as they are served."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from server.places import ROOT
from tests.histories.device import Device, Line
from tests.histories.over_http import HttpServer
from tests.histories.phone import Phone, PhoneError
from tests.histories.run import phones_of, run

HISTORIES = int(os.environ.get("UNLEARN_CHROMIUM_HISTORIES", "12"))
MOST_DEVICES = 5
HARNESS = ROOT / "tests/histories"
LOAD = """async () => {
  const [, served] = /(\\/shell\\/[0-9a-f]+)\\//.exec(document.documentElement.outerHTML)
  const names = ["database", "exchange", "journal", "record", "replica", "writer"]
  const [{ phonesOf }, { performed }, { data }, ...loaded] = await Promise.all(
    ["/histories/phones.js", "/histories/performed.js", `${served}/data.js`, ...names.map(name => `${served}/phone/${name}.js`)]
      .map(url => import(url)))
  const phone = Object.assign({}, ...loaded)
  const fresh = async () => {
    phone.closeAll()
    for (const { name } of await indexedDB.databases()) {
      await new Promise(done => { indexedDB.deleteDatabase(name).onsuccess = done })
    }
  }
  globalThis.tell = phonesOf(data.kinds, phone, { fresh, open: () => {} }, performed)
}"""


class Pages:
    """A browser for each phone, kept for all histories; each begins with nothing in it."""

    def __init__(self, pages: list[Page]) -> None:
        self._pages = pages

    def open(self, count: int, account: str, stranger: Line) -> list[Device]:
        for page in self._pages[:count]:
            self._tell(page, command="open", count=1, account=account)
        return [Phone(self, n, account, stranger) for n in range(count)]

    def tell(self, device: int, **told: Any) -> Any:
        return self._tell(self._pages[device], **told, device=0)

    def _tell(self, page: Page, **told: Any) -> Any:
        said = page.evaluate("told => globalThis.tell(told)", told)
        if "error" in said:
            raise PhoneError(said["error"])
        return said


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HttpServer]:
    opened = HttpServer(tmp_path_factory.mktemp("histories"), HISTORIES)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def phones(browser: Browser, server: HttpServer) -> Iterator[Pages]:
    contexts = [browser.new_context(service_workers="block") for _ in range(MOST_DEVICES)]
    pages = [context.new_page() for context in contexts]
    for page in pages:
        page.route("**/histories/*.js", lambda route: route.fulfill(path=HARNESS / Path(route.request.url).name))
        page.goto(f"{server.url}/support")
        page.evaluate(LOAD)
    yield Pages(pages)
    for context in contexts:
        context.close()


@pytest.mark.parametrize("seed", range(1, 1 + HISTORIES))
def test_sync_md_2_phones_in_chromium_end_as_the_oracle_says(server: HttpServer, phones: Pages, seed: int) -> None:
    run(seed, server, phones_of(phones, server))
