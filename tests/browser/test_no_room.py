"""Words that a device has no room for: they stay where they are, can be taken along, and are saved once there is room."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import room
from tests.browser.device import Device
from tests.browser.room import Profile
from tests.serving import Serving

OFFERED = ["Copy my words", "Save as a file", "Try again"]
SITUATION = "Team lunch: somebody asked me\nand I had no words"
TEXT = f"""Log a moment

When was it?
2026-11-22T18:03

Which trait showed up?
I go quiet in groups

How strong was the old reaction?
60

What was going on?
{SITUATION}

What did you feel?
tense
70"""


@pytest.fixture
def phone(new_device: Callable[[], Device]) -> Device:
    """A phone that is about to run out of the room that it gives to the site."""
    phone = new_device()
    room.allow_little(phone)
    return begin(phone)


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    return Profile(tmp_path / "profile")


@pytest.fixture
def full(browser: Browser, server: Serving, profile: Profile) -> Iterator[Device]:
    """A phone whose disk is full, on which Chromium can't even read a database any more."""
    with profile.on_small_disk(), profile.open(browser, server.url) as phone:
        begin(phone)
        type_moment(phone.page)
        phone.has_drafted("no words")
        profile.fill_disk()
        yield phone


@pytest.fixture
def blocked(browser: Browser, server: Serving, profile: Profile) -> Iterator[Device]:
    """A phone whose databases can't be opened, with a form on the screen."""
    with profile.open(browser, server.url) as phone:
        begin(phone)
        type_moment(phone.page)
        phone.has_drafted("no words")
        profile.block(phone)
        yield phone


def test_a_form_comes_back_when_there_is_no_room_and_is_saved_once_when_there_is(phone: Device) -> None:
    room.fill(phone)
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
    room.make_room(phone)
    phone.page.get_by_role("button", name="Try again").click()
    is_saved_once(phone)


def test_a_form_stays_as_it_is_on_a_disk_that_is_full(full: Device, profile: Profile) -> None:
    form = full.page.evaluate_handle("document.forms[0]")
    save(full)
    refused(full, "device is full")
    assert form.evaluate("form => form.isConnected")
    holds_moment(full.page)
    expect(full.page).to_have_title("Log a moment · Unlearn")
    expect(full.page).to_have_url(f"{full.url}/practise")

    profile.make_room()
    full.page.get_by_role("button", name="Try again").click()
    is_saved_once(full)


def test_a_form_stays_as_it_is_when_databases_are_blocked(blocked: Device, profile: Profile) -> None:
    form = blocked.page.evaluate_handle("document.forms[0]")
    save(blocked)
    refused(blocked, "Perhaps this device is full")
    assert form.evaluate("form => form.isConnected")
    holds_moment(blocked.page)

    profile.unblock(blocked)
    blocked.page.get_by_role("button", name="Try again").click()
    is_saved_once(blocked)


def test_words_that_can_not_be_kept_are_copied_or_saved_as_a_file_by_keyboard_alone(full: Device) -> None:
    full.context.grant_permissions(["clipboard-read", "clipboard-write"])
    full.page.get_by_label("What was going on?").focus()
    full.page.get_by_role("button", name="Save this moment").focus()
    full.page.keyboard.press("Enter")
    refused(full, "device is full")
    for name in OFFERED:
        full.page.keyboard.press("Tab")
        expect(full.page.get_by_role("button", name=name)).to_be_focused()
    full.page.keyboard.press("Shift+Tab")
    with full.page.expect_download() as kept:
        full.page.keyboard.press("Enter")
    assert kept.value.path().read_text() == TEXT
    full.page.keyboard.press("Shift+Tab")
    full.page.keyboard.press("Enter")
    expect(full.page.get_by_role("button", name="Copied")).to_be_focused()
    expect(full.page.locator("#live")).to_have_text("Copied")
    assert full.page.evaluate("navigator.clipboard.readText()") == TEXT


def test_where_a_page_may_not_copy_the_words_are_laid_out_to_be_taken(full: Device) -> None:
    debugger = full.context.new_cdp_session(full.page)
    debugger.send("Browser.setPermission", {"permission": {"name": "clipboard-write"}, "setting": "denied"})
    save(full)
    full.page.get_by_role("button", name="Copy my words").click()
    words = full.page.get_by_label("Your words, ready to be copied")
    expect(words).to_be_focused()
    expect(words).to_have_value(TEXT)
    expect(words).not_to_be_editable()
    assert full.page.evaluate("getSelection().toString()") == TEXT


