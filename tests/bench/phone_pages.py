"""Pages of a big journal on the device itself: from the tap to the paint, and in the worker alone, as the journal grows."""

import statistics
from collections.abc import Iterator

from playwright.sync_api import BrowserContext, Page, Worker

from tests.bench.browser import install_worker, open_browser
from tests.bench.figures import TIMES, Figure
from tests.bench.journal_page import email_of
from tests.bench.phone_arrival import add_journals
from tests.browser.device import PASSPHRASE, Device
from tests.credentials import credentials
from tests.serving import Serving

SIZES = [1_000, 10_000, 100_000]
TAP_MS = {"/journal": 50, "/rewire": 100}
SIZE_OF_PROMISE = 10_000
SLOW_TAP_MS = 200  # on a phone whose pages take SLOWER times as long; DevTools slows no worker
SLOWER = 6
MOST_TIMES_LARGER = 2  # that a tap may take in the largest journal
IN_WORKER = {
    "/": "/",
    "/journal": "/journal",
    "/practise": "/practise",
    "/rewire": "/rewire",
    "a trait's page": "/traits/{trait}",
    "a trait's numbers, a year of them": "/rewire/{trait}?range=1y",
    "/you": "/you",
    "a search found at once": "/journal?q=e",
    "a search that finds nothing": "/journal?q=zzzz",
}
SIGN_IN = """async ([form, wanted]) => {
  const told = new Promise(done => navigator.serviceWorker.addEventListener("message", ({ data }) => {
    if (data.type === "arriving" && data.text === "") done()
  }))
  await (await fetch("/sign-in", { method: "POST", body: new URLSearchParams(form) })).text()
  if (wanted) await told
}"""
A_TRAIT = """async () => {
  const text = await (await fetch("/rewire")).text()
  return /href="\\/rewire\\/([^"/]+)"/.exec(text)[1]
}"""
TAPPED_MS = """async path => {
  const painted = () => new Promise(done => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = done
    port2.postMessage(0)
  }))
  const swapped = new Promise(done => document.addEventListener("htmx:after:swap", done, { once: true }))
  const began = performance.now()
  document.querySelector(`a[href="${path}"]`).click()
  await swapped
  await painted()
  return performance.now() - began
}"""
# The worker's own fetch event, dispatched in the worker by hand: all that an answer costs, without the way to it.
ANSWERED_MS = """async ([path, times, form]) => {
  const taken = []
  for (let time = 0; time < times; time++) {
    const init = form && { method: "POST", body: new URLSearchParams({ ...form, learned: `So it goes, ${time}` }) }
    const event = new FetchEvent("fetch", { request: new Request(path, init ?? {}) })
    const answered = new Promise(resolve => Object.defineProperty(event, "respondWith", { value: resolve }))
    event.waitUntil = () => {}
    const began = performance.now()
    dispatchEvent(event)
    const answer = await answered
    if (answer.status >= 400) throw new Error(`${path}: ${answer.status}`)
    await answer.text()
    taken.push(performance.now() - began)
  }
  return taken
}"""
A_MOMENT = {"situation": "A train that was late", "old_reaction": "40", "new_reaction": "60"}


def measure(server: Serving) -> Iterator[Figure]:
    """Bring journals of several sizes to devices, and use each."""
    add_journals(server, SIZES)
    for size in SIZES:
        with open_browser() as context:
            yield from measure_size(server, context, size)


def measure_size(server: Serving, context: BrowserContext, size: int) -> Iterator[Figure]:
    page, worker = signed_in(server, context, size)
    for path, most in TAP_MS.items():
        at_most = {SIZE_OF_PROMISE: most, max(SIZES): MOST_TIMES_LARGER * most}.get(size)
        yield Figure(f"a tap on {path}, painted", tapped(page, path), "ms", at_most, size=size)
    slowed = page.context.new_cdp_session(page)
    slowed.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    for path in TAP_MS:
        at_most = SLOW_TAP_MS if size == SIZE_OF_PROMISE else None
        yield Figure(f"a tap on {path}, painted, CPU × {SLOWER}", tapped(page, path), "ms", at_most, size=size)
    slowed.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    trait = page.evaluate(A_TRAIT)
    for name, path in IN_WORKER.items():
        yield Figure(f"{name}, in the worker", answered(worker, path.format(trait=trait)), "ms", size=size)
    yield Figure("a save, in the worker", answered(worker, "/practices", A_MOMENT), "ms", size=size)


def signed_in(server: Serving, context: BrowserContext, size: int) -> tuple[Page, Worker]:
    """A device that has the whole journal."""
    device = Device(context, server.url)
    install_worker(device.page, server.url)
    device.open("/sign-in")
    form = {**credentials(server.url, email_of(size), PASSPHRASE), "next": "/you"}
    device.page.evaluate(SIGN_IN, [form, size > min(SIZES)])
    device.open("/you")
    device.keeps("server")
    [worker] = context.service_workers
    return device.page, worker


def tapped(page: Page, path: str) -> float:
    """The median from the tap to the paint, each from another page."""
    times = []
    for _ in range(TIMES + 1):
        page.evaluate(TAPPED_MS, "/support")
        times.append(page.evaluate(TAPPED_MS, path))
    return middle(times[1:])


def answered(worker: Worker, path: str, form: dict[str, str] | None = None) -> float:
    """The median in the worker, once it is warm."""
    worker.evaluate(ANSWERED_MS, [path, 3, form])
    return middle(worker.evaluate(ANSWERED_MS, [path, TIMES, form]))


def middle(times: list[float]) -> float:
    return round(statistics.median(times), 1)
