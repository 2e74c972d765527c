"""A server that takes new people by invitation: its operator's link makes one account, in the browser that opens it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.device import Device
from tests.serving import Serving

MARA, TEO = "mara@example.org", "teo@example.org"


@pytest.fixture(scope="module")
def server(module_folder: Path) -> Iterator[Serving]:
    with Serving(module_folder, UNLEARN_SIGN_UP="invitation") as serving:
        yield serving


def test_a_link_makes_one_account_and_carries_the_words_of_the_device_along(
    server: Serving, new_device: Callable[[], Device]
) -> None:
    link = invite(server)
    phone = new_device()
    phone.begin("I go quiet in groups")
    opens(phone, link)
    assert phone.page.url == f"{server.url}/you#account"
    phone.make_account(MARA)
    phone.open("/journal")
    phone.shows("I go quiet in groups")
    phone.keeps("server")

    another = new_device()
    opens(another, link)
    another.shows("has been used or is too old")


def test_without_one_nobody_makes_an_account_and_a_link_is_left_in_no_address(
    server: Serving, new_device: Callable[[], Device]
) -> None:
    phone = new_device()
    phone.open("/you")
    phone.is_installed()
    phone.shows("takes new people by invitation")
    link = invite(server)
    phone.page.goto(link)
    expect(phone.page).to_have_url(f"{server.url}/invited")
    expect(phone.page.get_by_label("Your invitation")).to_have_value(link.partition("#")[2])


def invite(server: Serving) -> str:
    """What the operator's command prints; it wants the database for itself."""
    server.stop()
    link = server.run("account", "invite").strip()
    server.start()
    return link


def opens(device: Device, link: str) -> None:
    device.page.goto(link)
    device.page.get_by_role("button", name="Use my invitation").click()
