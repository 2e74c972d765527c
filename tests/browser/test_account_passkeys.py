"""Signing in with a passkey: nothing to remember, on the phone's own page and on the server's."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.axe import Eyes, findings, unfold
from tests.browser.conftest import HOSTS
from tests.browser.device import Device
from tests.browser.finger import Finger
from tests.serving import Serving

MARA = "mara@example.org"
NO = "That passkey did not open your account. Try once more, or use your passphrase."
TRAIT = "I go quiet in groups"
# A browser that cannot offer passkeys beside the email. Chromium's virtual authenticator takes an offer up by itself.
NO_OFFERS = "if (window.PublicKeyCredential) PublicKeyCredential.isConditionalMediationAvailable = async () => false"
Open = Callable[..., Device]


def with_sensor(device: Device, *, offers: bool = False) -> Finger:
    if not offers:
        device.page.add_init_script(NO_OFFERS)
    return Finger(device, hasResidentKey=True)


def add(device: Device, name: str = "") -> None:
    device.open("/you/passkeys")
    device.page.get_by_label("What do you call it?").fill(name)
    device.page.get_by_role("button", name="Add a passkey").click()
    device.shows("Your passkey is there.")


def use_passkey(page: Page) -> None:
    page.get_by_role("button", name="Use a passkey").click()


def test_without_a_worker_a_passkey_signs_in_with_nothing_typed(new_device: Open) -> None:
    device = new_device(**HOSTS["server"])
    finger = with_sensor(device)
    device.make_account(MARA)
    add(device)
    device.shows("Passkey 1")
    [made] = finger.credentials()
    assert (made["rpId"], made["isResidentCredential"], made["userName"]) == ("localhost", True, MARA)
    device.context.clear_cookies()
    device.open("/sign-in?next=/journal")
    use_passkey(device.page)
    device.shows_title("Journal")
    device.keeps("server")
    device.open("/you/passkeys")
    device.shows("Last used")


def test_the_browser_offers_a_passkey_where_the_email_is_typed(new_device: Open) -> None:
    phone = new_device()
    with_sensor(phone, offers=True)
    phone.make_account(MARA)
    add(phone)
    phone.sign_out()
    phone.open("/sign-in?next=/journal")
    phone.shows_title("Journal")
    phone.keeps("server")


def test_an_offer_that_is_not_taken_up_is_in_nobodys_way(new_device: Open) -> None:
    phone = new_device()
    finger = with_sensor(phone, offers=True)
    phone.make_account(MARA)
    add(phone)
    phone.sign_out()
    finger.is_near(False)
    with phone.page.expect_response("**/sign-in/passkey/new"):
        phone.open("/sign-in")
    phone.page.get_by_role("link", name="Learn", exact=True).click()
    phone.shows_title("Why this works")
    with phone.page.expect_response("**/sign-in/passkey/new"):
        phone.page.go_back()
    phone.sign_in(MARA)


def test_who_signs_in_with_a_passkey_has_their_words_on_the_phone(new_device: Open, server: Serving) -> None:
    phone = new_device()
    with_sensor(phone)
    phone.begin(TRAIT)
    phone.make_account(MARA)
    add(phone)
    phone.sign_out()
    phone.open("/sign-in?next=/journal")
    use_passkey(phone.page)
    phone.shows_title("Journal")
    phone.keeps("server")
    server.stop()
    phone.open("/journal")
    phone.shows(TRAIT)


def test_whom_the_device_does_not_know_is_told_so_and_signs_in_with_the_passphrase(new_device: Open) -> None:
    phone = new_device()
    finger = with_sensor(phone)
    phone.make_account(MARA)
    add(phone)
    phone.sign_out()
    finger.is_known(False)
    phone.open("/sign-in?next=/journal")
    use_passkey(phone.page)
    expect(phone.page.get_by_role("alert").filter(has_text=NO)).to_be_focused()
    assert "next=%2Fjournal" in phone.page.url
    phone.sign_in(MARA)


def test_several_passkeys_have_names_and_one_can_go(new_device: Open) -> None:
    phone = new_device()
    finger = with_sensor(phone)
    phone.make_account(MARA)
    add(phone, "my phone")
    phone.page.get_by_role("button", name="Add a passkey").click()
    phone.shows("Nothing is added.")  # the device has one already
    finger.forget()
    add(phone, "the tablet")
    phone.unfold("Rename or remove my phone")
    phone.page.get_by_label("Its name").filter(visible=True).fill("the old phone")
    phone.page.get_by_role("button", name="Save the name").filter(visible=True).click()
    phone.shows("The new name is saved.")
    for name in ("the old phone", "the tablet"):
        phone.shows(name)
    phone.unfold("Rename or remove the old phone")
    phone.page.get_by_role("button", name="Remove this passkey").filter(visible=True).click()
    phone.shows("The passkey is removed.")
    phone.shows_not("the old phone")
    phone.sign_out()
    phone.open("/sign-in?next=/journal")
    use_passkey(phone.page)
    phone.shows_title("Journal")


def test_a_passkey_shows_once_more_who_somebody_is(new_device: Open) -> None:
    phone = new_device()
    with_sensor(phone)
    phone.make_account(MARA)
    add(phone)
    phone.open("/you/step-up?next=/you/passkeys")
    use_passkey(phone.page)
    phone.shows_title("Passkeys")


def test_axe_finds_nothing_on_the_pages_of_passkeys(new_device: Open) -> None:
    phone = new_device()
    with_sensor(phone)
    phone.open("/sign-in?refused=wrong_passkey")
    eyes, found = Eyes(phone.page), []
    found += looks(eyes)
    phone.make_account(MARA)
    add(phone, "my phone")
    found += looks(eyes)
    phone.open("/you/step-up?next=/you/passkeys")
    found += looks(eyes)
    assert found == []


def looks(eyes: Eyes) -> list[str]:
    eyes.see()
    found = findings(eyes.page)
    unfold(eyes.page)
    eyes.see(width=320, scheme="dark", letters=32)
    found += findings(eyes.page)
    eyes.see()
    return found
