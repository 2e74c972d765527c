"""The lock opens with the device's own fingerprint, face or screen lock, and with the PIN whatever the device says."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.device import Device
from tests.browser.finger import Finger
from tests.browser.locked import PIN, TRAIT, begin, is_locked, later, set_lock, unlock
from tests.browser.test_layout_shift import SETTLED, WATCH
from tests.serving import Serving

ADD = "Also unlock with this device's fingerprint, face or screen lock"
OPEN = "Unlock with this device"
NO = "The device did not say yes. Try once more, or use the PIN."
ALONE = "Unlock with the PIN only"


@pytest.fixture
def phone(new_device: Callable[[], Device]) -> Device:
    return new_device()


@pytest.fixture
def finger(phone: Device) -> Finger:
    finger = Finger(phone)
    begin(phone)
    return finger


def add(phone: Device, pin: str = PIN) -> None:
    phone.open("/you/lock")
    phone.page.get_by_label("Your PIN now").fill(pin)
    phone.page.get_by_role("button", name=ADD).click()


def add_well(phone: Device) -> None:
    add(phone)
    phone.shows("From now on this device opens the lock too.")


def lay_down(phone: Device) -> None:
    later(phone, 10)
    phone.open("/journal?q=quiet")
    is_locked(phone.page)


def test_the_device_opens_its_lock_with_no_server(server: Serving, phone: Device, finger: Finger) -> None:
    server.stop()
    add_well(phone)
    lay_down(phone)
    finger.stop_worker()
    phone.page.get_by_role("button", name=OPEN).click()
    phone.shows_title("Journal")
    phone.shows(TRAIT)
    assert phone.page.url.endswith("/journal?q=quiet")


def test_what_the_device_keeps_names_nobody(phone: Device, finger: Finger) -> None:
    add_well(phone)
    [kept] = finger.credentials()
    assert (kept["rpId"], kept["isResidentCredential"]) == ("localhost", False)
    assert {kept.get("userName", "Unlearn"), kept.get("userDisplayName", "Unlearn")} == {"Unlearn"}


def test_whom_the_device_does_not_know_needs_the_pin(phone: Device, finger: Finger) -> None:
    add_well(phone)
    lay_down(phone)
    finger.is_known(False)
    for _ in range(6):  # more than wrong PINs may be typed without a wait
        phone.page.get_by_role("button", name=OPEN).click()
        expect(phone.page.get_by_role("alert")).to_have_text(NO)
        phone.page.get_by_role("alert").evaluate("alert => alert.remove()")
    is_locked(phone.page)
    unlock(phone.page)
    phone.shows(TRAIT)
    assert phone.page.url.endswith("/journal?q=quiet")


def test_a_device_that_says_no_adds_nothing(phone: Device, finger: Finger) -> None:
    finger.is_known(False)
    add(phone)
    expect(phone.page.get_by_role("alert")).to_contain_text("The device did not say yes. Nothing is changed")
    lay_down(phone)
    expect(phone.page.get_by_role("button", name=OPEN)).to_have_count(0)


def test_only_the_pin_adds_a_passkey_or_takes_it_away(phone: Device, finger: Finger) -> None:
    add(phone, "0000")
    expect(phone.page.get_by_role("alert")).to_contain_text("That is not the PIN.")
    assert finger.credentials() == []
    add_well(phone)
    phone.page.get_by_label("Your PIN now").fill("0000")
    phone.page.get_by_role("button", name=ALONE).click()
    expect(phone.page.get_by_role("alert")).to_contain_text("That is not the PIN.")
    phone.page.get_by_label("Your PIN now").fill(PIN)
    phone.page.get_by_role("button", name=ALONE).click()
    phone.shows("From now on only the PIN opens the lock.")
    lay_down(phone)
    expect(phone.page.get_by_role("button", name=OPEN)).to_have_count(0)


def test_another_pin_leaves_the_passkey_and_taking_the_lock_off_takes_it_too(phone: Device, finger: Finger) -> None:
    add_well(phone)
    phone.page.get_by_label("Your PIN now").fill(PIN)
    phone.page.get_by_label("After 15 minutes").check()
    phone.page.get_by_role("button", name="Change the lock").click()
    phone.shows("The lock is set.")
    expect(phone.page.get_by_role("button", name=ALONE)).to_be_visible()
    phone.page.get_by_label("Your PIN now").fill(PIN)
    phone.page.get_by_role("button", name="Take the lock off").click()
    phone.shows("The lock is off.")
    set_lock(phone)
    expect(phone.page.get_by_role("button", name=ADD)).to_be_visible()


def test_a_device_without_a_sensor_is_not_asked(phone: Device) -> None:
    begin(phone)
    expect(phone.page.get_by_role("button", name="Take the lock off")).to_be_visible()
    expect(phone.page.get_by_role("button", name=ADD)).to_have_count(0)


def test_nothing_moves_when_the_buttons_come(phone: Device, finger: Finger) -> None:
    phone.page.add_init_script(WATCH)
    moved = []
    phone.open("/you/lock")
    expect(phone.page.get_by_role("button", name=ADD)).to_be_visible()
    moved += _moved(phone)
    add_well(phone)
    lay_down(phone)
    expect(phone.page.get_by_role("button", name=OPEN)).to_be_visible()
    assert moved + _moved(phone) == []


def _moved(phone: Device) -> list[object]:
    phone.page.evaluate(SETTLED)
    return list(phone.page.evaluate("moved"))
