"""A phone with a lock, and what somebody who picks it up sees."""

from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page, expect

from tests.browser.device import Device

PIN = "4711"
TRAIT = "I go quiet in groups"
WORDS = "My sister rang and I had no words"
START = datetime.now(UTC)  # near the clock of the server, which refuses one that is far ahead


def begin(phone: Device, after: str = "After 5 minutes") -> Device:
    phone.begin(TRAIT)
    phone.lives_at(START)
    set_lock(phone, after)
    return phone


def set_lock(phone: Device, after: str = "After 5 minutes") -> None:
    phone.open("/you/lock")
    phone.page.get_by_label("PIN", exact=True).fill(PIN)
    phone.page.get_by_label("The same PIN again").fill(PIN)
    phone.page.get_by_label(after).check()
    phone.page.get_by_role("button", name="Set a lock").click()
    phone.shows("The lock is set.")


def unlock(page: Page, pin: str = PIN) -> None:
    page.get_by_label("PIN", exact=True).fill(pin)
    page.get_by_role("button", name="Unlock", exact=True).click()


def is_locked(page: Page) -> None:
    expect(page.locator("h1")).to_have_text("Locked")
    expect(page).to_have_title("Locked · Unlearn")
    assert TRAIT not in page.content()
    assert WORDS not in page.content()


def later(phone: Device, minutes: float) -> None:
    phone.lives_at(START + timedelta(minutes=minutes))
