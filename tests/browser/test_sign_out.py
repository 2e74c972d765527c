"""Signing out: what no server has is asked about first, and whoever uses the browser next finds nothing that was not chosen to stay."""

from collections.abc import Callable
from contextlib import suppress

import httpx
import pytest
from playwright.sync_api import Error, expect

from tests.browser.axe import Eyes, findings
from tests.browser.device import Device
from tests.browser.kept import databases, elsewhere, everything
from tests.serving import Serving

MARA, TEO = "mara@example.org", "teo@example.org"
UNSENT = "Not sent yet"
ASKED = "Some words are only here"


def test_it_asks_before_words_are_lost_that_no_server_has(server: Serving, new_device: Callable[[], Device]) -> None:
    phone = with_unsent_words(server, new_device)
    sign_out(phone)
    phone.shows_title(ASKED)
    phone.shows("1 entry")
    phone.shows("hidden, but not encrypted")
    phone.page.get_by_role("link", name="Stay signed in").click()
    phone.shows_title("You")
    phone.open("/journal")
    phone.shows(UNSENT)

    sign_out(phone)
    phone.page.get_by_role("button", name="Sign out and remove them").click()
    phone.shows_title("Learn to unlearn")
    assert UNSENT not in everything(phone.page)


def test_words_that_are_kept_are_hidden_from_everybody_until_the_same_account_is_back(
    server: Serving, new_device: Callable[[], Device]
) -> None:
    new_device().make_account(TEO)
    phone = with_unsent_words(server, new_device)
    sign_out(phone)
    phone.page.get_by_role("button", name="Sign out and keep them here, hidden").click()
    phone.shows_title("Learn to unlearn")
    finds_nothing(phone)
    server.start()

    phone.sign_in(TEO)
    phone.shows_not(UNSENT)
    finds_nothing(phone)
    phone.open("/you")
    assert MARA not in phone.page.content()
    phone.sign_out()
    phone.sign_in(MARA)
    phone.shows(UNSENT)
    phone.keeps("server")


def test_without_a_network_it_is_done_on_the_device_at_once_and_on_the_server_when_that_can_be_reached(
    server: Serving, new_device: Callable[[], Device]
) -> None:
    phone = signed_in(new_device)
    phone.log("The server has this", old=60)
    phone.keeps("server")
    [cookie] = [f"{each['name']}={each['value']}" for each in phone.context.cookies()]
    server.stop()
    phone.sign_out()
    assert "The server has this" not in everything(phone.page)
    assert MARA not in everything(phone.page)

    server.start()
    assert session(server, cookie) == 200
    with phone.context.expect_event("response", lambda answer: answer.url.endswith("/sign-out")):
        phone.goes_online()
    assert session(server, cookie) == 401
    phone.open("/journal")
    phone.shows_not("The server has this")


def test_other_tabs_leave_at_once_and_what_was_half_written_there_gets_into_no_other_journal(
    server: Serving, new_device: Callable[[], Device]
) -> None:
    new_device().make_account(TEO)
    phone = signed_in(new_device)
    tab = phone.new_page()
    tab.goto(f"{phone.url}/practise")
    tab.locator("summary", has_text="What happened").click()
    tab.get_by_label("What was going on?").fill("Half written by Mara")
    phone.has_drafted("Half written by Mara")
    sign_out(phone)
    phone.shows("1 half-written form")
    phone.page.get_by_role("button", name="Sign out and remove them").click()

    expect(tab.locator("h1")).to_have_text("Learn to unlearn")
    phone.shows_title("Learn to unlearn")
    phone.sign_in(TEO)
    assert "Half written by Mara" not in everything(phone.page)
    tab.go_back()
    tab.goto(f"{phone.url}/practise")
    expect(tab.get_by_label("What was going on?")).to_have_value("")


def test_a_page_that_back_brings_out_of_the_browsers_memory_shows_nothing_before_it_was_asked_for_anew(
    new_device: Callable[[], Device],
) -> None:
    """Chromium remembers no page that waits for a lock, as ours do; others do. They tell a page so by these events."""
    phone = signed_in(new_device)
    phone.log("Only Mara knows", old=60)
    phone.page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
    expect(phone.page.get_by_text("Only Mara knows").first).to_be_hidden()
    with phone.page.expect_navigation():
        phone.page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    phone.shows_title("Only Mara knows")


def test_back_shows_no_word_after_it(new_device: Callable[[], Device]) -> None:
    phone = signed_in(new_device)
    phone.log("Only Mara knows", old=60)
    phone.open("/journal")
    phone.shows("Only Mara knows")
    phone.keeps("server")
    phone.sign_out()
    for _ in range(3):
        phone.page.go_back(wait_until="commit")
        expect(phone.page.locator("h1")).to_be_visible()
        expect(phone.page.get_by_text("Only Mara knows")).to_have_count(0)
    assert "Only Mara knows" not in everything(phone.page)


def test_without_a_worker_a_half_written_form_is_asked_about_and_goes_as_well(
    new_device: Callable[..., Device],
) -> None:
    old_phone = new_device(service_workers="block")
    old_phone.make_account(MARA)
    old_phone.open("/practise")
    old_phone.unfold("What happened")
    old_phone.page.get_by_label("What was going on?").fill("Half written by Mara")
    old_phone.has_drafted("Half written by Mara")
    sign_out(old_phone)
    old_phone.shows_title(ASKED)
    old_phone.shows("1 half-written form")
    old_phone.page.get_by_role("button", name="Sign out and remove them").click()

    old_phone.shows_title("Learn to unlearn")
    assert "Half written by Mara" not in everything(old_phone.page)
    assert old_phone.context.cookies() == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_question_keeps_nobody_out(server: Serving, new_device: Callable[[], Device], scheme: str) -> None:
    phone = with_unsent_words(server, new_device)
    sign_out(phone)
    phone.shows_title(ASKED)
    eyes = Eyes(phone.page)
    for width, letters in ((390, 16), (320, 32)):
        eyes.see(width, scheme, letters)
        assert findings(phone.page) == []


def finds_nothing(phone: Device) -> None:
    """Neither on the screen nor anywhere but in the one database that was chosen to stay, also with Back."""
    assert UNSENT not in elsewhere(phone.page)
    assert len([name for name, rows in databases(phone.page).items() if UNSENT in rows]) == 1
    with suppress(Error):  # the answer to a form: the browser itself asks whether to send that once more
        phone.page.go_back()
    expect(phone.page.get_by_text(UNSENT)).to_have_count(0)  # a page that is left for another can't be read whole
    phone.open("/journal")
    phone.shows_not(UNSENT)


def with_unsent_words(server: Serving, new_device: Callable[[], Device]) -> Device:
    phone = signed_in(new_device)
    server.stop()
    phone.log(UNSENT, old=60)
    return phone


def signed_in(new_device: Callable[[], Device]) -> Device:
    phone = new_device()
    phone.open("/")
    phone.is_installed()
    phone.make_account(MARA)
    phone.keeps("server")
    return phone


def sign_out(phone: Device) -> None:
    phone.open("/you")
    phone.page.get_by_role("button", name="Sign out").click()


def session(server: Serving, cookie: str) -> int:
    """What the server says of whoever holds this cookie."""
    return httpx.get(f"{server.url}/session", headers={"Cookie": cookie, "Accept": "application/json"}).status_code
