"""The main job, from the first visit to the second device, with the server really gone in between."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.device import Device
from tests.serving import Serving

MARA = "mara@example.org"


def test_an_entry_logged_with_the_server_gone_reaches_a_second_device(
    server: Serving, new_device: Callable[[], Device]
) -> None:
    phone = new_device()
    phone.start_now()
    phone.name_trait("I go quiet in groups")
    phone.log("Team lunch", trait="I go quiet in groups", old=60, new=20)
    phone.keeps("device")

    server.stop()
    assert not phone.reaches_server()
    phone.stop_worker()
    for path, title in [
        ("/", "Today"),
        ("/journal", "Journal"),
        ("/practise", "Log a moment"),
        ("/support", "Help now"),
    ]:
        phone.open(path)
        phone.shows_title(title)
    phone.log("On the train, a stranger asked the time", trait="I go quiet in groups", old=30, new=50)
    phone.page.reload()
    phone.shows_title("On the train, a stranger asked the time")
    phone.find("I go quiet in groups")
    phone.shows("Team lunch")
    phone.shows("On the train, a stranger asked the time")
    phone.edit("Team lunch", learned="Nobody minded")
    phone.shows("Nobody minded")
    phone.keeps("device")

    server.start()
    phone.make_account(MARA)
    phone.keeps("server")
    laptop = new_device()
    laptop.sign_in(MARA)
    laptop.shows("On the train, a stranger asked the time")
    laptop.find("Team lunch")
    laptop.shows("Nobody minded")

    laptop.is_installed()
    server.stop()
    assert not laptop.reaches_server()
    phone.stop_worker()
    phone.edit("Team lunch", thoughts="They think I am dull", learned="One question is enough")
    phone.keeps("waiting")
    laptop.edit("Team lunch", behaviour="I asked about the soup", learned="Silence is fine too")
    laptop.keeps("waiting")

    server.start()
    for device in (phone, laptop, phone):
        device.goes_online()
        device.keeps("server")
    for device in (phone, laptop):
        device.find("Team lunch")
        device.shows("They think I am dull")
        device.shows("I asked about the soup")
        rival = device.page.locator(".rival")
        expect(rival).to_have_count(1)
        expect(device.page.locator("dd:has(+ .rival)")).to_have_text("Silence is fine too")
        expect(rival).to_contain_text("One question is enough")

    phone.page.get_by_role("button", name="Keep this wording").click()
    expect(phone.page.locator(".rival")).to_have_count(0)
    phone.shows("One question is enough")
    phone.keeps("server")
    laptop.goes_online()
    expect(laptop.page.locator(".rival")).to_have_count(0)
    laptop.shows("One question is enough")


def test_the_bin_holds_an_entry_until_it_is_put_back_or_shredded(
    server: Serving, new_device: Callable[[], Device]
) -> None:
    phone = new_device()
    phone.start_now()
    server.stop()
    phone.log("A call with mum", old=70)
    phone.page.get_by_role("button", name="Put in the bin").click()
    phone.shows("This is in the bin")
    phone.open("/journal")
    phone.shows_not("A call with mum")
    phone.open("/bin")
    phone.page.get_by_role("button", name="Put back").click()
    phone.open("/journal")
    phone.shows("A call with mum")
    phone.find("A call with mum")
    phone.page.get_by_role("button", name="Put in the bin").click()
    phone.page.get_by_role("button", name="Delete for good").click()
    phone.shows_title("Bin")
    phone.shows_not("A call with mum")


def test_a_refused_form_comes_back_the_same_on_the_device(server: Serving, new_device: Callable[[], Device]) -> None:
    phone = new_device()
    phone.start_now()
    server.stop()
    phone.open("/practise")
    number = phone.page.get_by_role("textbox", name="How strong was the old reaction?")
    number.fill("a lot")
    phone.page.get_by_role("button", name="Save this moment").click()
    phone.shows("Please write a whole number, like 40.")
    expect(number).to_have_value("a lot")
    expect(number).to_have_attribute("aria-invalid", "true")


def test_half_typed_words_outlive_a_reload_a_crash_and_a_stopped_worker(
    server: Serving, new_device: Callable[[], Device]
) -> None:
    phone = new_device()
    phone.start_now()
    server.stop()
    phone.open("/practise")
    phone.unfold("What happened")
    situation = phone.page.get_by_label("What was going on?")
    situation.press_sequentially("Halfway through a sent")
    phone.has_drafted("Halfway through a sent")
    phone.stop_worker()
    phone.crashes()
    phone.open("/practise")
    expect(phone.page.get_by_label("What was going on?")).to_have_value("Halfway through a sent")
    expect(phone.page.get_by_text("This is what you were writing here before.")).to_be_visible()
    phone.page.get_by_role("textbox", name="How strong was the old reaction?").fill("60")
    phone.page.get_by_role("button", name="Save this moment").click()
    phone.shows_title("Halfway through a sent")
    phone.open("/practise")
    phone.unfold("What happened")
    expect(phone.page.get_by_label("What was going on?")).to_have_value("")
