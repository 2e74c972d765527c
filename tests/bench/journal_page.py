"""The journal's page, rendered by the worker and by the server: what a person waits for most often."""

import http.client
import statistics
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing

from playwright.sync_api import BrowserContext, Cookie, Page

from tests.bench.browser import Workers, install_worker, open_browser
from tests.bench.empty_worker import serve_empty_worker
from tests.bench.figures import TIMES, Figure, median_ms
from tests.browser.device import PASSPHRASE, Device
from tests.serving import Serving

PROMISED = 1_000  # entries; other sizes are measured to know, not to keep
SIZES = [PROMISED, 10_000]
WARM_MS, COLD_MS = 16, 60
# The worker's own fetch event, dispatched in the worker by hand: all that the page costs, without the way to it.
RENDERED_MS = """async times => {
  const taken = []
  for (let time = 0; time < times; time++) {
    const event = new FetchEvent("fetch", { request: new Request("/journal") })
    const answered = new Promise(resolve => Object.defineProperty(event, "respondWith", { value: resolve }))
    const began = performance.now()
    dispatchEvent(event)
    await (await answered).text()
    taken.push(performance.now() - began)
  }
  return taken
}"""
FETCHED_MS = """async () => {
  const began = performance.now()
  const answer = await fetch("/journal")
  if (!(await answer.text()).startsWith("<!doctype html>")) throw new Error("no page")
  return performance.now() - began
}"""
HAS_ALL = """async wanted => {
  const { name } = (await indexedDB.databases()).find(({ name }) => name.startsWith("unlearn-"))
  const result = asked => new Promise(done => { asked.onsuccess = () => done(asked.result) })
  const database = await result(indexedDB.open(name))
  while (await result(database.transaction("records").objectStore("records").count()) < wanted);
  database.close()
}"""


def measure(server: Serving) -> Iterator[Figure]:
    """Give a person so many entries, and time the page on their device and from the server."""
    server.stop()
    for size in SIZES:
        server.run("account", "add", email_of(size), typed=PASSPHRASE)
        server.run("demo", email_of(size), "--entries", str(size))
    server.start()
    yield Figure("an answer of the server, /health", from_server(server, "/health"), "ms")
    for size in SIZES:
        with open_browser() as context, serve_empty_worker() as empty:
            yield from measure_size(server, context, empty, size)


def measure_size(server: Serving, context: BrowserContext, empty: str, size: int) -> Iterator[Figure]:
    device = signed_in(server, context, size)
    title, promised = f"journal of {size:,}", size == PROMISED

    warm = rendered(context, device)
    yield Figure(f"{title}, worker, warm", warm, "ms", WARM_MS if promised else None)

    bare = context.new_page()
    install_worker(bare, empty)
    cold, floor = cold_starts([device.page, bare])
    yield Figure(f"{title}, worker, cold", cold, "ms")
    yield Figure(f"{title}, empty worker, cold", floor, "ms")
    yield Figure(f"{title}, cold beyond empty", round(cold - floor, 1), "ms", COLD_MS if promised else None)

    cookies = context.cookies(server.url)
    yield Figure(f"{title}, server, warm", from_server(server, "/journal", cookies), "ms")


def signed_in(server: Serving, context: BrowserContext, size: int) -> Device:
    """A device that has the whole journal."""
    device = Device(context, server.url)
    install_worker(device.page, server.url)
    device.sign_in(email_of(size))
    device.page.evaluate(HAS_ALL, size)
    device.keeps("server")
    device.open("/you")  # a page that fetches nothing by itself
    return device


def rendered(context: BrowserContext, device: Device) -> float:
    """The median in the worker, once it is warm."""
    device.page.evaluate(FETCHED_MS)
    [worker] = context.service_workers
    worker.evaluate(RENDERED_MS, TIMES)
    return middle(worker.evaluate(RENDERED_MS, 2 * TIMES))


def cold_starts(pages: list[Page]) -> list[float]:
    """For each page the median from a fetch that finds no worker running to the whole answer, taken in turn."""
    workers = Workers(pages[0])
    taken: list[list[float]] = [[] for _ in pages]
    for _ in range(TIMES):
        for page, times in zip(pages, taken, strict=True):
            workers.stop()
            times.append(page.evaluate(FETCHED_MS))
    return [middle(times) for times in taken]


def from_server(server: Serving, path: str, cookies: Iterable[Cookie] = ()) -> float:
    """The median of the whole answer, over one connection."""
    headers = {"Cookie": "; ".join(f"{each['name']}={each['value']}" for each in cookies)}
    with closing(http.client.HTTPConnection("127.0.0.1", server.port)) as connection:
        return round(median_ms(fetching(connection, path, headers)), 1)


def fetching(connection: http.client.HTTPConnection, path: str, headers: dict[str, str]) -> Callable[[], None]:
    def fetch() -> None:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        assert answer.status == 200, path
        answer.read()

    return fetch


def middle(times: list[float]) -> float:
    return round(statistics.median(times), 1)


def email_of(size: int) -> str:
    return f"mara+{size}@example.org"
