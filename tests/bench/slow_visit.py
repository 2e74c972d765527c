"""A first visit over slow lines, the worker's part too: when the page is there to read, and when the phone can do without."""

import statistics
from collections.abc import Iterator

from tests.bench.browser import IS_ACTIVE, open_browser
from tests.bench.figures import Figure
from tests.bench.link import SLOW_2G, SLOW_4G, Line, phone_link
from tests.serving import Serving

PAINT_MS = 1500  # on slow 4G
SLOWER = 4  # times, as Lighthouse has it for a middling phone
TIMES = 3
LARGEST_PAINT = """() => new Promise(done => new PerformanceObserver(list => done(list.getEntries().at(-1).startTime))
  .observe({ type: "largest-contentful-paint", buffered: true }))"""


def measure(server: Serving) -> Iterator[Figure]:
    """Each time in a browser that nobody used before."""
    for name, line, most, times in [("slow 4G", SLOW_4G, PAINT_MS, TIMES), ("slow 2G", SLOW_2G, None, 1)]:
        visits = [_visit(server, line) for _ in range(times)]
        paint, ready = (round(statistics.median(each)) for each in zip(*visits, strict=True))
        yield Figure(f"first visit, largest paint, {name}", paint, "ms", most)
        yield Figure(f"first visit, until the worker is there, {name}", ready, "ms")


def _visit(server: Serving, line: Line) -> tuple[float, float]:
    with phone_link(server.port, line) as port, open_browser() as context:
        page = context.new_page()
        page.set_default_timeout(0)  # a slow line takes what it takes
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        page.goto(f"http://localhost:{port}/", wait_until="load")
        paint = page.evaluate(LARGEST_PAINT)
        page.evaluate(IS_ACTIVE)
        return paint, page.evaluate("performance.now()")
