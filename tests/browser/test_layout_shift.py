"""Nothing on a page moves by itself: not when scripts come late, not when the worker answers, not from page to page."""

from playwright.sync_api import Browser, Page, Route

from sync.record import Record
from tests.browser.conftest import open_devices
from tests.browser.device import Device
from tests.browser.every_page import MARA, Place, every_page
from tests.serving import Serving

SLOWER = 4  # times, as Lighthouse has it for a middling phone
WATCH = """
window.moved = []
const nameOf = node => node?.nodeType === 1 ? `${node.localName}#${node.id}.${node.className}` : node?.textContent
new PerformanceObserver(list => {
  for (const { value, sources } of list.getEntries())
    window.moved.push([value, ...sources.map(each => `${nameOf(each.node)} ${each.previousRect.y} > ${each.currentRect.y}`)])
}).observe({ type: "layout-shift", buffered: true })
navigator.serviceWorker?.addEventListener("message", ({ data }) => { window.synced ||= data.type === "synced" })
"""
PAINTED = """async () => {
  while (!performance.getEntriesByName("first-contentful-paint").length) await new Promise(requestAnimationFrame)
}"""
HEARD = "async () => { while (!window.synced && document.scripts.length) await new Promise(requestAnimationFrame) }"
# What a page asks of the browser by itself is answered by then, and painted.
SETTLED = """async () => {
  await navigator.storage.estimate()
  const frame = () => new Promise(requestAnimationFrame)
  do await frame()
  while (document.readyState !== "complete" || document.querySelector(".htmx-request"))
  await frame()
  await frame()
}"""
# Not a tap: what moves within half a second of one is not counted.
FOLLOW = """async path => {
  moved.length = 0
  const swapped = new Promise(done => document.addEventListener("htmx:after:swap", done, { once: true }))
  document.querySelector(`a[href="${path}"]`).click()
  await swapped
}"""


def test_nothing_moves_when_scripts_come_after_the_paint(browser: Browser, house: Serving, held: list[Record]):
    with open_devices(browser, house) as new_device:
        phone = new_device(service_workers="block")
        phone.sign_in(MARA)
        phone.page.add_init_script(WATCH)
        late: list[Route] = []
        phone.page.route("**/page.js", lambda route: late.append(route))  # noqa: PLW0108 - Playwright marks what it is given

        moved = {place.address: _moved_before_and_after(phone, place, late) for place in every_page(held)}

        assert {address: shifts for address, shifts in moved.items() if shifts} == {}


def test_nothing_moves_on_the_phones_own_pages(browser: Browser, house: Serving, held: list[Record]):
    with open_devices(browser, house) as new_device:
        phone = _installed(new_device())

        moved = {place.address: _moved_on(phone, place) for place in every_page(held)}

        assert {address: shifts for address, shifts in moved.items() if shifts} == {}


def test_nothing_moves_from_page_to_page(browser: Browser, house: Serving):
    with open_devices(browser, house) as new_device:
        phone = _installed(new_device())
        phone.open("/")
        paths = phone.page.eval_on_selector_all(
            "header a, .steps a", "links => links.map(link => link.getAttribute('href'))"
        )

        moved = {path: _moved_by_following(phone.page, path) for path in [*paths, *reversed(paths)]}

        assert {path: shifts for path, shifts in moved.items() if shifts} == {}


def _installed(phone: Device) -> Device:
    phone.sign_in(MARA)
    phone.is_installed()
    phone.keeps("server")
    phone.page.add_init_script(WATCH)
    phone.context.new_cdp_session(phone.page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    return phone


def _moved_before_and_after(phone: Device, place: Place, late: list[Route]) -> list[object]:
    page = phone.page
    page.goto(phone.url + place.address, wait_until="commit")
    page.evaluate(PAINTED)
    while late:
        late.pop().continue_()
    page.evaluate(SETTLED)
    return list(page.evaluate("moved"))


def _moved_on(phone: Device, place: Place) -> list[object]:
    phone.open(place.address)
    phone.page.evaluate(HEARD)
    phone.page.evaluate(SETTLED)
    return list(phone.page.evaluate("moved"))


def _moved_by_following(page: Page, path: str) -> list[object]:
    page.evaluate(FOLLOW, path)
    page.evaluate(SETTLED)
    return list(page.evaluate("moved"))
