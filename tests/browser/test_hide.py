"""Somebody comes in: the app makes way for a neutral page, and what was being written is there afterwards."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.device import Device
from tests.serving import Serving

WORDS = "My sister rang and I went quiet"


def is_hidden(phone: Device) -> None:
    phone.shows_title("Kitchen measures")
    expect(phone.page).to_have_title("Kitchen measures")
    assert "Unlearn" not in phone.page.inner_text("body")


def begin(phone: Device) -> None:
    phone.begin("I go quiet in groups")
    phone.open("/practise")
    phone.unfold("What happened")
    phone.page.get_by_label("What was going on?").fill(WORDS)


@pytest.mark.parametrize("way", ["button", "keys"])
def test_a_hidden_app_is_not_behind_back_and_has_what_was_typed(
    server: Serving, new_device: Callable[[], Device], way: str
) -> None:
    phone = new_device()
    begin(phone)
    server.stop()
    if way == "button":
        phone.page.get_by_role("link", name="Hide").click()
    else:
        for _ in range(3):
            phone.page.keyboard.press("Escape")
    is_hidden(phone)
    for _ in range(2):
        phone.page.go_back()
        is_hidden(phone)
    phone.page.get_by_role("link", name="More").click()
    phone.shows_title("Today")
    phone.open("/practise")
    expect(phone.page.get_by_label("What was going on?")).to_have_value(WORDS)


def test_two_escapes_hide_nothing_and_say_what_a_third_would_do(new_device: Callable[[], Device]) -> None:
    phone = new_device()
    begin(phone)
    for _ in range(2):
        phone.page.keyboard.press("Escape")
    expect(phone.page.locator("#live")).to_have_text("Press Escape again to hide this page.")
    phone.shows_title("Log a moment")


def test_every_tab_hides_with_one(new_device: Callable[[], Device]) -> None:
    phone = new_device()
    begin(phone)
    other = phone.new_page()
    other.goto(f"{phone.url}/journal")
    phone.page.get_by_role("link", name="Hide").click()
    is_hidden(phone)
    expect(other).to_have_title("Kitchen measures")


def test_hiding_works_without_any_script(new_device: Callable[..., Device]) -> None:
    phone = new_device(java_script_enabled=False)
    phone.open("/learn")
    phone.page.get_by_role("link", name="Hide").click()
    is_hidden(phone)
    phone.page.get_by_role("link", name="More").click()
    phone.shows_title("Learn to unlearn")
