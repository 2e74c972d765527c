"""Help now: on a device alone, for where the person is, with the plan they wrote on a calm day."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.browser.device import Device
from tests.serving import Serving

MARA = "mara@example.org"


def test_the_clock_picks_the_country_and_another_choice_stays_without_a_server(
    server: Serving, new_device: Callable[..., Device]
) -> None:
    phone = new_device(timezone_id="Pacific/Auckland")
    phone.open("/")
    phone.is_installed()
    server.stop()
    assert not phone.reaches_server()
    phone.stop_worker()
    phone.page.get_by_role("link", name="Help now", exact=True).click()
    phone.shows_title("Help now")
    expect(a_link("tel:1737", phone.page)).to_be_visible()
    expect(a_link("sms:1737", phone.page)).to_have_accessible_name("Text 1737 (1737, Need to talk?)")

    phone.page.get_by_text("I am in another country").click()
    phone.page.get_by_role("button", name="United States").click()
    expect(phone.page.get_by_role("heading", name="Talk to someone now United States")).to_be_visible()
    expect(a_link("tel:988", phone.page)).to_be_visible()
    expect(a_link("sms:988", phone.page)).to_be_visible()
    phone.open("/support")
    expect(a_link("tel:988", phone.page)).to_be_visible()
    expect(a_link("tel:1737", phone.page)).to_have_count(0)

    phone.page.get_by_text("I am in another country").click()
    phone.page.get_by_role("button", name="Somewhere else").click()
    expect(phone.page.get_by_role("heading", name="Where are you?")).to_be_visible()
    expect(phone.page.get_by_role("link", name="Find a line near you")).to_have_attribute(
        "href", "https://findahelpline.com"
    )


def test_who_has_no_worker_chooses_with_one_tap(new_device: Callable[..., Device]) -> None:
    for kind in ({"java_script_enabled": False}, {"service_workers": "block"}):
        old_phone = new_device(**kind)
        old_phone.open("/journal")
        old_phone.page.get_by_role("link", name="Help now", exact=True).click()
        old_phone.page.get_by_role("button", name="Ireland").click()
        expect(a_link("tel:116123", old_phone.page)).to_be_visible()
        old_phone.open("/support")
        expect(a_link("sms:50808", old_phone.page)).to_be_visible()
        expect(old_phone.page.get_by_text("5 things you can see").first).to_be_visible()


def test_a_plan_written_without_a_signal_is_on_the_help_page_and_reaches_the_laptop(
    server: Serving, new_device: Callable[..., Device]
) -> None:
    phone = new_device()
    phone.start_now()
    server.stop()
    phone.open("/support")
    phone.page.get_by_role("link", name="Write my plan").click()
    phone.page.get_by_label("Signs that a hard time is coming.").fill("I stop answering")
    phone.page.get_by_label("Professionals and lines I can call.").fill("Dr Soler, 555 0100")
    phone.page.get_by_role("button", name="Save").click()
    phone.shows_title("I stop answering")
    phone.open("/support")
    phone.shows("I stop answering")
    expect(a_link("tel:5550100", phone.page)).to_be_visible()
    phone.page.get_by_role("link", name="Change it").click()
    phone.page.get_by_label("People I can ask for help.").fill("Nadia, next door")
    phone.page.get_by_role("button", name="Save").click()
    phone.open("/support")
    phone.shows("Nadia, next door")

    server.start()
    phone.make_account(MARA)
    phone.keeps("server")
    laptop = new_device()
    laptop.open("/support")
    laptop.shows_not("I stop answering")
    laptop.sign_in(MARA)
    laptop.is_installed()
    server.stop()
    laptop.open("/support")
    laptop.shows("I stop answering")
    laptop.shows("Nadia, next door")

    server.start()
    laptop.sign_out()
    laptop.open("/support")
    laptop.shows_not("I stop answering")


def test_one_can_read_why_this_works_without_a_signal(server: Serving, new_device: Callable[..., Device]) -> None:
    phone = new_device()
    phone.open("/")
    phone.is_installed()
    server.stop()
    phone.page.get_by_role("link", name="Why this works").click()
    phone.shows_title("Why this works")
    phone.page.get_by_role("link", name="The brain changes with use").click()
    phone.shows_title("The brain changes with use")
    phone.page.get_by_role("link", name="Next Lessons that were once useful").click()
    phone.shows_title("Lessons that were once useful")
    phone.open("/learn/nothing")
    phone.shows_title("There is nothing here")
    phone.page.get_by_role("link", name="What this app is not").click()
    phone.shows_title("What this app is not")


def a_link(href: str, page: Page) -> Locator:
    return page.locator(f"main a[href='{href}']")
