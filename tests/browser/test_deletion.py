"""An account is deleted from the phone: at once, or in seven days, within which signing in can take it back."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.device import KEY_MS, Device
from tests.browser.kept import everything
from tests.serving import Serving

MARA, TEO, NIA = "mara@example.org", "teo@example.org", "nia@example.org"
GONE = "You are signed out everywhere"


@pytest.fixture(scope="module")
def server(module_folder: Path) -> Iterator[Serving]:
    with Serving(module_folder) as serving:
        yield serving


def test_at_once_the_account_is_gone_and_the_device_keeps_its_words(new_device: Callable[[], Device]) -> None:
    phone = signed_in(new_device, MARA)
    delete(phone, "At once")
    phone.shows("Your account and your journal are gone from this server.")
    phone.open("/journal")
    phone.shows("On the phone")
    phone.keeps("device")
    phone.log("Written after it", old=30)

    phone.make_account(MARA)  # nobody has this email any more, and what the device kept comes along
    phone.open("/journal")
    phone.shows("On the phone")
    phone.keeps("server")


def test_the_device_lets_its_words_go_when_told_so(new_device: Callable[[], Device]) -> None:
    phone = signed_in(new_device, TEO)
    delete(phone, "At once", "Remove them from this device too")
    phone.shows("Your account and your journal are gone from this server.")
    assert "On the phone" not in everything(phone.page)
    assert TEO not in everything(phone.page)


def test_within_seven_days_who_signs_in_again_can_keep_it_and_nothing_is_lost_or_doubled(
    new_device: Callable[[], Device],
) -> None:
    phone = signed_in(new_device, NIA)
    delete(phone, "In 7 days")
    phone.shows("In 7 days your account and your journal go from this server.")
    phone.open("/journal")
    phone.shows("On the phone")
    phone.keeps("device")

    phone.send_passphrase(NIA)
    expect(phone.page.locator("h1")).to_have_text("Your account is about to go", timeout=KEY_MS)
    phone.page.get_by_role("button", name="Keep my account").click()
    phone.shows_title("Where should these words go?")
    phone.page.get_by_role("button", name="Put them into the journal").click()
    phone.shows_title("You")
    phone.keeps("server")
    phone.open("/you/delete")
    phone.shows_title("Delete my account")

    laptop = new_device()
    laptop.sign_in(NIA)
    laptop.shows("On the phone")
    expect(laptop.page.locator(".item")).to_have_count(1)


def signed_in(new_device: Callable[[], Device], email: str) -> Device:
    phone = new_device()
    phone.open("/")
    phone.is_installed()
    phone.make_account(email)
    phone.log("On the phone", old=40)
    phone.keeps("server")
    return phone


def delete(phone: Device, *chosen: str) -> None:
    phone.open("/you/delete")
    for label in chosen:
        phone.page.get_by_label(label).check()
    phone.page.get_by_role("button", name="Delete my account").click()
    phone.shows_title(GONE)
