"""The first minutes: a first trait in five short screens, and what lies behind it, without a signal."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.device import Device
from tests.serving import Serving

NAME = "I go quiet in groups"


def test_a_newcomer_adapts_an_example_and_is_shown_the_next_thing(
    server: Serving, new_device: Callable[[], Device]
) -> None:
    phone = new_device()
    phone.start_now()
    server.stop()
    page = phone.page
    page.get_by_label("What came up, in a few words?").fill("My mind went blank")
    page.get_by_role("link", name="Social anxiety").click()
    expect(page.get_by_label("What came up, in a few words?")).to_have_value("My mind went blank")
    expect(page.get_by_label("A thought", exact=True)).to_be_checked()
    press(page, "Next")
    shows_screen(page, "2 of 5")
    expect(page.get_by_label("What do you call it?")).to_have_value(NAME)
    for place in ("3 of 5", "4 of 5", "5 of 5"):
        press(page, "Next")
        shows_screen(page, place)
    press(page, "Save this trait")

    phone.shows_title(NAME)
    phone.shows("You have taken the first step")
    phone.shows("My mind went blank")
    phone.shows("Log one moment in which it shows up")


def test_the_first_question_can_be_answered_without_scrolling(new_device: Callable[[], Device]) -> None:
    phone = new_device()
    phone.start_now()
    answer = phone.page.get_by_text("A memory", exact=True).bounding_box()
    bar = phone.page.get_by_role("navigation", name="The five steps").bounding_box()
    assert answer
    assert bar
    assert answer["y"] + answer["height"] < bar["y"]


def test_who_skips_everything_is_on_today_and_nothing_is_kept(new_device: Callable[[], Device]) -> None:
    phone = new_device()
    phone.start_now()
    for place in ("2 of 5", "3 of 5", "4 of 5", "5 of 5"):
        press(phone.page, "Skip")
        shows_screen(phone.page, place)
    press(phone.page, "Skip")
    phone.shows_title("Learn to unlearn")
    phone.open("/begin")
    shows_screen(phone.page, "1 of 5")
    expect(phone.page.get_by_text("This is what you were writing here before.")).to_be_hidden()


def test_a_name_that_was_skipped_is_suggested_and_can_be_changed(new_device: Callable[[], Device]) -> None:
    phone = new_device()
    phone.start_now()
    phone.page.get_by_label("A feeling", exact=True).check()
    press(phone.page, "Next")
    for _ in range(4):
        press(phone.page, "Skip")
    phone.shows_title("A feeling that comes up")
    phone.page.get_by_role("link", name="Give it a name of your own").click()
    phone.shows_title("Edit")


def test_back_goes_one_screen_back_and_a_reload_keeps_words_and_place(new_device: Callable[[], Device]) -> None:
    phone = new_device()
    phone.start_now()
    page = phone.page
    page.get_by_label("What came up, in a few words?").fill("A tight throat")
    press(page, "Next")
    press(page, "Skip")
    shows_screen(page, "3 of 5")
    page.go_back()
    shows_screen(page, "2 of 5")
    press(page, "Back")
    shows_screen(page, "1 of 5")
    page.go_forward()
    shows_screen(page, "2 of 5")
    page.get_by_label("What do you call it?").fill("I freeze")
    phone.has_drafted("I freeze")
    page.reload()
    expect(page.get_by_label("What do you call it?")).to_have_value("I freeze")
    expect(page.get_by_role("heading", name="2 of 5")).to_be_visible()
    press(page, "Back")
    expect(page.get_by_label("What came up, in a few words?")).to_have_value("A tight throat")


def test_the_five_screens_need_no_pointer(new_device: Callable[..., Device]) -> None:
    laptop = new_device(viewport={"width": 1280, "height": 800}, is_mobile=False, has_touch=False)
    laptop.start_now()
    page = laptop.page
    page.get_by_label("What came up, in a few words?").focus()
    page.keyboard.type("I said sorry three times")
    tab_to(page, "Next")
    page.keyboard.press("Enter")
    shows_screen(page, "2 of 5")
    page.keyboard.press("Tab")
    page.keyboard.type("I say sorry too much")
    page.keyboard.press("Enter")
    shows_screen(page, "3 of 5")
    for place in ("4 of 5", "5 of 5"):
        tab_to(page, "Skip")
        page.keyboard.press("Enter")
        shows_screen(page, place)
    tab_to(page, "Save this trait")
    page.keyboard.press("Enter")
    laptop.shows_title("I say sorry too much")


def test_an_example_leaves_words_of_ones_own_alone(new_device: Callable[[], Device]) -> None:
    phone = new_device()
    phone.start_now()
    phone.open("/notice")
    costs = phone.page.get_by_label("What does it cost you now?")
    below = phone.page.locator(".field:has(#trait-costs) + details")
    below.get_by_text("Show examples").click()
    below.get_by_role("button").first.click()
    expect(costs).to_have_value("People do not get to know me. I go home cross with myself.")
    expect(costs).to_be_focused()
    costs.fill("Sleep")
    below.get_by_text("Show examples").click()
    below.get_by_role("button").nth(1).click()
    expect(costs).to_have_value("Sleep")
    expect(below.get_by_text("Your own words are here")).to_be_visible()


def test_another_prompt_leaves_what_is_typed(new_device: Callable[[], Device]) -> None:
    phone = new_device()
    phone.start_now()
    phone.page.get_by_label("What came up, in a few words?").fill("Heat in my face")
    before = phone.page.locator(".scene").inner_text()
    phone.page.get_by_role("link", name="Another prompt").click()
    expect(phone.page.locator(".scene")).not_to_have_text(before)
    expect(phone.page.get_by_label("What came up, in a few words?")).to_have_value("Heat in my face")


def test_a_pause_to_ground_comes_back_to_the_same_words_and_the_chain_can_be_seen(
    server: Serving, new_device: Callable[[], Device]
) -> None:
    phone = new_device()
    phone.start_now()
    phone.name_trait("I put everyone else first")
    phone.name_trait(NAME)
    server.stop()
    page = phone.page
    page.get_by_role("link", name="Explore a lesson").click()
    phone.shows_title("Explore the lesson")
    phone.shows("When not to do this alone")
    page.get_by_label("What happened?").fill("Kids laughed when I spoke")
    press(page, "Next")
    page.get_by_label("When …").fill("I speak up")
    press(page, "Pause and ground yourself")
    expect(page.get_by_role("dialog")).to_be_visible()
    press(page, "Back to where I was")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_role("button", name="Pause and ground yourself")).to_be_focused()
    expect(page.get_by_label("When …")).to_have_value("I speak up")
    expect(page.get_by_role("heading", name="2 of 5")).to_be_visible()
    press(page, "Next")
    press(page, "Skip")
    press(page, "Skip")
    page.get_by_label("I put everyone else first", exact=True).check()
    press(page, "Save this lesson")

    expect(page.locator(".chain .link")).to_have_count(3)
    expect(page.locator(".chain")).to_contain_text("When I speak up")
    page.get_by_role("link", name="See how your traits set each other off").click()
    expect(page.get_by_role("img", name="A picture of your traits")).to_be_visible()
    expect(page.locator(".arrow")).to_have_count(1)
    expect(page.locator("#map li", has_text="Sets off").first).to_contain_text(NAME)


def test_a_trait_rests_and_is_taken_up_again(new_device: Callable[[], Device]) -> None:
    phone = new_device()
    phone.start_now()
    phone.name_trait(NAME)
    press(phone.page, "Let it rest")
    phone.shows("Resting for now.")
    phone.open("/notice")
    expect(phone.page.get_by_role("heading", name="Resting")).to_be_visible()
    phone.page.get_by_role("button", name="Work on it again").click()
    phone.shows_title("Notice a trait")
    expect(phone.page.get_by_role("heading", name="Resting")).to_have_count(0)


def test_without_a_script_all_questions_stand_in_one_column(new_device: Callable[..., Device]) -> None:
    old_phone = new_device(java_script_enabled=False)
    old_phone.has_account("mara@example.org")
    old_phone.open("/begin")
    expect(old_phone.page.locator("[data-screen]:visible")).to_have_count(5)
    expect(old_phone.page.get_by_role("button", name="Skip")).to_have_count(0)
    old_phone.page.get_by_role("link", name="Putting others first").click()
    press(old_phone.page, "Save this trait")
    old_phone.shows_title("I put everyone else first")
    old_phone.page.get_by_role("link", name="Explore a lesson").click()
    old_phone.page.locator("summary", has_text="Pause and ground yourself").click()
    old_phone.shows("Your words stay as they are")


def press(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def shows_screen(page: Page, place: str) -> None:
    """Wait for the screen; whoever uses a screen reader is on its question, but for the first at the start."""
    expect(page.get_by_role("heading", name=place)).to_be_visible()
    if page.evaluate("history.state?.from"):
        expect(page.get_by_role("heading", name=place)).to_be_focused()


def tab_to(page: Page, button: str) -> None:
    for _ in range(12):
        if page.evaluate("document.activeElement.textContent.trim()") == button:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no {button} within reach of the Tab key")
