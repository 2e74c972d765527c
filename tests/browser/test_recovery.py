"""A new passphrase, and the recovery key for when it is forgotten."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.device import KEY_MS, PASSPHRASE, Device
from tests.browser.test_passphrase import listen

MARA = "mara@example.org"
NEW = "seven quiet herons at noon"


def test_a_new_passphrase_signs_the_other_device_out(new_device: Callable[..., Device]) -> None:
    phone, laptop = new_device(), new_device()
    phone.make_account(MARA)
    laptop.sign_in(MARA)
    phone.open("/you/passphrase")
    phone.page.get_by_label("Passphrase").fill(NEW)
    phone.page.get_by_role("button", name="Set this passphrase").click()
    expect(phone.page.locator("h1")).to_have_text("Your recovery key", timeout=KEY_MS)
    phone.shows("Your new passphrase is set.")
    assert laptop.page.evaluate("fetch('/session').then(({ status }) => status)") == 401
    assert phone.page.evaluate("fetch('/session').then(({ status }) => status)") == 200


@pytest.mark.parametrize("kind", [{}, {"service_workers": "block"}], ids=["worker", "no worker"])
def test_the_recovery_key_sets_a_new_passphrase(new_device: Callable[..., Device], kind: dict[str, object]) -> None:
    phone, laptop = new_device(**kind), new_device(**kind)
    sent = listen(phone.context)
    heard = listen(laptop.context)
    phone.make_account(MARA)
    phone.open("/you/recovery")
    key = phone.page.locator("[data-recovery]").text_content() or ""
    again, keep = (
        phone.page.get_by_label("Type it again to check"),
        phone.page.get_by_role("button", name="I have kept it"),
    )
    again.fill(key[:-1])
    keep.click()
    phone.shows("This is not a whole recovery key.")
    again.fill(key.lower())
    keep.click()
    phone.shows("Your recovery key is set.")

    laptop.open("/sign-in")
    laptop.page.get_by_role("link", name="I forgot my passphrase").click()
    laptop.shows_title("Set a new passphrase")
    laptop.page.get_by_label("Email").fill(MARA)
    laptop.page.get_by_label("Recovery key").fill(key.replace("-", " "))
    laptop.page.get_by_label("Passphrase").fill(NEW)
    laptop.page.get_by_role("button", name="Set my new passphrase").click()
    expect(laptop.page.locator("h1")).to_have_text("Your recovery key", timeout=KEY_MS)
    laptop.shows("The old recovery key is used up.")
    assert phone.page.evaluate("fetch('/session').then(({ status }) => status)") == 401
    for words in (key, key.lower(), key.replace("-", ""), key.replace("-", "+"), PASSPHRASE.replace(" ", "+"), NEW):
        assert not [request for request in sent + heard if words in request]


def test_on_paper_the_recovery_key_stands_alone(new_device: Callable[..., Device]) -> None:
    phone = new_device()
    phone.make_account(MARA)
    phone.open("/you/recovery")
    phone.page.emulate_media(media="print")
    expect(phone.page.locator("[data-recovery]")).to_be_visible()
    expect(phone.page.get_by_text("Keep it where only you look.")).to_be_visible()
    for other in ("header.top", "footer", "h1", "nav.bar", "[data-recovery-again]", "[data-print]"):
        expect(phone.page.locator(other)).to_be_hidden()
