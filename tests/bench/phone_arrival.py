"""A whole journal comes to a new device: how long it takes, and what a person who uses the page meanwhile waits for."""

import statistics
from collections.abc import Iterator
from typing import Any

from tests.bench.browser import install_worker, open_browser
from tests.bench.figures import Figure
from tests.bench.journal_page import email_of
from tests.browser.device import PASSPHRASE, Device
from tests.credentials import credentials
from tests.serving import Serving

PROMISED = 10_000  # entries; the larger journal shows how the cost grows
SIZES = [PROMISED, 100_000]
ARRIVAL_MS = 1500
TIMES = 5
# Signs in as the form does, and taps and saves, if that is wanted, until it is told that no more comes.
ARRIVE = """async ([form, isUsed]) => {
  const taken = { taps: [], saves: [] }
  const ended = new Promise(done => navigator.serviceWorker.addEventListener("message", ({ data }) => {
    if (data.type === "arriving" && data.text === "") done(performance.now())
  }))
  let coming = true
  ended.then(() => { coming = false })
  const use = async (times, path, init) => {
    const began = performance.now()
    if (!(await (await fetch(path, init)).text()).startsWith("<!doctype html>")) throw new Error("no page")
    times.push(performance.now() - began)
  }
  await Promise.all([
    fetch("/sign-in", { method: "POST", body: new URLSearchParams(form) }).then(answer => answer.text()),
    ended,
    new Promise(done => navigator.serviceWorker.addEventListener("message", done, { once: true })).then(async () => {
      while (isUsed && coming) {
        await use(taken.taps, "/journal")
        const body = new URLSearchParams({ name: `Trait ${taken.saves.length}` })
        await use(taken.saves, "/traits", { method: "POST", body })
        await new Promise(done => setTimeout(done, 100))
      }
    }),
  ])
  return { ended: performance.timeOrigin + (await ended), ...taken }
}"""
FIRST_EXCHANGE = """() => {
  const asked = performance.getEntriesByType("resource").filter(({ name }) => name.endsWith("/sync"))
  return performance.timeOrigin + Math.min(...asked.map(({ startTime }) => startTime))
}"""


def measure(server: Serving) -> Iterator[Figure]:
    """Give a person so many entries, and let browsers that nobody used before fetch them."""
    add_journals(server, SIZES)
    for size in SIZES:
        yield from measure_size(server, size)


def measure_size(server: Serving, size: int) -> Iterator[Figure]:
    promised = ARRIVAL_MS if size == PROMISED else None
    arrivals = [arrive(server, size, is_used=False)["arrival"] for _ in range(TIMES if promised else 1)]
    yield Figure("a journal comes to a new device", round(statistics.median(arrivals)), "ms", promised, size=size)
    used = arrive(server, size, is_used=True)
    yield Figure("the same while it is used", round(used["arrival"]), "ms", size=size)
    yield Figure("a tap on /journal meanwhile, the longest", longest(used, "taps"), "ms", size=size)
    yield Figure("a save meanwhile, the longest", longest(used, "saves"), "ms", size=size)


def arrive(server: Serving, size: int, *, is_used: bool) -> dict[str, Any]:
    """Sign in on a new device; `arrival` is in ms, from the first exchange to the last."""
    with open_browser() as context:
        device = Device(context, server.url)
        install_worker(device.page, server.url)
        device.open("/sign-in")
        form = {**credentials(server.url, email_of(size), PASSPHRASE), "next": "/you"}
        taken: dict[str, Any] = device.page.evaluate(ARRIVE, [form, is_used])
        [worker] = context.service_workers
        return {**taken, "arrival": taken["ended"] - worker.evaluate(FIRST_EXCHANGE)}


def longest(taken: Any, what: str) -> float:
    return round(max(taken[what], default=0), 1)


def add_journals(server: Serving, sizes: list[int]) -> None:
    """An account for each size, with so many invented entries."""
    server.stop()
    for size in sizes:
        server.run("account", "add", email_of(size), typed=PASSPHRASE)
        server.run("demo", email_of(size), "--entries", str(size))
    server.start()
