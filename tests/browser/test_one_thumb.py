"""One thumb on a small phone, on every page: nothing beside the screen, nothing under the bar, nothing too small to hit."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from sync.record import Record
from tests.browser.axe import unfold
from tests.browser.conftest import open_devices
from tests.browser.device import Device
from tests.browser.every_page import MARA, account_pages, every_page
from tests.browser.layout import covered, sideways, too_small
from tests.serving import Serving

LARGE_LETTERS = 32  # px, where a browser's own size is 16
SCREENS: dict[str, tuple[int, int, int]] = {  # width, height, size of letters
    "small phone": (360, 640, 16),
    "small phone, larger letters": (360, 640, 21),
    "320 px": (320, 568, 16),
    "320 px in letters twice as large": (320, 640, LARGE_LETTERS),
    "on its side": (640, 360, 16),
    "900 px": (900, 700, 16),
    "1280 px": (1280, 800, 16),
}

AT_THE_BOTTOM = """name => {
  const field = document.querySelector(`[name=${name}]:not([type=hidden])`)
  scrollBy(0, field.getBoundingClientRect().bottom - 560)
}"""
UNDER_THE_BAR = """() => {
  const { bottom, left } = document.querySelector("#refusal p").getBoundingClientRect()
  return document.elementFromPoint(left + 2, bottom - 2)?.closest(".bar") !== null
}"""
# A label is a line of words, and the next one beside it begins 5 px on at the least.
LABELS_TOGETHER = """() => {
  const labels = [...document.querySelectorAll(".bar a")].map(link => {
    const words = document.createRange()
    words.selectNodeContents(link)
    return [link.textContent, words.getClientRects().length, words.getBoundingClientRect()]
  })
  const found = labels.filter(([, lines]) => lines > 1).map(([label]) => `${label} is broken`)
  labels.slice(1).forEach(([label, , box], nth) => {
    const [before, , { top, right }] = labels[nth]
    if (top === box.top && box.left - right < 5) found.push(`${before}|${label}: ${box.left - right}`)
  })
  return found
}"""
LAID_OVER = """height => {
  Object.defineProperty(visualViewport, "height", { value: height })
  visualViewport.dispatchEvent(new Event("resize"))
}"""

UNSIZED = """
  const known = CSS.supports.bind(CSS)
  CSS.supports = (...asked) => asked[0] !== "field-sizing" && known(...asked)
  const unsized = new CSSStyleSheet()
  unsized.replaceSync("textarea { field-sizing: fixed !important }")
  document.addEventListener("DOMContentLoaded", () => { document.adoptedStyleSheets = [unsized] })
"""


@pytest.fixture(scope="module")
def phone(browser: Browser, house: Serving) -> Iterator[Device]:
    """Mara's, whose every page the worker answers."""
    with open_devices(browser, house) as new_device:
        phone: Device = new_device()
        phone.sign_in(MARA)
        phone.is_installed()
        phone.keeps("server")
        yield phone


def test_every_page_fits_every_screen_and_keeps_clear_of_the_bar(phone: Device, held: list[Record]) -> None:
    complaints: list[str] = []
    for place in [*account_pages(), *every_page(held)]:
        phone.open(place.address)
        unfold(phone.page)
        for screen, (width, height, letters) in SCREENS.items():
            hold(phone.page, width, height, letters)
            found = sideways(phone.page) + covered(phone.page) + (too_small(phone.page) if width < 900 else [])
            complaints += [f"{place.address} on {screen}: {each}" for each in found]
    assert complaints == []


@pytest.mark.parametrize("screen", ["small phone", "320 px in letters twice as large", "on its side"])
def test_the_bar_holds_five_steps_and_the_log_and_leaves_the_page_its_room(phone: Device, screen: str) -> None:
    width, height, letters = SCREENS[screen]
    hold(phone.page, width, height, letters)
    phone.open("/rewire")
    bar = phone.page.locator(".bar")
    expect(bar.get_by_role("link")).to_have_count(6)
    for link in bar.get_by_role("link").all():
        expect(link).to_be_in_viewport(ratio=1)
    box = bar.bounding_box()
    assert box
    assert box["y"] + box["height"] == height
    assert box["height"] <= height * 0.18
    phone.page.keyboard.press("End")
    expect(phone.page.locator("footer a").last).to_be_in_viewport(ratio=1)
    assert not covered(phone.page)


