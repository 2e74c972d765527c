"""A person's language: the browser's to begin with, theirs once they say so, with or without a worker, a script, a network."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.device import Device

MANIFEST = "fetch('/manifest.webmanifest').then(answer => answer.json()).then(({ lang }) => lang)"


def test_a_language_is_changed_on_the_device_without_a_network_and_stays(new_device: Callable[..., Device]) -> None:
    phone = new_device(locale="es-MX")
    phone.open("/you")
    speaks(phone.page, "es")
    phone.is_installed()
    phone.context.set_offline(True)
    phone.open("/you")
    assert not phone.reaches_server()

    choose(phone.page, "English", "Usar este idioma")
    speaks(phone.page, "en")
    expect(phone.page.get_by_role("main").get_by_text("This is now in English.")).to_be_visible()
    expect(phone.page.locator("#live")).to_have_text("This is now in English.")
    assert phone.page.evaluate(MANIFEST) == "en"
    phone.open("/nowhere")
    speaks(phone.page, "en")

    phone.page = phone.new_page()
    phone.open("/notice")
    speaks(phone.page, "en")


def test_another_tab_follows_with_what_is_half_typed_in_it(new_device: Callable[..., Device]) -> None:
    phone = new_device()
    phone.open("/notice")
    phone.is_installed()
    phone.until("navigator.serviceWorker.controller")
    phone.open("/traits/new")
    phone.page.locator("[name=name]").fill("I say yes too soon")
    beside = phone.new_page()
    beside.goto(f"{phone.url}/you")
    choose(beside, "Español", "Use this language")
    speaks(beside, "es")
    speaks(phone.page, "es")
    expect(phone.page.locator("[name=name]")).to_have_value("I say yes too soon")


@pytest.mark.parametrize("kind", [{"java_script_enabled": False}, {"service_workers": "block"}])
def test_a_language_is_changed_on_the_servers_pages_too(
    new_device: Callable[..., Device], kind: dict[str, object]
) -> None:
    old_phone = new_device(**kind)
    old_phone.open("/sign-in")
    speaks(old_phone.page, "en")
    old_phone.open("/you")
    choose(old_phone.page, "Español", "Use this language")
    speaks(old_phone.page, "es")
    old_phone.shows("Ahora ves todo en español.")
    for path in ("/sign-in", "/", "/journal", "/nowhere"):
        old_phone.open(path)
        speaks(old_phone.page, "es")
    old_phone.page.go_back()
    speaks(old_phone.page, "es")


def test_a_choice_from_before_there_was_a_worker_is_the_workers_too(new_device: Callable[..., Device]) -> None:
    phone = new_device()
    phone.context.route("**/worker.js", lambda route: route.abort())
    phone.open("/you")
    choose(phone.page, "Español", "Use this language")
    speaks(phone.page, "es")
    phone.context.unroute("**/worker.js")
    phone.complaints.clear()  # of the worker that could not be had
    phone.open("/learn")
    phone.is_installed()
    phone.until("navigator.serviceWorker.controller")
    phone.open("/you")
    speaks(phone.page, "es")


def test_each_language_is_offered_in_its_own_words(new_device: Callable[..., Device]) -> None:
    phone = new_device()
    phone.open("/you")
    offered = phone.page.locator("[name=language] + span")
    assert dict(offered.evaluate_all("all => all.map(each => [each.lang, each.textContent])")) == {
        "en": "English",
        "es": "Español",
    }


def choose(page: Page, language: str, button: str) -> None:
    page.get_by_label(language, exact=True).check()
    page.get_by_role("button", name=button).click()


def speaks(page: Page, language: str) -> None:
    expect(page.locator(f"html[lang={language}][dir=ltr]")).to_be_attached()
