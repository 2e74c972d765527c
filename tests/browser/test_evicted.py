"""A browser that needs room throws a site's databases away, also while the site is open. Nobody is asked."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.device import Device
from tests.browser.room import evict
from tests.serving import Serving

MARA = "mara@example.org"


def test_a_signed_in_person_gets_their_journal_back_by_itself(new_device: Callable[[], Device]) -> None:
    phone = signed_in(new_device())
    phone.open("/journal")
    phone.shows("Team lunch")
    comes_back(phone)
    phone.page.get_by_role("link", name="You", exact=True).click()
    expect(phone.page.get_by_text("Signed in as")).to_be_visible()
    phone.keeps("server")
    phone.page.get_by_role("link", name="Journal", exact=True).click()
    phone.shows("Team lunch")


def test_a_journal_that_went_while_the_app_was_closed_and_offline_is_back_with_the_signal(
    server: Serving, new_device: Callable[[], Device]
) -> None:
    phone = signed_in(new_device())
    phone.stop_worker()
    evict(phone)
    server.stop()
    phone.open("/journal")
    phone.shows("Your journal starts with one moment")
    phone.keeps("device")
    server.start()
    phone.goes_online()
    phone.shows("Team lunch")
    phone.keeps("server")


def test_words_in_an_open_form_stay_and_are_saved_in_the_journal_that_comes_back(
    new_device: Callable[[], Device],
) -> None:
    phone = signed_in(new_device())
    phone.open("/notice")
    phone.page.get_by_label("What do you call it?").fill("I say yes too soon")
    phone.has_drafted("I say yes too soon")
    comes_back(phone)
    phone.keeps("server")
    expect(phone.page.get_by_label("What do you call it?")).to_have_value("I say yes too soon")
    phone.page.get_by_role("button", name="Save this trait").click()
    phone.shows_title("I say yes too soon")
    phone.keeps("server")
    phone.open("/journal")
    phone.shows("Team lunch")
    phone.shows("I say yes too soon")


def test_somebody_without_an_account_sees_an_honest_empty_start_and_keeps_what_is_on_the_screen(
    new_device: Callable[[], Device],
) -> None:
    phone = new_device()
    phone.begin("I go quiet in groups")
    phone.open("/notice")
    phone.page.get_by_label("What do you call it?").fill("I say yes too soon")
    evict(phone)
    other_tab = phone.new_page()
    other_tab.goto(f"{phone.url}/journal")
    expect(other_tab.get_by_text("Your journal starts with one moment")).to_be_visible()
    phone.page.get_by_role("button", name="Save this trait").click()
    phone.shows_title("I say yes too soon")
    phone.open("/journal")
    phone.shows("I say yes too soon")
    phone.shows_not("I go quiet in groups")


def test_databases_that_somebody_deletes_by_hand_are_made_anew(new_device: Callable[[], Device]) -> None:
    phone = signed_in(new_device())
    phone.open("/journal")
    phone.page.evaluate(DELETE_ALL)
    with phone.page.expect_event("load"):
        phone.goes_online()
    phone.page.get_by_role("link", name="You", exact=True).click()
    expect(phone.page.get_by_text("Signed in as")).to_be_visible()
    phone.page.get_by_role("link", name="Journal", exact=True).click()
    phone.shows("Team lunch")
    phone.keeps("server")


DELETE_ALL = """async () => {
  for (const { name } of await indexedDB.databases()) {
    await new Promise(done => { indexedDB.deleteDatabase(name).onsuccess = done })
  }
}"""


def comes_back(phone: Device) -> None:
    """The databases go, and with the next word from the worker the page is there anew."""
    with phone.page.expect_event("load"):
        evict(phone)
        phone.goes_online()


def signed_in(phone: Device) -> Device:
    phone.open("/")
    phone.is_installed()
    phone.make_account(MARA)
    phone.log("Team lunch", old=60)
    phone.keeps("server")
    return phone
