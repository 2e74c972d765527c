"""The same addresses from Litestar: where workers are blocked, and where no script runs at all."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.device import Device

MARA = "mara@example.org"
WITHOUT = [{"java_script_enabled": False}, {"service_workers": "block"}]


@pytest.mark.parametrize("kind", WITHOUT, ids=["no script", "no worker"])
def test_a_signed_in_person_needs_no_worker(new_device: Callable[..., Device], kind: dict[str, object]) -> None:
    old_phone = new_device(**kind)
    old_phone.has_account(MARA)
    old_phone.name_trait("I say yes too soon")
    old_phone.log("A neighbour asked for a favour", trait="I say yes too soon", old=80)
    old_phone.keeps("server")
    old_phone.edit("A neighbour asked for a favour", learned="I may think first")
    old_phone.shows("I may think first")

    old_phone.open("/practise")
    old_phone.page.get_by_role("textbox", name="How strong was the old reaction?").fill("very")
    old_phone.page.get_by_role("button", name="Save this moment").click()
    old_phone.shows("Please write a whole number, like 40.")

    phone = new_device()
    phone.sign_in(MARA)
    phone.shows("A neighbour asked for a favour")
    phone.edit("A neighbour asked for a favour", learned="I may say no")
    phone.keeps("server")
    old_phone.find("A neighbour asked for a favour")
    old_phone.shows("I may say no")


def test_without_a_script_starting_now_says_what_it_takes(new_device: Callable[..., Device]) -> None:
    old_phone = new_device(java_script_enabled=False)
    old_phone.open("/")
    old_phone.page.get_by_role("link", name="Start now").click()
    expect(old_phone.page.get_by_role("main").get_by_role("link", name="Sign in")).to_be_visible()


def test_a_hard_reload_ends_on_the_device_again(new_device: Callable[..., Device]) -> None:
    phone = new_device()
    phone.start_now()
    phone.log("Only on this phone", old=20)
    phone.open("/journal")
    debugger = phone.context.new_cdp_session(phone.page)
    debugger.send("Page.reload", {"ignoreCache": True})
    phone.shows("Only on this phone")
