"""Mara and Teo share a browser. Neither ever sees a word of the other's, and neither loses one."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.device import Device
from tests.browser.kept import everything
from tests.serving import Serving

MARA, TEO = "mara@example.org", "teo@example.org"


def test_after_signing_out_the_next_person_finds_nothing(new_device: Callable[[], Device]) -> None:
    shared = new_device()
    shared.open("/")
    shared.is_installed()
    shared.make_account(MARA)
    shared.log("Only Mara knows", old=60)
    shared.keeps("server")
    shared.sign_out()

    assert "Only Mara knows" not in everything(shared.page)
    shared.page.go_back()
    shared.shows_not("Only Mara knows")
    shared.make_account(TEO)
    shared.open("/journal")
    shared.shows("Your journal starts with one moment")
    shared.sign_out()
    shared.sign_in(MARA)
    shared.shows("Only Mara knows")


def test_a_session_that_ended_keeps_what_is_written_until_the_next_sign_in(
    server: Serving, new_device: Callable[[], Device]
) -> None:
    phone = new_device()
    phone.open("/")
    phone.is_installed()
    phone.make_account(MARA)
    phone.keeps("server")
    phone.context.clear_cookies()
    phone.log("Written when the session had ended", old=50)
    phone.keeps("signed_out")
    phone.open("/journal")
    phone.shows("Written when the session had ended")

    phone.sign_in(MARA)
    phone.keeps("server")
    laptop = new_device()
    laptop.sign_in(MARA)
    laptop.shows("Written when the session had ended")


def test_another_person_who_signs_in_over_an_ended_session_sees_nothing_and_takes_nothing(
    server: Serving, new_device: Callable[[], Device]
) -> None:
    shared = new_device()
    shared.open("/")
    shared.is_installed()
    shared.make_account(MARA)
    shared.keeps("server")
    shared.context.clear_cookies()
    shared.log("Mara, not sent yet", old=50)
    shared.keeps("signed_out")

    elsewhere = new_device()
    elsewhere.make_account(TEO)
    shared.sign_in(TEO)
    shared.shows_not("Mara, not sent yet")
    shared.sign_out()
    shared.sign_in(MARA)
    shared.shows("Mara, not sent yet")
    shared.keeps("server")


def test_half_written_words_wait_in_the_journal_they_were_begun_in_while_somebody_else_signs_in_on_another_tab(
    server: Serving, new_device: Callable[[], Device]
) -> None:
    shared, tab = signed_in_on_two_tabs(new_device)
    begin(tab, "Begun by Mara")
    shared.has_drafted("Begun by Mara")
    shared.context.clear_cookies()
    with tab.expect_navigation():
        shared.sign_in(TEO)

    expect(tab.get_by_label("What was going on?")).to_have_value("")
    shared.sign_out()
    shared.sign_in(MARA)
    shared.open("/practise")
    shared.page.locator("summary", has_text="What happened").click()
    expect(shared.page.get_by_label("What was going on?")).to_have_value("Begun by Mara")


def test_a_tab_that_nobody_told_puts_no_word_into_the_journal_of_somebody_else(
    server: Serving, new_device: Callable[[], Device]
) -> None:
    shared, tab = signed_in_on_two_tabs(new_device, told=False)
    begin(tab, "Begun by Mara")
    shared.has_drafted("Begun by Mara")
    shared.context.clear_cookies()
    shared.sign_in(TEO)
    tab.get_by_role("button", name="Save this moment").click()

    expect(tab.get_by_text(f"begun in the journal of {MARA}")).to_be_visible()
    expect(tab.get_by_label("What was going on?")).to_have_value("Begun by Mara")
    shared.open("/journal")
    shared.shows("Your journal starts with one moment")
    shared.sign_out()
    shared.sign_in(MARA)
    tab.get_by_role("button", name="Save this moment").click()
    expect(tab.locator("h1")).to_have_text("Begun by Mara")
    shared.open("/journal")
    shared.shows("Begun by Mara")


def signed_in_on_two_tabs(new_device: Callable[[], Device], *, told: bool = True) -> tuple[Device, Page]:
    """Mara is signed in; Teo has an account of his own. The second tab hears the worker, or nothing at all."""
    new_device().make_account(TEO)
    shared = new_device()
    shared.open("/")
    shared.is_installed()
    shared.make_account(MARA)
    shared.keeps("server")
    tab = shared.new_page()
    if not told:
        tab.add_init_script("navigator.serviceWorker.onmessage = heard => heard.stopImmediatePropagation()")
    tab.goto(f"{shared.url}/practise")
    return shared, tab


def begin(tab: Page, situation: str) -> None:
    """Write a form half."""
    tab.get_by_role("textbox", name="How strong was the old reaction?").fill("60")
    tab.locator("summary", has_text="What happened").click()
    tab.get_by_label("What was going on?").fill(situation)
