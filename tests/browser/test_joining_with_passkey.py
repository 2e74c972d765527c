"""Somebody wrote without an account, and a passkey signs them in: it is asked where those words go, and none is lost."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.device import Device
from tests.browser.test_account_passkeys import add, use_passkey, with_sensor
from tests.serving import Serving

MARA, TEO = "mara@example.org", "teo@example.org"
QUESTION = "Where should these words go?"


@pytest.fixture(scope="module")
def server(module_folder: Path) -> Iterator[Serving]:
    with Serving(module_folder) as serving:
        yield serving


def test_put_into_the_journal_both_are_there_once(new_device: Callable[[], Device]) -> None:
    phone = asked(new_device, MARA)
    phone.page.get_by_role("button", name="Put them into the journal").click()
    holds(phone, "In the account", "Of no account")
    phone.keeps("server")


def test_left_on_the_device_they_are_there_after_the_sign_out(new_device: Callable[[], Device]) -> None:
    phone = asked(new_device, TEO)
    phone.page.get_by_role("button", name="Leave them on this device").click()
    holds(phone, "In the account")
    phone.open("/you")
    phone.page.get_by_role("button", name="Sign out").click()
    phone.shows_title("Today")
    phone.open("/journal")
    holds(phone, "Of no account")
    phone.keeps("device")


def asked(new_device: Callable[[], Device], email: str) -> Device:
    """A phone on which a passkey has just opened an account with one entry, while another of no account was there."""
    phone = new_device()
    with_sensor(phone)
    phone.open("/")
    phone.is_installed()
    phone.make_account(email)
    phone.log("In the account", old=50)
    add(phone)
    phone.sign_out()
    phone.log("Of no account", old=40)
    phone.open("/sign-in?next=/journal")
    use_passkey(phone.page)
    phone.shows_title(QUESTION)
    phone.shows(f"This device has 1 entry of its own. Put these words into the journal of {email}")
    return phone


def holds(phone: Device, *entries: str) -> None:
    """The journal that is open lists these and no others."""
    phone.shows_title("Journal")
    for entry in entries:
        phone.shows(entry)
    expect(phone.page.locator(".item")).to_have_count(len(entries))
