"""What /you tells of the place where words are: for how long, how much, and when the server last had them."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.device import Device

MARA = "mara@example.org"
LISTEN = """{
  const { persist } = StorageManager.prototype
  StorageManager.prototype.persist = function () {
    heard()
    return persist.call(this)
  }
}"""  # only listens: that a page asked leaves no trace in a browser without a window

# Hours that pass in a moment are none for an answer on its way.
NO_TIMEOUT = "addEventListener('DOMContentLoaded', () => { htmx.config.defaultTimeout = 0 })"


@pytest.mark.parametrize(
    ("setting", "said", "unsaid"),
    [
        ("granted", "keeps them until you remove them yourself", "may clear what it keeps here"),
        ("denied", "may clear what it keeps here", "keeps them until you remove them yourself"),
    ],
)
def test_the_browser_is_asked_to_keep_words_once_there_are_some_and_its_answer_is_told(
    new_device: Callable[[], Device], setting: str, said: str, unsaid: str
) -> None:
    asked: list[str] = []
    phone = new_device()
    debugger = phone.context.new_cdp_session(phone.page)
    context = debugger.send("Target.getTargetInfo")["targetInfo"]["browserContextId"]
    permission = {"name": "persistent-storage"}
    debugger.send("Browser.setPermission", {"permission": permission, "setting": setting, "browserContextId": context})
    phone.page.expose_function("heard", lambda: asked.append(setting))
    phone.page.add_init_script(LISTEN)
    phone.start_now()
    phone.is_installed()
    assert asked == []
    phone.name_trait("I go quiet in groups")
    if setting == "denied":  # what is granted already needs no asking
        assert asked == ["denied"]
    phone.page.get_by_role("link", name="You", exact=True).click()
    expect(phone.page.get_by_text(said)).to_be_visible()
    expect(phone.page.get_by_text(unsaid)).to_be_hidden()
    expect(phone.page.get_by_text(re.compile(r"about \d MB"))).to_be_visible()


def test_how_long_ago_the_server_was_reached_stays_right_while_the_page_is_open(
    new_device: Callable[[], Device],
) -> None:
    phone = new_device()
    phone.page.clock.install()
    phone.page.add_init_script(NO_TIMEOUT)
    phone.open("/")
    phone.is_installed()
    phone.make_account(MARA)
    synced = phone.page.locator("#synced")
    expect(synced).to_contain_text("Last sent and fetched on")
    expect(synced).to_contain_text("(just now)")
    age = synced.locator("[data-at]")
    before = age.get_attribute("data-at")
    assert before
    phone.page.clock.run_for("01:01:00")
    expect(synced).to_contain_text("(1 hour ago)")
    phone.page.clock.run_for("24:00:00")
    expect(synced).to_contain_text("(1 day ago)")

    phone.goes_online()
    expect(age).not_to_have_attribute("data-at", before)


def test_a_page_that_was_not_there_yet_when_its_words_were_sent_says_so_with_the_next_exchange(
    new_device: Callable[[], Device],
) -> None:
    phone = new_device()
    phone.open("/")
    phone.is_installed()
    phone.make_account(MARA)
    phone.keeps("server")
    phone.page.evaluate("document.getElementById('keeping').dataset.state = 'waiting'")
    phone.goes_online()
    phone.keeps("server")


def test_somebody_without_an_account_reads_nothing_of_a_server(new_device: Callable[[], Device]) -> None:
    phone = new_device()
    phone.start_now()
    phone.open("/you")
    expect(phone.page.locator("#synced")).to_have_count(0)
