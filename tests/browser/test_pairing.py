"""A second device joins by a code that the first one shows, with nothing typed."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.axe import Eyes, findings
from tests.browser.conftest import HOSTS
from tests.browser.device import Device
from tests.browser.test_devices import ANDROID
from tests.serving import Serving

MARA, TEO = "mara@example.org", "teo@example.org"


def test_a_phone_joins_by_the_code_on_the_laptop_and_both_have_all_the_words(
    server: Serving, new_device: Callable[..., Device]
) -> None:
    laptop, phone = signed_up_laptop(new_device), new_device(user_agent=ANDROID)
    laptop.log("Written on the laptop", old=60)
    laptop.keeps("server")
    phone.begin("I say yes too soon")
    asked: list[str] = []
    phone.context.on("request", lambda request: asked.append(request.url))

    link = show_code(laptop)
    phone.page.goto(link)
    digits = phone.page.locator(".digits")
    expect(digits).to_be_visible()
    assert phone.page.url == f"{phone.url}/pair"
    laptop.shows("A device wants to join: Chrome on Android")
    expect(laptop.page.locator(".digits")).to_have_text(digits.inner_text())
    phone.shows_not(MARA)

    laptop.page.get_by_role("button", name="Yes, let it join").click()
    laptop.shows("Yes, it may join.")
    phone.shows(f"This device may now open the journal of {MARA}.")
    phone.page.get_by_role("button", name="Open the journal").click()
    phone.page.get_by_role("button", name="Put them into the journal").click()
    phone.keeps("server")
    phone.open("/journal")
    phone.shows("Written on the laptop")
    phone.shows("I say yes too soon")
    laptop.open("/journal")
    laptop.shows("I say yes too soon")

    secret = link.partition("#")[2]
    assert [url for url in asked if secret in url.partition("#")[0]] == []
    assert secret not in server.errors()


def test_a_phone_without_a_worker_joins_too(new_device: Callable[..., Device]) -> None:
    laptop, phone = signed_up_laptop(new_device), new_device(**HOSTS["server"])
    laptop.log("Written on the laptop", old=60)
    laptop.keeps("server")
    phone.page.goto(show_code(laptop))
    laptop.page.get_by_role("button", name="Yes, let it join").click()
    phone.page.get_by_role("button", name="Open the journal").click()
    phone.keeps("server")
    phone.open("/journal")
    phone.shows("Written on the laptop")


def test_a_no_on_the_laptop_is_said_on_the_phone(new_device: Callable[..., Device]) -> None:
    laptop, phone = signed_up_laptop(new_device), new_device()
    link = show_code(laptop)
    phone.page.goto(link)
    laptop.page.get_by_role("button", name="No, keep it out").click()
    laptop.shows("It was not let in.")
    phone.shows("Your other device said no.")

    other = new_device()
    other.page.goto(link)
    other.shows("This code was used already.")


def test_adding_a_device_keeps_nobody_out(new_device: Callable[..., Device], tmp_path: Path) -> None:
    laptop, phone = signed_up_laptop(new_device), new_device()

    def look(device: Device, name: str) -> None:
        eyes = Eyes(device.page)
        for scheme, width, letters in (("light", 390, 16), ("dark", 390, 16), ("dark", 320, 32)):
            eyes.see(width, scheme, letters)
            device.page.screenshot(path=tmp_path / f"{name}-{scheme}-{width}.png")
            assert findings(device.page) == []

    laptop.open("/you/devices/add")
    look(laptop, "begin")
    link = show_code(laptop)
    look(laptop, "code")
    phone.open("/pair")
    look(phone, "how")
    phone.page.goto(link)
    expect(phone.page.locator(".digits")).to_be_visible()
    look(phone, "digits")
    laptop.shows("A device wants to join: Chrome on Linux")
    look(laptop, "question")
    laptop.page.get_by_role("button", name="Yes, let it join").click()
    phone.shows("This device may now open")
    look(phone, "may")


def signed_up_laptop(new_device: Callable[..., Device]) -> Device:
    laptop = new_device()
    laptop.open("/")
    laptop.is_installed()
    laptop.make_account(MARA)
    return laptop


def show_code(laptop: Device) -> str:
    """Have the laptop show a code, and give the link in it."""
    laptop.open("/you/devices")
    laptop.page.get_by_role("link", name="Add a device").click()
    laptop.shows_title("Add a device")
    laptop.page.get_by_role("button", name="Show the code").click()
    expect(laptop.page.get_by_role("img", name="A code for the camera")).to_be_visible()
    return laptop.page.locator(".qr + p a").get_attribute("href") or ""
