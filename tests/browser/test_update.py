from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.browser.another_version import change_word, serve_copy
from tests.browser.conftest import open_devices
from tests.browser.device import Device


def test_a_new_version_waits_until_asked_and_loses_no_half_typed_word(browser: Browser, tmp_path: Path) -> None:
    with serve_copy(tmp_path) as server, open_devices(browser, server) as new_device:
        phone = begin(new_device)
        phone.open("/practise")
        phone.page.get_by_role("textbox", name="How strong was the new reaction?").fill("60")
        phone.page.locator("summary", has_text="What happened").click()
        phone.page.get_by_label("What was going on?").fill("Words that are not saved yet")

        server.stop()
        change_word(tmp_path, "titles", "journal", "Journal, made new")
        server.start()
        phone.goes_online()
        expect(phone.page.locator("#update")).to_be_visible()
        expect(phone.page.get_by_label("What was going on?")).to_have_value("Words that are not saved yet")
        other_tab = phone.new_page()
        other_tab.goto(f"{phone.url}/journal")
        expect(other_tab.locator("h1")).to_have_text("Journal")
        other_tab.close()

        with phone.page.expect_event("load"):
            phone.page.get_by_role("button", name="Update").click()
        expect(phone.page.get_by_label("What was going on?")).to_have_value("Words that are not saved yet")
        phone.page.get_by_role("button", name="Save this moment").click()
        phone.shows_title("Words that are not saved yet")
        phone.open("/journal")
        phone.shows_title("Journal, made new")
        phone.shows("Saved in the old version")
        caches = phone.page.evaluate("caches.keys()")
        assert [name for name in caches if name.startswith("unlearn-shell-")] == caches
        assert len(caches) == 1


def test_a_new_version_is_there_the_next_time_when_nobody_asked(browser: Browser, tmp_path: Path) -> None:
    with serve_copy(tmp_path) as server, open_devices(browser, server) as new_device:
        phone = begin(new_device)
        server.stop()
        change_word(tmp_path, "titles", "journal", "Journal, made new")
        server.start()
        phone.open("/journal")
        expect(phone.page.locator("#update")).to_be_visible()
        phone.page.close()
        phone.page = phone.new_page()
        phone.open("/journal")
        phone.shows_title("Journal, made new")


def test_no_cache_ever_holds_what_somebody_wrote(browser: Browser, tmp_path: Path) -> None:
    with serve_copy(tmp_path) as server, open_devices(browser, server) as new_device:
        phone = begin(new_device)
        phone.open("/journal")
        phone.shows("Saved in the old version")
        assert phone.page.evaluate(EVERYTHING_CACHED).count("Saved in the old version") == 0
        assert "unlearn" in phone.page.evaluate(EVERYTHING_CACHED).lower()


def begin(new_device: Callable[[], Device]) -> Device:
    phone = new_device()
    phone.start_now()
    phone.is_installed()
    phone.log("Saved in the old version", old=40)
    return phone


EVERYTHING_CACHED = """async () => {
  const texts = []
  for (const name of await caches.keys()) {
    const cache = await caches.open(name)
    for (const request of await cache.keys()) texts.push(await (await cache.match(request)).text())
  }
  return texts.join()
}"""
