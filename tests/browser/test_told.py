"""After each swap focus is where one goes on from, and one polite region says what happened."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.device import Device

TRAIT = "I go quiet in groups"
OTHER = "I put everyone else first"


def test_what_was_done_is_said_with_the_page_that_came(new_device: Callable[[], Device]) -> None:
    phone = begin(new_device)
    page = phone.page
    says(page, f"{TRAIT} · Unlearn Saved.")
    expect(page.locator("h1")).to_be_focused()
    phone.log("A quiet lunch", old=60)
    press(page, "Put in the bin")
    says(page, "A quiet lunch · Unlearn Moved to the bin.")
    expect(page.locator("h1")).to_be_focused()
    press(page, "Put back")
    says(page, "A quiet lunch · Unlearn Put back.")
    press(page, "Put in the bin")
    press(page, "Delete for good")
    phone.shows_title("Bin")
    says(page, "Bin · Unlearn Deleted for good.")


def test_the_quick_log_says_its_own_words_and_nothing_twice(new_device: Callable[[], Device]) -> None:
    phone = begin(new_device)
    phone.open("/quick")
    press(phone.page, "New reaction, strong")
    expect(phone.page.locator("#live")).to_contain_text("Saved. Each time you take the new path, it grows a little.")
    expect(phone.page.locator("#live")).not_to_contain_text("Saved. Saved.")


def test_a_plan_that_was_rehearsed_is_said(new_device: Callable[[], Device]) -> None:
    phone = begin(new_device)
    phone.open("/library/ask_for_a_minute")
    press(phone.page, "Add to my tools")
    says(phone.page, "Ask for a minute · Unlearn Saved.")
    phone.page.get_by_role("link", name="Make a plan").click()
    phone.page.get_by_label("If this happens …").fill("somebody asks me for a favour")
    phone.page.get_by_label("… then I will …").fill("say that I will answer tomorrow")
    press(phone.page, "Save")
    press(phone.page, "I said it out loud")
    says(phone.page, "Ask for a minute · Unlearn You said your plan back once.")


def test_a_refused_form_has_the_focus_and_leads_to_its_fields(new_device: Callable[[], Device]) -> None:
    phone = begin(new_device)
    page = phone.page
    phone.open("/practise")
    page.get_by_role("textbox", name="How strong was the old reaction?").fill("very")
    press(page, "Save this moment")
    expect(page.get_by_role("alert")).to_be_focused()
    field = page.get_by_role("textbox", name="How strong was the old reaction?")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description("Please write a whole number, like 40.")
    expect(page.locator("#live")).not_to_contain_text("Saved")
    page.get_by_role("alert").get_by_role("link", name="How strong was the old reaction?").press("Enter")
    expect(field).to_be_focused()


def test_how_much_was_found_is_said_however_one_asked(new_device: Callable[[], Device]) -> None:
    phone = begin(new_device)
    page = phone.page
    phone.log("A quiet lunch", old=60)
    phone.open("/journal")
    page.get_by_label("Search your words").press_sequentially("lunch")
    says(page, "1 entry found")
    expect(page.get_by_label("Search your words")).to_be_focused()
    page.locator("summary", has_text="Filters").click()
    page.get_by_role("button", name="Show these").click()
    says(page, "Journal · Unlearn 1 entry found")
    expect(page.locator("h1")).to_be_focused()


def test_words_that_are_put_away_one_after_the_other_keep_the_place(new_device: Callable[[], Device]) -> None:
    phone = begin(new_device)
    page = phone.page
    phone.open("/emotions")
    page.get_by_role("button", name="Put away: helpless").press("Enter")
    says(page, "Words for feelings · Unlearn Put away.")
    expect(page.get_by_role("button", name="Put away: nervous")).to_be_focused()


def test_what_takes_the_place_of_a_part_of_the_page_is_said(new_device: Callable[[], Device]) -> None:
    phone = begin(new_device)
    page = phone.page
    phone.open("/notice")
    before = page.locator(".scene").inner_text()
    page.get_by_role("link", name="Another prompt").press("Enter")
    expect(page.locator(".scene")).not_to_have_text(before)
    says(page, page.locator(".scene").inner_text())
    expect(page.get_by_role("link", name="Another prompt")).to_be_focused()


def test_plans_that_fit_are_announced_and_take_no_focus(new_device: Callable[[], Device]) -> None:
    phone = begin(new_device)
    page = phone.page
    phone.open("/tools/new")
    page.get_by_label("What is the tool?").fill("Ask for a minute")
    page.get_by_label("If this happens …").fill("somebody asks me for a favour")
    page.get_by_label("… then I will …").fill("say that I will answer tomorrow")
    press(page, "Save this tool")
    phone.open("/practise")
    phone.unfold("What happened")
    page.get_by_label("What was going on?").press_sequentially("A neighbour asked a favour")
    says(page, "You made a plan for a moment like this:")
    expect(page.get_by_label("What was going on?")).to_be_focused()


def test_a_draft_that_came_back_is_told(new_device: Callable[[], Device]) -> None:
    phone = begin(new_device)
    phone.open("/practise")
    phone.page.get_by_role("textbox", name="How strong was the old reaction?").fill("40")
    phone.has_drafted("40")
    phone.page.reload()
    says(phone.page, "This is what you were writing here before.")


@pytest.mark.parametrize("kind", [{}, {"service_workers": "block"}], ids=["phone", "server"])
def test_back_is_where_one_came_from(new_device: Callable[..., Device], kind: dict[str, str]) -> None:
    device = new_device(**kind)
    device.make_account("mara@example.org")
    device.name_trait(TRAIT)
    page = device.page
    says(page, f"{TRAIT} · Unlearn Saved.")
    page.get_by_role("link", name="Journal").first.click()
    device.shows_title("Journal")
    says(page, "Journal · Unlearn 1 entry")
    page.get_by_role("main").get_by_role("link", name=TRAIT).first.click()
    device.shows_title(TRAIT)
    page.go_back()
    device.shows_title("Journal")
    expect(page.locator("h1")).to_be_focused()
    says(page, "Journal · Unlearn 1 entry")


def begin(new_device: Callable[[], Device]) -> Device:
    phone = new_device()
    phone.begin(TRAIT)
    return phone


def says(page: Page, text: str) -> None:
    expect(page.locator("#live")).to_have_text(text)


def press(page: Page, button: str) -> None:
    page.get_by_role("main").get_by_role("button", name=button).first.click()
