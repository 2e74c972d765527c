"""Whoever chooses Spanish reads no English: not on any page, not in any name that is read aloud."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser

from server.words import words_of
from sync.record import Record
from tests.browser.conftest import open_devices
from tests.browser.every_page import MARA, every_page
from tests.browser.layout import sideways
from tests.serving import Serving
from tests.web.test_words import BLANK, sentences

# Mara's entries are English, and name some feelings in words that are offered in English too.
ENTRIES = {"emotions"}
TELLING = re.compile(r"[^\W\d_]{3,}")  # words; of "and" alone, between two blanks, any entry might be made
READ = """() => {
  const names = ["aria-label", "aria-description", "alt", "title", "placeholder"]
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const found = [document.title]
  while (texts.nextNode()) found.push(texts.currentNode.data.trim())
  for (const each of document.body.querySelectorAll("*")) found.push(...names.map(name => each.getAttribute(name) ?? ""))
  return found
}"""


@pytest.fixture(scope="module")
def is_english() -> Callable[[str], bool]:
    said = {text for path, text in sentences(words_of("en")) if path[0] not in ENTRIES}
    said -= {text for _, text in sentences(words_of("es"))}
    only = sorted(
        text for text in said if len(TELLING.findall(BLANK.sub("", text))) >= (2 if BLANK.search(text) else 1)
    )
    pattern = re.compile("|".join(".+".join(map(re.escape, BLANK.split(text))) for text in only))
    return lambda text: pattern.fullmatch(text) is not None


def test_every_page_is_in_spanish_and_fits(
    browser: Browser, house: Serving, held: list[Record], is_english: Callable[[str], bool]
) -> None:
    with open_devices(browser, house) as new_device:
        device = new_device(viewport={"width": 320, "height": 640})
        device.sign_in(MARA)
        device.keeps("server")
        device.open("/you")
        device.page.get_by_label("Español").check()
        device.page.get_by_role("button", name="Use this language").click()
        device.shows_title("Tú")

        found: dict[str, list[str]] = {}
        for place in every_page(held):
            device.open(place.address)
            assert device.page.locator("html").get_attribute("lang") == "es"
            read: list[str] = device.page.evaluate(READ)
            found[place.name] = [text for text in read if is_english(text)] + sideways(device.page)
        assert {name: faults for name, faults in found.items() if faults} == {"you": ["English"]}
