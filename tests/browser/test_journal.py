"""The journal of a person with more than a page of it, with the server gone: by day, searched, narrowed, and the bin."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.device import Device
from tests.serving import Serving

MARA = "mara@example.org"
# Forms as the page posts them, one after another: a hundred typed by hand would take minutes.
LOG_MANY = """async many => {
  for (let n = 1; n <= many; n++) {
    const body = new URLSearchParams({
      situation: `Bus ride ${n}`, old_reaction: String(n % 2 ? 60 : 20), new_reaction: "40",
      happened_at: `2026-03-${String(1 + n % 9).padStart(2, "0")}T10:${String(n % 60).padStart(2, "0")}`,
      zone: "Europe/Madrid",
    })
    const answer = await fetch("/practices", { method: "POST", body })
    if (!answer.ok) throw new Error(answer.status)
  }
}"""


def test_a_hundred_entries_scroll_by_day_to_the_first_and_stay_in_place(
    server: Serving, new_device: Callable[[], Device]
) -> None:
    phone = new_device()
    phone.start_now()
    phone.is_installed()
    server.stop()
    phone.page.evaluate(LOG_MANY, 100)
    phone.log("A talk with Ana", old=30, new=60)
    phone.open("/journal")
    lines, days = phone.page.locator("#found .item"), phone.page.locator("#found h2")
    expect(days.first).to_have_text("Today")
    expect(phone.page.locator(".count")).to_have_text("101 entries")
    phone.page.get_by_role("link", name="Show older entries").focus()
    expect(lines.nth(30).locator("a")).to_be_focused()
    while lines.count() < 101:
        shown = lines.count()
        phone.page.locator(".older").scroll_into_view_if_needed()
        expect(lines.nth(shown)).to_be_attached()
    expect(lines).to_have_count(101)
    expect(phone.page.locator(".older")).to_have_count(0)
    assert len(days.all_inner_texts()) == len(set(days.all_inner_texts())) == 10

    lines.nth(60).locator("a").click()
    expect(phone.page.locator("h1")).to_contain_text("Bus ride")
    phone.page.go_back()
    expect(lines.nth(60)).to_be_attached()


def test_a_typo_finds_an_entry_and_filters_go_with_it(server: Serving, new_device: Callable[[], Device]) -> None:
    phone = new_device()
    phone.start_now()
    phone.is_installed()
    server.stop()
    phone.page.evaluate(LOG_MANY, 4)
    phone.log("La reunión de los niños", old=70, new=10)
    phone.log("Dinner with colleagues", old=10, new=70)
    phone.open("/journal")
    search = phone.page.get_by_role("searchbox")
    search.press_sequentially("coleagues")
    expect(phone.page.locator("#found .item")).to_have_count(1)
    expect(phone.page.locator("mark")).to_have_text("colleagues")
    expect(phone.page.locator("#live")).to_have_text("1 entry found")
    search.fill("ninos reunion")
    expect(phone.page.locator("#found .item a")).to_have_text("La reunión de los niños")
    phone.page.reload()
    expect(phone.page.locator("#found .item a")).to_have_text("La reunión de los niños")

    phone.page.get_by_text("Filters").click()
    phone.page.get_by_label("Reaction").select_option(label="New one stronger")
    phone.page.get_by_role("button", name="Show these").click()
    phone.shows("Nothing found.")
    phone.shows("1 filter set")
    phone.page.get_by_role("link", name="Clear the filters").first.click()
    expect(phone.page.locator("#found .item a")).to_have_text("La reunión de los niños")
    phone.page.go_back()
    phone.shows("1 filter set")
    phone.page.get_by_role("searchbox").fill("")
    expect(phone.page.locator("#found .item")).to_have_count(3)
    phone.open("/journal?from=2026-03-02&to=2026-03-03")
    expect(phone.page.locator("#found h2")).to_have_text(["Tuesday, 3 March", "Monday, 2 March"])


def test_a_rival_says_which_device_it_came_from(server: Serving, new_device: Callable[[], Device]) -> None:
    phone = new_device()
    phone.start_now()
    phone.log("Team lunch", old=60)
    phone.make_account(MARA)
    phone.keeps("server")
    laptop = new_device()
    laptop.sign_in(MARA)
    laptop.is_installed()
    laptop.shows("Team lunch")
    laptop.open("/you")
    laptop.page.get_by_label("What do you call this device?").fill("the laptop")
    laptop.page.locator("form[action='/devices'] button[type=submit]").last.click()
    expect(laptop.page.locator("form[action^='/devices/']").get_by_role("textbox")).to_have_value("the laptop")
    laptop.shows_title("You")
    laptop.keeps("server")
    phone.goes_online()
    phone.keeps("server")

    server.stop()
    phone.edit("Team lunch", learned="One question is enough")
    laptop.edit("Team lunch", learned="Silence is fine too")
    server.start()
    for device in (laptop, phone, laptop, phone):
        device.goes_online()
        device.keeps("server")
    for device in (laptop, phone):  # what is kept was said before the other's wording was heard
        expect(device.page.locator(".rival .hint")).to_have_count(1)
    server.stop()
    phone.find("Team lunch")
    phone.page.get_by_text("When this was written").click()
    phone.shows("on the laptop")
    phone.shows("on this device")
    laptop.find("Team lunch")
    shown = [device.page.locator(".rival .hint") for device in (phone, laptop)]
    for hint in shown:
        expect(hint).to_have_count(1)
    assert {shown[0].inner_text(), shown[1].inner_text()} in (
        {"Also written on the laptop", "Also written on this device"},
        {"Also written on this device", "Also written on another device"},
    )


def test_what_is_put_in_the_bin_says_so_and_comes_back(server: Serving, new_device: Callable[[], Device]) -> None:
    phone = new_device()
    phone.start_now()
    phone.is_installed()
    server.stop()
    phone.log("A call with mum", old=70)
    phone.page.get_by_role("button", name="Put in the bin").click()
    phone.shows("It was put there on")
    phone.open("/bin")
    phone.shows("on this device")
    phone.page.get_by_role("link", name="A call with mum").click()
    phone.page.get_by_role("button", name="Put back").click()
    expect(phone.page.get_by_text("This is in the bin")).to_have_count(0)
    phone.open("/bin")
    phone.shows("The bin is empty.")
    phone.find("A call with mum")
