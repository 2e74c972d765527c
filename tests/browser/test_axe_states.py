"""What no address leads to keeps nobody out either: refusals, dialogs, guides, notes, an empty journal, a lost connection."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.axe import Eyes, findings
from tests.browser.device import Device
from tests.serving import Serving

TRAIT = "I go quiet in groups"


def test_before_anything_is_written(new_device: Callable[[], Device]) -> None:
    phone = new_device()
    eyes = Eyes(phone.page)
    for address in ("/", "/sign-in", "/you", "/journal"):
        phone.open(address)
        is_open_to_all(eyes, address)
    phone.is_installed()
    for address in ("/begin", "/journal", "/bin", "/explore", "/equip", "/practise", "/rewire", "/emotions", "/gone"):
        phone.open(address)
        is_open_to_all(eyes, f"{address}, empty")


def test_each_question_of_the_first_trait(new_device: Callable[[], Device]) -> None:
    phone = new_device()
    phone.start_now()
    eyes = Eyes(phone.page)
    for place in ("1 of 5", "2 of 5", "3 of 5", "4 of 5", "5 of 5"):
        expect(phone.page.get_by_role("heading", name=place)).to_be_visible()
        is_open_to_all(eyes, place)
        press(phone.page, "Next" if place < "5" else "Save this trait")
    phone.shows_title("Learn to unlearn")
    expect(phone.page.locator("#live")).to_have_text(
        "Today · Unlearn"
    )  # nothing was written, and nothing is said to be saved


def test_what_was_refused_and_what_was_saved(new_device: Callable[[], Device]) -> None:
    phone = begin(new_device)
    page, eyes = phone.page, Eyes(phone.page)
    phone.open("/practise")
    page.get_by_role("textbox", name="How strong was the old reaction?").fill("very")
    press(page, "Save this moment")
    expect(page.get_by_role("alert")).to_be_focused()
    is_open_to_all(eyes, "a refused moment")
    phone.open("/you")
    page.get_by_label("Email").fill("mara")
    press(page, "Make my account")
    expect(page.get_by_role("alert")).to_be_visible()
    is_open_to_all(eyes, "a refused account")
    phone.open("/quick")
    press(page, "New reaction, strong")
    phone.shows("Saved.")
    is_open_to_all(eyes, "a saved moment")
    press(page, "Undo")
    phone.shows("This is in the bin.")
    is_open_to_all(eyes, "in the bin")


def test_what_opens_and_what_runs(new_device: Callable[[], Device]) -> None:
    phone = begin(new_device)
    page, eyes = phone.page, Eyes(phone.page)
    phone.open("/explore")
    eyes.see()
    press(page, "Pause and ground yourself")
    expect(page.get_by_role("dialog")).to_be_visible()
    assert findings(page) == [], "the dialog"
    page.get_by_role("dialog").get_by_role("button", name="Start").click()
    assert findings(page) == [], "the dialog with its guide"
    for slug in ("paced_breathing", "five_senses"):
        phone.open(f"/library/{slug}")
        press(page, "Start")
        is_open_to_all(eyes, f"{slug} runs")
        press(page, "Pause")
        is_open_to_all(eyes, f"{slug} waits")
    phone.open("/now")
    for place in ("1 of 4", "2 of 4", "3 of 4", "4 of 4"):
        expect(page.get_by_role("heading", name=place)).to_be_visible()
        is_open_to_all(eyes, f"now, {place}")
        if place < "4":
            press(page, "Next")


def test_what_comes_by_itself(server: Serving, new_device: Callable[..., Device]) -> None:
    phone = begin(new_device)
    page, eyes = phone.page, Eyes(phone.page)
    phone.open("/you")
    page.evaluate(
        "document.querySelectorAll('#update, #arriving, [data-install], [data-install-ios], [data-undrafted]')"
        ".forEach(each => { each.hidden = false; each.append(each.id === 'arriving' ? '40 entries so far' : '') })"
    )
    is_open_to_all(eyes, "a new version, a journal on its way, an app to install")
    server.stop()
    page.get_by_label("Email").fill("mara@example.org")
    phone.open("/practise")
    page.get_by_role("textbox", name="How strong was the old reaction?").fill("40")
    phone.has_drafted("40")
    page.reload()
    expect(page.get_by_role("button", name="Start afresh")).to_be_visible()
    is_open_to_all(eyes, "a draft came back, offline")

    old_phone = new_device(service_workers="block")
    server.start()
    old_phone.make_account("mara@example.org")
    server.stop()
    old_phone.page.get_by_role("link", name="Journal").first.click()
    expect(old_phone.page.locator("#unreachable")).to_be_visible()
    is_open_to_all(Eyes(old_phone.page), "the server is away")


def is_open_to_all(eyes: Eyes, state: str) -> None:
    for look in ({}, {"scheme": "dark", "width": 320}, {"letters": 32}):
        eyes.see(**look)
        assert findings(eyes.page) == [], (state, look)
    eyes.see()


def begin(new_device: Callable[[], Device]) -> Device:
    phone = new_device()
    phone.begin(TRAIT)
    return phone


def press(page: Page, button: str) -> None:
    page.get_by_role("main").get_by_role("button", name=button, exact=True).first.click()