def test_a_form_that_is_sent_without_htmx_comes_back_too(phone: Device) -> None:
    room.fill(phone)
    type_moment(phone.page)
    send_plainly(phone)
    refused(phone, "Not saved: this device has no room left.")
    holds_moment(phone.page)
    room.make_room(phone)
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


def test_a_draft_that_can_not_be_kept_is_said_once_and_quietly(phone: Device) -> None:

    field = phone.page.get_by_label("What do you call it?")
    phone.open("/notice")
    field.fill("I say yes")
    phone.has_drafted("I say yes")
    expect(phone.page.locator("[data-undrafted]")).to_be_hidden()
    room.fill(phone)
    field.press_sequentially(" too soon, every time that somebody asks me for something")
    expect(phone.page.locator("[data-undrafted]")).to_be_visible()
    expect(field).to_be_focused()
    expect(phone.page.get_by_role("alert")).to_have_count(0)

    room.make_room(phone)
    field.press_sequentially(".")
    expect(phone.page.locator("[data-undrafted]")).to_be_hidden()


def test_with_neither_worker_nor_server_the_words_are_offered_too(
    server: Serving, new_device: Callable[..., Device]
) -> None:
    phone = new_device(service_workers="block")
    phone.make_account("mara@example.org")
    phone.name_trait("I go quiet in groups")
    phone.open("/practise")
    phone.page.get_by_text("Add more, if you like").click()
    type_moment(phone.page)
    server.stop()
    save(phone)
    refused(phone, "The server can't be reached right now.")
    holds_moment(phone.page)
    server.start()
    phone.page.get_by_role("button", name="Try again").click()
    is_saved_once(phone)


def begin(phone: Device) -> Device:
    phone.start_now()
    phone.is_installed()
    phone.name_trait("I go quiet in groups")
    phone.open("/practise")
    phone.page.get_by_text("Add more, if you like").click()
    return phone


def type_moment(page: Page) -> None:
    page.get_by_label("When was it?").fill("2026-11-22T18:03")
    page.get_by_label("I go quiet in groups", exact=True).check()
    page.get_by_role("textbox", name="How strong was the old reaction?").fill("60")
    page.get_by_label("What was going on?").fill(SITUATION)
    page.get_by_label("Feeling 1").fill("tense")
    page.get_by_label("Strength 1 (0–100)").fill("70")


def holds_moment(page: Page) -> None:
    expect(page.get_by_label("When was it?")).to_have_value("2026-11-22T18:03")
    expect(page.get_by_label("I go quiet in groups", exact=True)).to_be_checked()
    expect(page.get_by_role("textbox", name="How strong was the old reaction?")).to_have_value("60")
    expect(page.get_by_label("What was going on?")).to_have_value(SITUATION)
    expect(page.get_by_label("Feeling 1")).to_have_value("tense")
    expect(page.get_by_label("Strength 1 (0–100)")).to_have_value("70")


def save(phone: Device) -> None:
    phone.page.get_by_role("button", name="Save this moment").click()


def send_plainly(phone: Device) -> None:
    """As a browser does while htmx is not there yet."""
    with phone.page.expect_navigation():
        phone.page.evaluate("document.querySelector('form[data-draft]').submit()")


def refused(phone: Device, why: str) -> None:
    """The form says so, nothing on the page says otherwise, and a person hears it and can go on."""
    alert = phone.page.get_by_role("alert")
    expect(alert).to_contain_text(why)
    expect(alert).to_contain_text("Your words are still here")
    expect(alert).to_be_focused()
    expect(alert).to_be_in_viewport()
    assert alert.get_by_role("button").all_inner_texts() == OFFERED
    expect(phone.page.locator("#keeping")).to_have_text("")


def is_saved_once(phone: Device) -> None:
    expect(phone.page.locator("h1")).to_contain_text("Team lunch")
    phone.open("/you")
    with phone.page.expect_download() as kept:
        phone.page.get_by_role("link", name="Save a copy of everything").click()
    records = json.loads(kept.value.path().read_text())["records"]
    assert [
        record["kind"]
        for record in records
        if SITUATION in json.dumps(record["writes"], ensure_ascii=False).replace("\\n", "\n")
    ] == ["practice"]
