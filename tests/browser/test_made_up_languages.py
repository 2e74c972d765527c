"""No page on either host says a word of its own, and none breaks with longer words or when read from the right."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from sync.record import Record
from tests.browser.another_version import serve_copy
from tests.browser.conftest import HOSTS, open_devices
from tests.browser.device import Device
from tests.browser.every_page import MARA, every_page, filled, filled_journal
from tests.browser.made_up_language import LONG, RIGHT_TO_LEFT, add_languages, in_greek
from tests.serving import Serving

DIRECTIONS = {LONG: "ltr", RIGHT_TO_LEFT: "rtl"}
LOOK = (Path(__file__).parent / "look.js").read_text()


@pytest.fixture(scope="module")
def held() -> list[Record]:
    return in_greek(filled_journal())


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, held: list[Record]) -> Iterator[Serving]:
    folder = tmp_path_factory.mktemp("copy")
    serving = serve_copy(folder)
    add_languages(folder / "house")
    with filled(serving, held):
        yield serving


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("language", DIRECTIONS)
def test_every_page_speaks_the_language_alone_and_holds_its_words(
    browser: Browser, house: Serving, held: list[Record], host: str, language: str
) -> None:
    with open_devices(browser, house) as new_device:
        device = new_device(**HOSTS[host])
        device.sign_in(MARA)
        device.keeps("server")
        choose(device, language)
        found: dict[str, Any] = {}
        for place in every_page(held):
            device.open(place.address)
            expect(device.page.locator(f"html[lang={language}][dir={DIRECTIONS[language]}]")).to_be_attached()
            if faults := look(device.page):
                found[place.name] = faults
    assert found == {}


def look(page: Page) -> list[str]:
    """What is not said in the language, and what has no room, on a phone and on a narrow one."""
    page.evaluate(LOOK)
    faults: list[str] = page.evaluate("names => foreign(names)", PROPER_NAMES)
    faults += page.evaluate("undirected()")
    for width in (390, 320):
        page.set_viewport_size({"width": width, "height": 844})
        faults += page.evaluate("width => crowded(width)", width)
    return faults


def choose(device: Device, language: str) -> None:
    device.open("/you")
    device.page.get_by_label(language, exact=True).check()
    device.page.locator("#language button").click()
    expect(device.page.locator(f"html[lang={language}]")).to_be_attached()


def proper_names(data: Any) -> Iterator[str]:
    """Each text of the crisis lines: what they are called, where they are, what to write to them."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict | list):
        for each in data.values() if isinstance(data, dict) else data:
            yield from proper_names(each)


LIFELINES = json.loads((Path(__file__).parents[2] / "web/lifelines.json").read_text())
NAMES = {MARA, "English", "Español", LONG, RIGHT_TO_LEFT, *proper_names(LIFELINES)}
NAMES |= {"{size}"}  # a script fills it in, where the browser tells
PROPER_NAMES = sorted(NAMES, key=len, reverse=True)  # a name may be part of another
