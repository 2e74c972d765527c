"""A whole journal comes to a new device: how long it takes, and what a person who uses the page meanwhile waits for."""

from collections.abc import Iterator
from typing import Any

from playwright.sync_api import BrowserContext

from tests.bench.browser import install_worker, open_browser
from tests.bench.figures import Figure
from tests.bench.journal_page import email_of
from tests.browser.device import PASSPHRASE, Device
from tests.serving import Serving

PROMISED = 10_000  # entries; the larger journal shows how the cost grows
SIZES = [PROMISED, 100_000]
ARRIVAL_MS = 1500
# Signs in as the form does, and taps and saves until the last message that the journal is coming.
ARRIVE = """async form => {
  const since = began => performance.now() - began
  const taken = { taps: [], saves: [] }
  let [said, quiet, longest] = [[], performance.now(), 0]
  navigator.serviceWorker.addEventListener("message", ({ data }) => { if (data.type === "arriving") said.push(data.text) })
  const use = async (times, path, init) => {
    const began = performance.now()
    if (!(await (await fetch(path, init)).text()).startsWith("<!doctype html>")) throw new Error("no page")
    times.push(since(began))
  }
  const signedIn = fetch("/sign-in", { method: "POST", body: new URLSearchParams(form) }).then(answer => answer.text())
  while (!said.length) await new Promise(requestAnimationFrame)
  while (said.at(-1) !== "") {
    await use(taken.taps, "/journal")
    const body = new URLSearchParams({ name: `Trait ${taken.saves.length}` })
    await use(taken.saves, "/traits", { method: "POST", body })
  }
  await signedIn
  return { ended: performance.timeOrigin + performance.now(), ...taken }
}"""
FIRST_EXCHANGE = """() => {
  const asked = performance.getEntriesByType("resource").filter(({ name }) => name.endsWith("/sync"))
  return performance.timeOrigin + Math.min(...asked.map(({ startTime }) => startTime))
}"""


def measure(server: Serving) -> Iterator[Figure]:
    """Give a person so many entries, and let a browser that nobody used before fetch them."""
    add_journals(server, SIZES)
    for size in SIZES:
        with open_browser() as context:
            yield from measure_size(server, context, size)


def measure_size(server: Serving, context: BrowserContext, size: int) -> Iterator[Figure]:
    device = Device(context, server.url)
    install_worker(device.page, server.url)
    device.open("/sign-in")
    taken = device.page.evaluate(ARRIVE, {"email": email_of(size), "passphrase": PASSPHRASE, "next": "/you"})
    [worker] = context.service_workers
    arrival = taken["ended"] - worker.evaluate(FIRST_EXCHANGE)
    promised = ARRIVAL_MS if size == PROMISED else None
    yield Figure("journal comes to a new device", round(arrival), "ms", promised, size=size)
    yield Figure("a tap on /journal meanwhile, the longest", longest(taken, "taps"), "ms", size=size)
    yield Figure("a save meanwhile, the longest", longest(taken, "saves"), "ms", size=size)


def longest(taken: Any, what: str) -> float:
    return round(max(taken[what], default=0), 1)


def add_journals(server: Serving, sizes: list[int]) -> None:
    """An account for each size, with so many invented entries."""
    server.stop()
    for size in sizes:
        server.run("account", "add", email_of(size), typed=PASSPHRASE)
        server.run("demo", email_of(size), "--entries", str(size))
    server.start()
