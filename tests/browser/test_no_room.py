"""Words that a device has no room for: they stay where they are, can be taken along, and are saved once there is room."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.device import Device
from tests.browser.moment import (
    OFFERED,
    SITUATION,
    TEXT,
    begin,
    holds_moment,
    is_saved_once,
    refused,
    save,
    send_plainly,
    type_moment,
)
from tests.browser.room import Profile, Quota
from tests.serving import Serving


@pytest.fixture
def phone(new_device: Callable[[], Device]) -> Device:
    """A phone that is about to run out of the room that it gives to the site."""
    return new_device()


@pytest.fixture
def quota(phone: Device) -> Quota:
    quota = Quota(phone)
    begin(phone)
    return quota


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    return Profile(tmp_path / "profile")


@pytest.fixture
def blocked(browser: Browser, server: Serving, profile: Profile) -> Iterator[Device]:
    """A phone whose databases can't be opened, with a form on the screen."""
    with profile.open(browser, server.url) as phone:
        begin(phone)
        type_moment(phone.page)
        phone.has_drafted("no words")
        profile.block(phone)
        yield phone


def test_a_form_comes_back_when_there_is_no_room_and_is_saved_once_when_there_is(phone: Device, quota: Quota) -> None:
    quota.fill()
    type_moment(phone.page)
    save(phone)

    refused(phone, "Not saved: this device has no room left.")
    phone.shows_title("Log a moment")
    holds_moment(phone.page)
    with phone.page.expect_download() as kept:
        phone.page.get_by_role("link", name="Save a copy of everything").click()
    assert "I go quiet in groups" in kept.value.path().read_text()
    assert "no words" not in kept.value.path().read_text()

    phone.page.get_by_role("button", name="Try again").click()
    refused(phone, "Not saved: this device has no room left.")
    quota.make_room()
    phone.page.get_by_role("button", name="Try again").click()
    is_saved_once(phone)


def test_a_form_stays_as_it_is_when_databases_are_blocked(blocked: Device, profile: Profile) -> None:
    form = blocked.page.evaluate_handle("document.forms[0]")
    save(blocked)
    refused(blocked, "Perhaps this device is full")
    assert form.evaluate("form => form.isConnected")
    holds_moment(blocked.page)

    profile.unblock(blocked)
    blocked.page.get_by_role("button", name="Try again").click()
    is_saved_once(blocked)


def test_plans_that_the_page_asks_for_in_vain_say_nothing_of_saving(blocked: Device) -> None:
    blocked.page.evaluate("addEventListener('htmx:finally:request', () => { document.body.dataset.asked = 'yes' })")
    blocked.page.get_by_label("What was going on?").press_sequentially(", today")
    expect(blocked.page.locator("body")).to_have_attribute("data-asked", "yes")
    expect(blocked.page.get_by_text("Not saved")).to_be_hidden()
    expect(blocked.page.get_by_label("What was going on?")).to_be_focused()


def test_words_that_can_not_be_kept_are_copied_or_saved_as_a_file_by_keyboard_alone(blocked: Device) -> None:
    blocked.context.grant_permissions(["clipboard-read", "clipboard-write"])
    blocked.page.get_by_label("What was going on?").focus()
    blocked.page.get_by_role("button", name="Save this moment").focus()
    blocked.page.keyboard.press("Enter")
    refused(blocked, "Perhaps this device is full")
    for name in OFFERED:
        blocked.page.keyboard.press("Tab")
        expect(blocked.page.get_by_role("button", name=name)).to_be_focused()
    blocked.page.keyboard.press("Shift+Tab")
    with blocked.page.expect_download() as kept:
        blocked.page.keyboard.press("Enter")
    assert kept.value.path().read_text() == TEXT
    blocked.page.keyboard.press("Shift+Tab")
    blocked.page.keyboard.press("Enter")
    expect(blocked.page.get_by_role("button", name="Copied")).to_be_focused()
    expect(blocked.page.locator("#live")).to_have_text("Copied")
    assert blocked.page.evaluate("navigator.clipboard.readText()") == TEXT


