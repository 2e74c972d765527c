"""Somebody wrote without an account, and signs in to one: what becomes of those words is theirs to say."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.axe import Eyes, findings
from tests.browser.device import PASSPHRASE, Device

MARA = "mara@example.org"
QUESTION = "Where should these words go?"
PUT_IN, APART = "Put them into the journal", "Leave them on this device"


def test_put_into_the_journal_nothing_is_lost_and_nothing_doubled(new_device: Callable[[], Device]) -> None:
    laptop, phone = asked(new_device)
    phone.shows(f"This device has 1 entry of its own. Put these words into the journal of {MARA}")
    phone.page.get_by_role("button", name=PUT_IN).click()

    phone.shows_title("Journal")
    phone.shows("On the laptop")
    phone.shows("On the phone")
    phone.keeps("server")
    laptop.goes_online()
    laptop.open("/journal")
    laptop.shows("On the phone")
    expect(laptop.page.locator(".item")).to_have_count(2)


def test_left_on_the_device_they_stay_apart_and_are_offered_again_and_come_back_at_sign_out(
    new_device: Callable[[], Device],
) -> None:
    laptop, phone = asked(new_device)
    phone.page.get_by_role("button", name=APART).click()
    phone.shows_title("Journal")
    phone.shows("On the laptop")
    phone.shows_not("On the phone")
    phone.keeps("server")

    phone.open("/you")
    phone.shows("This browser also has 1 entry of its own")
    phone.page.get_by_role("button", name="Sign out").click()
    phone.shows_title("Today")
    phone.open("/journal")
    phone.shows("On the phone")
    phone.shows_not("On the laptop")
    phone.keeps("device")
    laptop.goes_online()
    laptop.open("/journal")
    expect(laptop.page.locator(".item")).to_have_count(1)

    goes_in(phone)
    phone.page.get_by_role("button", name=APART).click()
    phone.open("/you")
    phone.page.get_by_role("link", name="Decide where they go").click()
    phone.page.get_by_role("button", name=PUT_IN).click()
    phone.shows_title("You")
    phone.shows_not("of its own")
    phone.open("/journal")
    phone.shows("On the phone")
    phone.shows("On the laptop")


def test_a_question_that_was_left_is_asked_again_and_until_then_nothing_is_sent(
    new_device: Callable[[], Device],
) -> None:
    laptop, phone = asked(new_device)
    phone.page.close()
    phone.page = phone.new_page()
    phone.open("/practise")
    phone.shows_title(QUESTION)
    phone.open("/support")
    phone.shows_title("Help now")
    laptop.goes_online()
    laptop.open("/journal")
    laptop.shows_not("On the phone")

    phone.open("/practise")
    phone.page.get_by_role("button", name=PUT_IN).click()
    phone.shows_title("Log a moment")
    phone.open("/journal")
    phone.shows("On the phone")


def test_whoever_signed_in_by_mistake_signs_out_again_and_all_is_as_it_was(new_device: Callable[[], Device]) -> None:
    _, phone = asked(new_device)
    phone.page.get_by_role("button", name="Sign out again").click()
    phone.shows_title("Today")
    phone.open("/journal")
    phone.shows("On the phone")
    phone.keeps("device")
    left = {cookie["name"] for cookie in phone.context.cookies()}
    assert left <= {"__Host-unlearn-asked"}  # what ties a passkey's challenge to this browser says nothing of anybody


def test_half_written_words_go_along(new_device: Callable[[], Device]) -> None:
    make_laptop(new_device)
    phone = new_device()
    phone.start_now()
    phone.is_installed()
    phone.open("/practise")
    phone.unfold("What happened")
    phone.page.get_by_label("What was going on?").fill("Begun before I signed in")
    phone.has_drafted("Begun before I signed in")
    goes_in(phone, "/practise")
    phone.shows("1 half-written form")
    phone.page.get_by_role("button", name=PUT_IN).click()

    phone.shows_title("Log a moment")
    expect(phone.page.get_by_label("What was going on?")).to_have_value("Begun before I signed in")


def test_a_session_that_the_worker_finds_by_itself_asks_as_well(new_device: Callable[[], Device]) -> None:
    """Signed in on a page of the server's, past the worker, as after a hard reload."""
    make_laptop(new_device)
    phone = new_device()
    phone.begin("I go quiet in groups")
    phone.log("On the phone", old=40)
    bare = phone.context.new_cdp_session(phone.page)
    bare.send("Network.enable")
    bare.send("Network.setBypassServiceWorker", {"bypass": True})
    phone.open("/sign-in?next=/support")
    phone.page.get_by_label("Email").fill(MARA)
    phone.page.get_by_label("Passphrase").fill(PASSPHRASE)
    phone.page.get_by_role("button", name="Sign in").click()
    phone.shows_title("Help now")
    expect(phone.page.locator("html")).to_have_attribute("data-signed-in", "yes")
    phone.page = phone.new_page()  # no tab of the server's, which goes over to the worker's pages by itself
    phone.open("/journal")

    phone.shows_title(QUESTION)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_question_keeps_nobody_out(new_device: Callable[[], Device], scheme: str) -> None:
    _, phone = asked(new_device)
    eyes = Eyes(phone.page)
    for width, letters in ((390, 16), (320, 32)):
        eyes.see(width, scheme, letters)
        assert findings(phone.page) == []
        assert phone.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def asked(new_device: Callable[[], Device]) -> tuple[Device, Device]:
    """Mara's laptop with one entry, and her phone with another of no account, where she has just signed in."""
    laptop = make_laptop(new_device)
    phone = new_device()
    phone.start_now()
    phone.is_installed()
    phone.log("On the phone", old=40)
    goes_in(phone)
    return laptop, phone


def make_laptop(new_device: Callable[[], Device]) -> Device:
    laptop = new_device()
    laptop.open("/")
    laptop.is_installed()
    laptop.make_account(MARA)
    laptop.log("On the laptop", old=50)
    laptop.keeps("server")
    return laptop


def goes_in(phone: Device, onward: str = "/journal") -> None:
    phone.open(f"/sign-in?next={onward}")
    phone.page.get_by_label("Email").fill(MARA)
    phone.page.get_by_label("Passphrase").fill(PASSPHRASE)
    phone.page.get_by_role("button", name="Sign in").click()
    phone.shows_title(QUESTION)
