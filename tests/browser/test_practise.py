"""Practice on a phone: two taps, the whole form by its keys, the words for feelings, and the guide for a hot moment."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.device import Device
from tests.serving import Serving

QUIET = "I go quiet in groups"
OLD = "How strong was the old reaction?"


@pytest.fixture
def phone(new_device: Callable[[], Device]) -> Device:
    phone = new_device()
    phone.open("/")
    phone.is_installed()
    phone.name_trait(QUIET)
    return phone


@pytest.mark.parametrize("path", ["/learn", "/journal"])
def test_two_taps_from_anywhere_log_a_setback_without_a_server(phone: Device, server: Serving, path: str) -> None:
    server.stop()
    phone.open(path)
    phone.page.get_by_role("link", name="Log", exact=True).click()
    phone.page.get_by_role("button", name="Old reaction, strong").click()

    phone.shows("The old reaction was stronger this time.")
    phone.shows(QUIET)
    phone.shows("80")
    phone.page.get_by_role("link", name="Add more").click()
    expect(phone.page.get_by_role("textbox", name=OLD)).to_have_value("80")
    phone.page.go_back()
    phone.page.get_by_role("button", name="Undo").click()
    phone.shows("This is in the bin")


def test_a_quick_log_leaves_a_half_written_entry_alone(phone: Device) -> None:
    phone.open("/practise")
    phone.unfold("What happened")
    phone.page.get_by_label("What was going on?").fill("Halfway through")
    phone.has_drafted("Halfway through")
    phone.open("/quick")
    phone.page.get_by_role("button", name="New reaction, faint").click()
    phone.shows("it grows a little")
    phone.open("/practise")
    expect(phone.page.get_by_label("What was going on?")).to_have_value("Halfway through")


def test_a_number_is_slid_typed_and_taken_back_and_none_is_not_zero(phone: Device) -> None:
    phone.open("/practise")
    slider, number = phone.page.get_by_role("slider", name=OLD), phone.page.get_by_role("textbox", name=OLD)
    expect(slider).to_have_attribute("aria-valuetext", "not rated")
    expect(number).to_have_value("")
    slider.focus()
    phone.page.keyboard.press("ArrowRight")
    expect(number).to_have_value("51")
    phone.page.keyboard.press("Home")
    expect(number).to_have_value("0")
    number.fill("70")
    expect(slider).to_have_value("70")
    phone.page.get_by_role("button", name=f"Clear this number: {OLD}").click()
    expect(number).to_have_value("")
    phone.page.get_by_role("textbox", name="How strong was the new reaction?").fill("0")
    phone.page.get_by_role("button", name="Save this moment").click()
    phone.shows("Saved")
    expect(phone.page.locator("dt", has_text=OLD)).to_have_count(0)
    expect(phone.page.locator("dt:has-text('new reaction') + dd")).to_have_text("0")


def test_a_form_without_a_reaction_comes_back_with_every_word(phone: Device) -> None:
    phone.open("/practise")
    phone.unfold("What happened")
    phone.page.get_by_label("What was going on?").fill("Team lunch")
    phone.unfold("Feelings")
    phone.page.get_by_role("checkbox", name="tense").check()
    phone.page.get_by_role("textbox", name="How strong: tense").fill("40")
    phone.page.get_by_role("button", name="Save this moment").click()
    expect(phone.page.get_by_role("alert")).to_contain_text("One of the two is enough.")
    expect(phone.page.get_by_label("What was going on?")).to_have_value("Team lunch")
    expect(phone.page.get_by_role("checkbox", name="tense")).to_be_checked()
    expect(phone.page.get_by_role("textbox", name="How strong: tense")).to_have_value("40")
    phone.page.get_by_role("textbox", name=OLD).fill("30")
    phone.page.get_by_role("button", name="Save this moment").click()
    phone.shows_title("Team lunch")
    phone.shows("tense 40")


def test_a_whole_entry_is_written_by_the_keyboard_alone_and_backdated(phone: Device) -> None:
    phone.open("/practise")
    page, press = phone.page, phone.page.keyboard.press
    page.get_by_label("When was it?").fill("2026-10-20T09:30")
    page.get_by_label(QUIET, exact=True).press(" ")
    page.get_by_role("slider", name=OLD).press("PageUp")
    for section in ("What happened", "Feelings", "Thoughts", "What you learned"):
        page.locator("summary", has_text=section).press("Enter")
    page.get_by_label("What was going on?").focus()
    page.keyboard.type("Choir")
    page.get_by_role("checkbox", name="hopeful").press(" ")
    press("Tab")
    press("Home")
    page.get_by_role("checkbox", name="Reading minds").press(" ")
    page.get_by_label("What did you learn?").focus()
    page.keyboard.type("I can hum")
    press("Tab")
    page.get_by_role("button", name="Save this moment").press("Enter")
    phone.shows_title("Choir")
    phone.shows("20 October 2026, 09:30")
    phone.shows("hopeful 0")
    phone.shows("Reading minds")


def test_the_words_for_feelings_are_the_persons_own(phone: Device, server: Serving) -> None:
    server.stop()
    phone.open("/emotions")
    phone.page.get_by_label("Add a word").fill("wobbly")
    phone.page.get_by_role("button", name="Save").click()
    expect(phone.page.get_by_role("button", name="Put away: wobbly")).to_be_visible()
    for word in ("tense", "wobbly"):
        phone.page.get_by_role("button", name=f"Put away: {word}").click()
        expect(phone.page.get_by_role("button", name=f"Bring back: {word}")).to_be_visible()
    phone.page.get_by_role("button", name="Bring back: wobbly").click()
    expect(phone.page.get_by_role("button", name="Put away: wobbly")).to_be_visible()
    phone.open("/practise")
    phone.unfold("Feelings")
    expect(phone.page.get_by_role("checkbox", name="tense")).to_have_count(0)
    expect(phone.page.get_by_role("checkbox", name="wobbly")).to_be_visible()


def test_all_twelve_traps_are_in_sight(phone: Device) -> None:
    phone.open("/practise")
    phone.unfold("Thoughts")
    traps = phone.page.locator("#practice-traps .choices")
    expect(traps.get_by_role("checkbox")).to_have_count(12)
    assert traps.evaluate("list => list.scrollHeight <= list.clientHeight")


def test_a_hot_moment_is_named_met_with_a_tool_and_logged(phone: Device, server: Serving) -> None:
    server.stop()
    phone.open("/")
    phone.page.get_by_role("link", name="It is happening now").click()
    phone.shows_title("Right now")
    go_on = phone.page.get_by_role("button", name="Next", exact=True)
    phone.page.get_by_role("textbox", name="Distress before").fill("80")
    go_on.click()
    phone.page.get_by_role("radio", name="Paced breathing").check()
    go_on.click()
    expect(phone.page.get_by_role("heading", name="Paced breathing")).to_be_visible()
    expect(phone.page.locator(".way").nth(1)).to_be_hidden()
    phone.page.get_by_role("button", name="Back").click()
    phone.page.get_by_role("radio", name="5-4-3-2-1 grounding").check()
    go_on.click()
    phone.page.get_by_role("button", name="Start").click()
    phone.page.get_by_role("button", name="Next one").click()
    phone.shows("Name 4 things")
    go_on.click()
    phone.page.get_by_role("textbox", name="Distress after").fill("50")
    phone.page.get_by_role("button", name="Save this moment").click()
    phone.shows("Not saved yet")
    phone.shows_title("Right now")
    expect(phone.page.get_by_role("heading", name="4 of 4")).to_be_visible()
    phone.page.get_by_role("textbox", name="How strong was the new reaction?").fill("40")
    phone.page.get_by_role("button", name="Save this moment").click()
    phone.shows("it grows a little")
    phone.shows(QUIET)
    phone.shows("50")
    phone.shows("5-4-3-2-1 grounding")


def test_a_plan_is_offered_while_its_moment_is_written_down(phone: Device, server: Serving) -> None:
    server.stop()
    phone.open("/tools/new")
    phone.page.get_by_label("What is the tool?").fill("One question")
    phone.page.get_by_label("If this happens …").fill("a meeting falls silent")
    phone.page.get_by_label("… then I will …").fill("ask one small question")
    phone.page.get_by_role("button", name="Save").click()
    phone.shows_title("One question")
    phone.open("/practise")
    phone.page.get_by_label("None, or not sure yet").first.check()
    phone.unfold("What happened")
    phone.shows_not("ask one small question")
    phone.page.get_by_label("What was going on?").fill("The meeting on Monday")
    phone.page.get_by_label("What was going on?").blur()
    phone.shows("ask one small question")
