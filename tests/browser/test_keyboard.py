"""The five steps, and all around them, by keys alone."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.device import KEY_MS, PASSPHRASE, Device
from tests.browser.keyboard import Keyboard

TRAIT = "I say sorry too much"
TOOL = "Ask for a minute"
KEPT_IN = "document.activeElement === document.body || document.activeElement.closest('dialog') !== null"  # or the browser's own bar


def test_the_five_steps_by_keys_alone(new_device: Callable[..., Device]) -> None:
    phone = new_device(is_mobile=False, has_touch=False, reduced_motion="reduce")
    keys = Keyboard(phone.page)
    phone.open("/")
    phone.is_installed()
    keys.use("link", "Start now")
    phone.shows_title("Your first trait")
    notice(keys)
    phone.shows_title(TRAIT)
    keys.use("link", "Explore a lesson")
    phone.shows_title("Explore the lesson")
    explore(keys)
    phone.shows("they are hurt if I have needs too")
    keys.use("link", "Equip", back=True)
    phone.shows_title("Equip yourself")
    equip(phone, keys)
    keys.use("link", "Practise", back=True)
    phone.shows_title("Log a moment")
    practise(keys)
    phone.shows_title("A meeting ran late")
    phone.shows("Reading minds")
    phone.shows("tense 51")
    keys.use("link", "Rewire", back=True)
    phone.shows_title("See what is changing")
    rewire(phone, keys)
    phone.shows("I wait for a breath.")


def test_what_is_around_the_five_steps_by_keys_alone(new_device: Callable[..., Device]) -> None:
    phone = new_device(is_mobile=False, has_touch=False, reduced_motion="reduce")
    keys = Keyboard(phone.page)
    phone.start_now()
    phone.is_installed()
    phone.open("/you")
    make_account(phone, keys)

    keys.use("link", "Log", back=True)
    phone.shows_title("How did it go?")
    keys.use("button", "New reaction, strong")
    phone.shows("Saved. Each time you take the new path, it grows a little.")
    keys.use("button", "Undo")
    phone.shows("This is in the bin.")
    keys.use("button", "Put back")
    phone.open("/now")
    go_through_now(keys)
    phone.shows("Saved.")

    keys.use("link", "Journal", back=True)
    phone.shows_title("Journal")
    keys.reach("searchbox", "Search your words")
    keys.write("nothing like this")
    expect(phone.page.locator("#live")).to_have_text("0 entries found")
    keys.press("Control+A", "Delete")
    keys.unfold("Filters")
    keys.reach("combobox", "What")
    keys.press("m")
    keys.use("button", "Show these")
    expect(phone.page.locator("#live")).to_contain_text("found")


def make_account(phone: Device, keys: Keyboard) -> None:
    """Refused at first: the summary has the focus and leads to the field."""
    keys.fill("Email", "mara")
    keys.fill("Passphrase", PASSPHRASE)
    keys.press("Enter")
    expect(phone.page.get_by_role("alert")).to_be_focused()
    keys.use("link", "Email")
    expect(phone.page.get_by_label("Email")).to_be_focused()
    keys.press("Control+A")
    keys.write("mara@example.org")
    keys.fill("Passphrase", PASSPHRASE)
    keys.use("button", "Make my account")
    expect(phone.page.locator("h1")).to_have_text("Your recovery key", timeout=KEY_MS)


def go_through_now(keys: Keyboard) -> None:
    """What runs now: a tool of the first that are offered, started and stopped, with distress before and after."""
    keys.reach("slider", "Distress before")
    keys.press("End")
    keys.use("button", "Next")
    keys.tick("radio", "Paced breathing")
    keys.use("button", "Next")
    keys.use("button", "Start")
    expect(keys.page.get_by_role("button", name="Pause", exact=True)).to_be_focused()
    keys.use("button", "Stop")
    expect(keys.page.get_by_role("button", name="Start")).to_be_focused()
    keys.use("button", "Next")
    keys.reach("slider", "Distress after")
    keys.press("Home")
    keys.reach("slider", "How strong was the new reaction?")
    keys.press("ArrowRight")
    keys.use("button", "Save this moment")


def notice(keys: Keyboard) -> None:
    """Step 1: one question a screen; Enter in a line goes on."""
    keys.fill("What came up, in a few words?", "I said sorry three times")
    keys.tick("radio", "A thought")
    keys.use("button", "Next")
    keys.fill("What do you call it? needed", TRAIT)
    keys.press("Enter")
    for _ in range(2):
        keys.use("button", "Skip")
    keys.use("button", "Save this trait")


def explore(keys: Keyboard) -> None:
    """Step 2, with a pause: the dialog keeps the keys, and gives the focus back."""
    keys.fill("What happened?", "Being no trouble made everybody happy at home.")
    keys.use("button", "Next")
    keys.fill("When …", "somebody needs something")
    keys.use("button", "Pause and ground yourself", back=True)
    dialog = keys.page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    for key in ("Tab", "Shift+Tab"):
        for _ in range(8):
            keys.press(key)
            keys.is_seen()
            assert keys.page.evaluate(KEPT_IN)
    keys.press("Escape")
    expect(dialog).to_be_hidden()
    expect(keys.page.get_by_role("button", name="Pause and ground yourself")).to_be_focused()
    keys.fill("… then …", "they are hurt if I have needs too")
    for _ in range(3):
        keys.use("button", "Next")
    keys.use("button", "Save this lesson")


def equip(phone: Device, keys: Keyboard) -> None:
    """Step 3: a tool of the library, a plan for it, said back once."""
    keys.use("link", TOOL)
    phone.shows_title(TOOL)
    keys.use("button", "Add to my tools")
    keys.use("link", "Make a plan")
    phone.shows_title("Edit")
    keys.fill("If this happens …", "somebody asks me for a favour")
    keys.fill("… then I will …", "say that I will answer tomorrow")
    keys.use("button", "Save")
    phone.shows_title(TOOL)
    keys.use("button", "I said it out loud")
    phone.shows("Last rehearsed")


def practise(keys: Keyboard) -> None:
    """Step 4: numbers by sliders and by typing, feelings and traps by boxes."""
    keys.tick("radio", TRAIT)
    keys.reach("slider", "How strong was the old reaction?")
    keys.press("ArrowRight", "ArrowRight")
    expect(keys.page.get_by_role("textbox", name="How strong was the old reaction?")).to_have_value("52")
    keys.reach("textbox", "How strong was the new reaction?")
    keys.write("30")
    expect(keys.page.get_by_role("slider", name="How strong was the new reaction?")).to_have_value("30")
    keys.unfold("What happened")
    keys.fill("What was going on?", "A meeting ran late")
    keys.unfold("Feelings")
    keys.tick("checkbox", "tense")
    keys.reach("slider", "How strong: tense")
    keys.press("ArrowRight")
    keys.unfold("Thoughts")
    keys.tick("checkbox", "Reading minds")
    keys.use("button", "Save this moment")


def rewire(phone: Device, keys: Keyboard) -> None:
    """Step 5: the numbers behind a picture, and a look back."""
    keys.use("link", TRAIT)
    phone.shows_title(TRAIT)
    keys.unfold("Show as a table")
    expect(keys.page.get_by_role("table").first).to_be_visible()
    keys.use("link", "Look back and plan")
    keys.fill("What has changed?", "I wait for a breath.")
    for _ in range(3):
        keys.use("button", "Next")
    keys.use("button", "Save this review")
