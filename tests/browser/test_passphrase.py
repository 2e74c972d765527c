"""A passphrase stays on the device that it is typed on: what is sent is a key."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Request, Route, expect

from tests.browser.device import PASSPHRASE, Device

MARA = "mara@example.org"
WORKER = "**/keys/worker.js"


def test_a_passphrase_makes_an_account_and_opens_it_on_a_second_device(new_device: Callable[..., Device]) -> None:
    phone, laptop = new_device(), new_device()
    phone.begin("I say yes too soon")
    phone.make_account(MARA)
    phone.keeps("server")
    laptop.sign_in(MARA)
    laptop.shows("I say yes too soon")


@pytest.mark.parametrize("kind", [{}, {"service_workers": "block"}], ids=["worker", "no worker"])
def test_no_request_ever_holds_the_passphrase(new_device: Callable[..., Device], kind: dict[str, object]) -> None:
    phone = new_device(**kind)
    sent = listen(phone.context)
    phone.open("/")
    phone.make_account(MARA)
    phone.sign_out()
    phone.open("/sign-in")
    sign_in(phone, "not the one that it is")
    phone.shows("do not go together")
    sign_in(phone, PASSPHRASE)
    expect(phone.page.locator("html[data-signed-in]")).to_be_attached()
    keys = [words for words in sent if "key=" in words]
    assert len(keys) >= 3
    for typed in (PASSPHRASE, "not the one that it is"):
        for spelling in (typed, typed.replace(" ", "+"), typed.replace(" ", "%20")):
            assert not [words for words in sent if spelling in words]


def test_a_wrong_passphrase_is_said_and_the_email_stays(new_device: Callable[..., Device]) -> None:
    phone = new_device()
    phone.make_account(MARA)
    phone.sign_out()
    phone.open("/sign-in")
    sign_in(phone, "not the one that it is")
    phone.shows("This email and passphrase do not go together.")
    expect(phone.page.get_by_label("Email")).to_have_value(MARA)
    expect(phone.page.get_by_label("Passphrase")).to_have_value("")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("fourteen chars", "A passphrase needs 15 characters or more."),
        ("password password", "Many people would think of this one."),
        ("x" * 1025, "A passphrase has room for 1,024 characters."),
    ],
)
def test_a_passphrase_that_is_none_is_refused_on_the_device(
    new_device: Callable[..., Device], typed: str, said: str
) -> None:
    phone = new_device()
    phone.open("/you")
    sent = listen(phone.context)
    phone.page.get_by_label("Email").fill(MARA)
    phone.page.get_by_label("Passphrase").fill(typed)
    phone.page.get_by_role("button", name="Make my account").click()
    phone.shows(said)
    expect(phone.page.get_by_role("alert")).to_be_focused()
    assert not [words for words in sent if "/accounts" in words]


def test_where_webassembly_is_refused_the_key_is_made_without(new_device: Callable[..., Device]) -> None:
    old_phone, phone = new_device(service_workers="block"), new_device()
    old_phone.context.route(WORKER, without_webassembly)
    sent = listen(old_phone.context)
    old_phone.make_account(MARA)
    assert [words for words in sent if "kdf=pbkdf2-sha256.600000." in words]
    phone.sign_in(MARA)
    old_phone.sign_out()
    old_phone.sign_in(MARA)


@pytest.mark.parametrize(
    "kdf",
    ["argon2id.1024.1.1.c2FsdCBvZiB0aGUgc2VhIQ", "pbkdf2-sha256.1.c2FsdCBvZiB0aGUgc2VhIQ", "argon2id.65536.3.1.c2E"],
)
def test_a_server_that_asks_for_a_weak_key_gets_none(new_device: Callable[..., Device], kdf: str) -> None:
    phone = new_device(service_workers="block")
    phone.context.route("**/sign-in/parameters", lambda route: route.fulfill(json={"kdf": kdf}))
    phone.open("/sign-in")
    sent = listen(phone.context)
    sign_in(phone, PASSPHRASE)
    phone.shows("The server asked for a key that would be too weak.")
    assert not [words for words in sent if "key=" in words]


def test_without_a_script_the_form_cannot_send_a_passphrase(new_device: Callable[..., Device]) -> None:
    old_phone = new_device(java_script_enabled=False)
    sent = listen(old_phone.context)
    old_phone.open("/sign-in")
    assert "<noscript><p" in old_phone.page.content()  # Playwright reads no words in there
    assert "Your passphrase never leaves this device." in old_phone.page.content()
    sign_in(old_phone, PASSPHRASE)
    old_phone.shows("This browser could not make a key from your passphrase.")
    assert not [words for words in sent if "lighthouse" in words]


def test_going_back_finds_no_passphrase(new_device: Callable[..., Device]) -> None:
    phone = new_device()
    phone.open("/sign-in")
    phone.is_installed()  # or the next page may be on its way to the worker's when Back is pressed
    phone.page.get_by_label("Passphrase").fill(PASSPHRASE)
    phone.open("/support")
    phone.page.go_back()
    expect(phone.page.get_by_label("Passphrase")).to_have_value("")


def sign_in(phone: Device, passphrase: str) -> None:
    phone.page.get_by_label("Email").fill(MARA)
    phone.page.get_by_label("Passphrase").fill(passphrase)
    phone.page.get_by_role("button", name="Sign in").click()


def listen(context: BrowserContext) -> list[str]:
    """Every request from now on, of pages and of workers: its address and what it brings."""
    heard: list[str] = []

    def hear(asked: Request) -> None:
        heard.append(f"{asked.method} {asked.url} {asked.post_data or ''}")

    context.on("request", hear)
    return heard


def without_webassembly(route: Route) -> None:
    answer = route.fetch()
    policy = answer.headers["content-security-policy"].replace("'wasm-unsafe-eval'", "'none'")
    route.fulfill(response=answer, headers={**answer.headers, "content-security-policy": policy})
