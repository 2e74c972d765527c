"""A session that ends while somebody writes: they sign in, and are back at what they wrote, with all of it."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.device import PASSPHRASE, Device

MARA = "mara@example.org"
WORDS = "My sister rang and I had no words"


def test_on_the_phone_signing_in_leads_back_to_the_form_with_all_that_was_typed(
    new_device: Callable[..., Device],
) -> None:
    phone = new_device()
    phone.open("/")
    phone.is_installed()
    phone.make_account(MARA)
    phone.keeps("server")
    phone.context.clear_cookies()
    phone.log("Sent when the session had ended", old=50)
    phone.keeps("signed_out")
    phone.open("/practise")
    half_write(phone.page)
    phone.has_drafted(WORDS)
    phone.page.locator("#keeping").get_by_role("link").click()
    signs_in(phone.page)

    phone.shows_title("Log a moment")
    holds_all(phone.page)
    phone.keeps("server")
    phone.page.get_by_role("button", name="Save this moment").click()
    phone.shows_title(WORDS)


def test_from_the_server_a_form_that_came_too_late_is_sent_again_from_the_page_that_holds_it(
    new_device: Callable[..., Device],
) -> None:
    old_phone = new_device(service_workers="block")
    old_phone.make_account(MARA)
    old_phone.open("/practise")
    half_write(old_phone.page)
    old_phone.context.clear_cookies()
    old_phone.page.get_by_role("button", name="Save this moment").click()
    old_phone.shows_title("Sign in, then send this again")
    expect(old_phone.page.get_by_role("textbox", name="Your words")).to_have_value(f"60\n\n{WORDS}")

    with old_phone.page.expect_popup() as opened:
        old_phone.page.get_by_role("link", name="Sign in, in a new tab").click()
    signs_in(opened.value)
    expect(opened.value.locator("h1")).to_have_text("You")
    old_phone.page.get_by_role("button", name="Try again").click()
    old_phone.shows_title(WORDS)
    old_phone.keeps("server")


def half_write(page: Page) -> None:
    page.get_by_role("textbox", name="How strong was the old reaction?").fill("60")
    page.locator("summary", has_text="What happened").click()
    page.get_by_label("What was going on?").fill(WORDS)


def holds_all(page: Page) -> None:
    expect(page.get_by_role("textbox", name="How strong was the old reaction?")).to_have_value("60")
    expect(page.get_by_label("What was going on?")).to_have_value(WORDS)


def signs_in(page: Page) -> None:
    page.get_by_label("Email").fill(MARA)
    page.get_by_label("Passphrase").fill(PASSPHRASE)
    page.get_by_role("button", name="Sign in").click()
