"""A line so slow that a page takes its time: the person sees that it is on its way, and nothing is sent twice."""

from collections.abc import Callable

from playwright.sync_api import Page, Route, expect

from tests.browser.device import Device

MARA = "mara@example.org"
# Within one turn, before the browser leaves: how the form stands after each press, and how often it is really sent.
PRESSED_TWICE = """action => {
  const form = document.querySelector(`main form[action="${action}"]`)
  const sent = []
  addEventListener("submit", event => { sent.push(String(!event.defaultPrevented)); event.preventDefault() })
  form.requestSubmit()
  sent.push(form.ariaBusy)
  form.requestSubmit()
  return sent
}"""

# However slow this machine is, the moment after which it is said never passes.
SEEN_TO_WAIT = """() => {
  const later = setTimeout
  window.setTimeout = (run, ms, ...more) => ms === 500 ? 0 : later(run, ms, ...more)
  window.waited = 0
  const look = () => { window.waited += document.querySelectorAll("#waiting:not([hidden])").length }
  new MutationObserver(look).observe(document, { subtree: true, childList: true, attributeFilter: ["hidden"] })
}"""


class Slow:
    """A line on which answers to this address wait until they are let through."""

    def __init__(self, page: Page, address: str) -> None:
        self.held: list[Route] = []
        page.route(address, self._hold)

    def _hold(self, route: Route) -> None:
        self.held.append(route)

    def let_through(self) -> None:
        for route in self.held:
            route.continue_()


def test_a_form_on_its_way_says_so_and_is_not_sent_twice(new_device: Callable[..., Device]) -> None:
    phone = new_device(service_workers="block")
    phone.make_account(MARA)
    phone.open("/traits/new")
    slow = Slow(phone.page, "**/traits")
    phone.page.get_by_label("What do you call it?").fill("I go quiet in groups")
    save = phone.page.get_by_role("button", name="Save this trait")
    save.click()
    expect(phone.page.get_by_text("One moment…")).to_be_visible()
    expect(phone.page.locator("main form")).to_have_attribute("aria-busy", "true")
    save.click()
    save.press("Enter")
    slow.let_through()
    phone.shows_title("I go quiet in groups")
    assert len(slow.held) == 1
    expect(phone.page.get_by_text("One moment…")).to_be_hidden()
    phone.page.go_back()
    expect(phone.page.locator("main form").first).not_to_have_attribute("aria-busy", "true")


def test_a_link_that_takes_long_leaves_the_page_in_place_until_the_next_one_is_there(
    new_device: Callable[..., Device],
) -> None:
    phone = new_device(service_workers="block")
    phone.open("/learn")
    slow = Slow(phone.page, "**/support")
    phone.page.get_by_role("link", name="Help now").first.click()
    expect(phone.page.get_by_text("One moment…")).to_be_visible()
    phone.shows_title("Why this works")
    slow.let_through()
    phone.shows_title("Help now")
    expect(phone.page.get_by_text("One moment…")).to_be_hidden()


def test_a_page_that_comes_at_once_says_nothing_of_waiting(new_device: Callable[..., Device]) -> None:
    phone = new_device(service_workers="block")
    phone.open("/learn")
    phone.page.evaluate(SEEN_TO_WAIT)
    for title in ("Help now", "Why this works"):
        phone.page.get_by_role("link", name=title).first.click()
        phone.shows_title(title)
    assert phone.page.evaluate("waited") == 0


def test_a_form_that_leaves_the_page_is_sent_once(new_device: Callable[..., Device]) -> None:
    phone = new_device(service_workers="block")
    phone.open("/you")
    assert phone.page.evaluate(PRESSED_TWICE, "/you/language") == ["true", "true"]


def test_a_form_that_makes_a_key_first_makes_one(new_device: Callable[..., Device]) -> None:
    phone = new_device(service_workers="block")
    phone.open("/sign-in")
    assert phone.page.evaluate(PRESSED_TWICE, "/sign-in") == ["true"]  # busy, and not on its way yet


def test_a_line_that_breaks_lets_the_form_be_sent_again(new_device: Callable[..., Device]) -> None:
    phone = new_device(service_workers="block")
    phone.make_account(MARA)
    phone.open("/traits/new")
    slow = Slow(phone.page, "**/traits")
    phone.page.get_by_label("What do you call it?").fill("I go quiet in groups")
    phone.page.get_by_role("button", name="Save this trait").click()
    expect(phone.page.get_by_text("One moment…")).to_be_visible()
    slow.held[0].abort()
    expect(phone.page.get_by_text("One moment…")).to_be_hidden()
    phone.page.unroute("**/traits")
    phone.page.get_by_role("button", name="Save this trait").click()
    phone.shows_title("I go quiet in groups")