def test_where_a_page_may_not_copy_the_words_are_laid_out_to_be_taken(blocked: Device) -> None:
    debugger = blocked.context.new_cdp_session(blocked.page)
    debugger.send("Browser.setPermission", {"permission": {"name": "clipboard-write"}, "setting": "denied"})
    save(blocked)
    blocked.page.get_by_role("button", name="Copy my words").click()
    words = blocked.page.get_by_label("Your words, ready to be copied")
    expect(words).to_be_focused()
    expect(words).to_have_value(TEXT)
    expect(words).not_to_be_editable()
    assert blocked.page.evaluate("getSelection().toString()") == TEXT


def test_a_form_that_is_sent_without_htmx_comes_back_too(phone: Device, quota: Quota) -> None:
    quota.fill()
    type_moment(phone.page)
    send_plainly(phone)
    refused(phone, "Not saved: this device has no room left.")
    holds_moment(phone.page)
    quota.make_room()
    phone.page.get_by_role("button", name="Try again").click()
    is_saved_once(phone)


def test_without_htmx_and_with_databases_blocked_the_words_come_back_on_a_page(
    blocked: Device, profile: Profile
) -> None:
    send_plainly(blocked)
    blocked.shows_title("This browser can't keep words now")
    words = blocked.page.get_by_label("Your words, ready to be copied")
    assert SITUATION in words.input_value().replace("\r", "")
    with blocked.page.expect_download() as kept:
        blocked.page.get_by_role("button", name="Save as a file").click()
    assert SITUATION in kept.value.path().read_text()

    profile.unblock(blocked)
    blocked.page.get_by_role("button", name="Try again").click()
    is_saved_once(blocked)


def test_help_is_there_where_nothing_can_be_read(blocked: Device) -> None:
    blocked.open("/journal")
    blocked.shows_title("This browser can't keep words now")
    assert blocked.page.locator("#keeping").text_content() == ""
    blocked.open("/support")
    blocked.shows_title("Help now")
    expect(blocked.page.locator("a[href^='tel:']").first).to_be_visible()
    blocked.shows("Your own plan can't be read in this browser right now.")
    blocked.page.get_by_text("I am in another country").click()
    blocked.page.get_by_role("button", name="Ireland").click()
    expect(blocked.page.locator("a[href='tel:116123']")).to_be_visible()


def test_a_draft_that_can_not_be_kept_is_said_once_and_quietly(phone: Device, quota: Quota) -> None:

    field = phone.page.get_by_label("What do you call it?")
    phone.open("/notice")
    field.fill("I say yes")
    phone.has_drafted("I say yes")
    expect(phone.page.locator("[data-undrafted]")).to_be_hidden()
    quota.fill()
    field.press_sequentially(" too soon, every time that somebody asks me for something")
    expect(phone.page.locator("[data-undrafted]")).to_be_visible()
    expect(field).to_be_focused()
    expect(phone.page.get_by_role("alert")).to_have_count(0)

    quota.make_room()
    field.press_sequentially(".")
    expect(phone.page.locator("[data-undrafted]")).to_be_hidden()


def test_with_neither_worker_nor_server_the_words_are_offered_too(
    server: Serving, new_device: Callable[..., Device]
) -> None:
    phone = new_device(service_workers="block")
    phone.make_account("mara@example.org")
    phone.name_trait("I go quiet in groups")
    phone.open("/practise")
    for section in ("What happened", "Feelings"):
        phone.unfold(section)
    type_moment(phone.page)
    server.stop()
    save(phone)
    refused(phone, "The server can't be reached right now.")
    holds_moment(phone.page)
    server.start()
    phone.page.get_by_role("button", name="Try again").click()
    is_saved_once(phone)
