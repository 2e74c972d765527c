"""Whoever is signed in on several devices sees them all, and signs one out from another."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.axe import Eyes, findings
from tests.browser.conftest import HOSTS
from tests.browser.device import Device

MARA = "mara@example.org"
ANDROID = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Mobile Safari/537.36"
)


def test_a_phone_that_is_signed_out_from_the_laptop_says_so_at_once_and_loses_no_word(
    new_device: Callable[..., Device],
) -> None:
    phone = signed_up_phone(new_device)
    phone.log("Written before", old=60)
    phone.keeps("server")
    phone.page.evaluate("globalThis.isStillThisPage = true")

    laptop = new_device()
    laptop.sign_in(MARA)
    sign_out_phone(laptop)

    phone.keeps("signed_out")
    expect(phone.page.get_by_role("link", name="Sign in to send it on")).to_be_visible()
    assert phone.page.evaluate("globalThis.isStillThisPage") is True
    phone.log("Written while signed out", old=50)
    phone.keeps("signed_out")
    laptop.open("/journal")
    laptop.shows("Written before")
    laptop.shows_not("Written while signed out")

    phone.sign_in(MARA)
    phone.keeps("server")
    phone.shows("Written while signed out")
    laptop.open("/journal")
    laptop.shows("Written while signed out")


def test_without_a_worker_an_open_page_makes_way_for_the_sign_in(new_device: Callable[..., Device]) -> None:
    phone = signed_up_phone(new_device, **HOSTS["server"])
    phone.log("Only for Mara", old=60)

    laptop = new_device()
    laptop.sign_in(MARA)
    sign_out_phone(laptop)

    phone.shows_title("Please sign in")
    phone.shows_not("Only for Mara")


def test_a_sign_in_where_somebody_is_signed_in_already_leaves_them_signed_in(new_device: Callable[..., Device]) -> None:
    phone = signed_up_phone(new_device)
    other_tab = phone.new_page()
    other_tab.goto(phone.url + "/journal")
    phone.sign_in(MARA)
    expect(other_tab.locator("#keeping")).to_have_attribute("data-state", "server")
    phone.log("After it", old=60)
    phone.keeps("server")


def test_the_list_of_devices_keeps_nobody_out(new_device: Callable[..., Device], tmp_path: Path) -> None:
    phone = signed_up_phone(new_device)
    new_device().sign_in(MARA)
    phone.open("/you/devices")
    phone.shows("Chrome on Linux")
    eyes = Eyes(phone.page)
    for scheme in ("light", "dark"):
        for width, letters in ((390, 16), (320, 32)):
            eyes.see(width, scheme, letters)
            phone.page.screenshot(path=tmp_path / f"devices-{scheme}-{width}.png")
            assert findings(phone.page) == []


def signed_up_phone(new_device: Callable[..., Device], **kind: str) -> Device:
    phone = new_device(user_agent=ANDROID, **kind)
    phone.open("/")
    if kind != HOSTS["server"]:
        phone.is_installed()
    phone.make_account(MARA)
    return phone


def sign_out_phone(laptop: Device) -> None:
    laptop.open("/you/devices")
    laptop.page.get_by_role("button", name="Sign out: Chrome on Android").click()
    laptop.shows("That device is signed out.")
    laptop.shows_not("Chrome on Android")
