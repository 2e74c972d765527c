"""No page keeps anybody out: axe-core finds nothing, in any look, on either host."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from sync.record import Record
from tests.browser.axe import Eyes, findings, unfold
from tests.browser.conftest import HOSTS, open_devices
from tests.browser.every_page import MARA, account_pages, every_page
from tests.serving import Serving


@pytest.mark.parametrize("host", HOSTS)
def test_axe_finds_nothing_on_any_page_in_any_look(
    browser: Browser, house: Serving, held: list[Record], host: str
) -> None:
    with open_devices(browser, house) as new_device:
        device = new_device(**HOSTS[host])
        device.sign_in(MARA)
        device.keeps("server")
        eyes = Eyes(device.page)
        found: dict[str, list[str]] = {}
        for place in [*account_pages(), *every_page(held)]:
            eyes.see()
            device.open(place.address)
            found |= {f"{place.name}, {look}": faults for look, faults in looks(eyes, device.page) if faults}
    assert found == {}


def looks(eyes: Eyes, page: Page) -> Iterator[tuple[str, list[str]]]:
    """What is found at first, and then with everything unfolded in other lights and sizes."""
    eyes.see()
    yield "as first shown", findings(page)
    unfold(page)
    eyes.see(width=320, scheme="dark")
    yield "dark, 320 px, unfolded", findings(page)
    eyes.see(letters=32)
    yield "letters twice as large, unfolded", findings(page)
