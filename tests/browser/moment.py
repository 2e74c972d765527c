"""One moment that somebody logs: how they type it, that the form still has it, and that it is saved once."""

import json

from playwright.sync_api import Page, expect

from tests.browser.device import Device

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


def begin(phone: Device) -> Device:
    phone.begin("I go quiet in groups")
    phone.open("/practise")
    for section in ("What happened", "Feelings"):
        phone.unfold(section)
    return phone


def type_moment(page: Page) -> None:
    page.get_by_label("When was it?").fill("2026-11-22T18:03")
    page.get_by_label("I go quiet in groups", exact=True).check()
    page.get_by_role("textbox", name="How strong was the old reaction?").fill("60")
    page.get_by_label("What was going on?").fill(SITUATION)
    page.get_by_role("checkbox", name="tense").check()
    page.get_by_role("textbox", name="How strong: tense").fill("70")


def holds_moment(page: Page) -> None:
    expect(page.get_by_label("When was it?")).to_have_value("2026-11-22T18:03")
    expect(page.get_by_label("I go quiet in groups", exact=True)).to_be_checked()
    expect(page.get_by_role("textbox", name="How strong was the old reaction?")).to_have_value("60")
    expect(page.get_by_label("What was going on?")).to_have_value(SITUATION)
    expect(page.get_by_role("checkbox", name="tense")).to_be_checked()
    expect(page.get_by_role("textbox", name="How strong: tense")).to_have_value("70")


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