@pytest.mark.parametrize("language", ["en-GB", "es-ES"])
@pytest.mark.parametrize(
    "screen", ["small phone", "small phone, larger letters", "320 px", "320 px in letters twice as large"]
)
def test_the_labels_of_the_bar_are_whole_and_apart(
    house: Serving, browser: Browser, screen: str, language: str
) -> None:
    with open_devices(browser, house) as new_device:
        phone = new_device(locale=language)
        hold(phone.page, *SCREENS[screen])
        phone.open("/")
        assert phone.page.evaluate(LABELS_TOGETHER) == []


@pytest.mark.parametrize("language", ["en-GB", "es-ES"])
def test_the_head_of_a_page_is_two_rows_on_a_small_phone(house: Serving, browser: Browser, language: str) -> None:
    with open_devices(browser, house) as new_device:
        phone = new_device(locale=language)
        hold(phone.page, *SCREENS["small phone"])
        phone.open("/learn")
        main = phone.page.locator("main").bounding_box()
        assert main
        assert main["y"] < 44 * 2.4


@pytest.mark.parametrize("form", ["/traits/new", "/practise", "/tools/new"])
@pytest.mark.parametrize("screen", ["small phone", "320 px in letters twice as large"])
def test_a_refused_form_shows_why_where_the_eye_is(phone: Device, form: str, screen: str) -> None:
    hold(phone.page, *SCREENS[screen])
    phone.open(form)
    if form == "/practise":
        phone.page.get_by_role("textbox", name="How strong was the old reaction?").fill("a lot")
    phone.page.locator("main form[data-draft] [type=submit]").last.click()
    refusal = phone.page.locator("#refusal")
    expect(refusal).to_be_focused()
    expect(refusal.locator("p").first).to_be_in_viewport(ratio=1)
    assert not phone.page.evaluate(UNDER_THE_BAR)


@pytest.mark.parametrize("field", ["situation", "thoughts", "distress_after", "learned"])
def test_the_keyboard_leaves_the_field_in_use_in_sight(phone: Device, field: str) -> None:
    """As Chromium and Firefox do it on a phone: the page gets lower."""
    hold(phone.page, 360, 640)
    phone.open("/practise")
    unfold(phone.page)
    written = phone.page.locator(f"[name={field}]").first
    written.focus()
    phone.page.evaluate(AT_THE_BOTTOM, field)
    phone.page.set_viewport_size({"width": 360, "height": 340})
    expect(written).to_be_in_viewport(ratio=1)
    expect(phone.page.locator(".bar")).to_have_css("position", "static")
    written.press_sequentially("7\n7\n7" if field == "thoughts" else "7")
    phone.until("document.activeElement.getBoundingClientRect().bottom <= innerHeight")
    phone.page.set_viewport_size({"width": 360, "height": 640})
    expect(phone.page.locator(".bar")).to_have_css("position", "sticky")


def test_a_keyboard_laid_over_the_page_leaves_the_field_in_sight(phone: Device) -> None:
    """As Safari does it: only the visual viewport gets lower. Chromium has no way to do so, so the page is told."""
    hold(phone.page, 360, 640)
    phone.open("/practise")
    unfold(phone.page)
    learned = phone.page.locator("[name=learned]")
    learned.focus()
    phone.page.evaluate(AT_THE_BOTTOM, "learned")
    phone.page.evaluate(LAID_OVER, 340)
    phone.until("document.activeElement.getBoundingClientRect().bottom <= 340")
    expect(phone.page.locator(".bar")).to_have_css("position", "static")


@pytest.mark.parametrize(  # each in a form of its own: what is typed into one waits there as a draft
    ("script", "form", "name"),
    [("", "/traits/new", "shows_up"), (UNSIZED, "/lessons/new", "helped_then")],
    ids=["a browser that sizes fields", "one that does not"],
)
def test_a_text_field_grows_with_its_text(phone: Device, script: str, form: str, name: str) -> None:
    page = phone.new_page()
    page.add_init_script(script)
    page.goto(phone.url + form)
    field = page.locator(f"[name={name}]:not([type=hidden])")
    field.fill("One line")
    low = field.bounding_box()
    field.fill("\n".join(["Another line"] * 9))
    high = field.bounding_box()
    assert low
    assert high
    assert high["height"] > low["height"] + 100
    assert field.evaluate("each => each.scrollHeight <= each.clientHeight + 1")
    page.close()


def hold(page: Page, width: int, height: int, letters: int = 16) -> None:
    """Turn the phone into one of this size, with letters as its owner set them."""
    debugger = page.context.new_cdp_session(page)
    debugger.send("Page.setFontSizes", {"fontSizes": {"standard": letters, "fixed": 13}})
    page.set_viewport_size({"width": width, "height": height})
