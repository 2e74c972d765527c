"""Bytes of the first visit, as they cross the network: the page, its worker, and all that the worker takes in for later."""

from collections import Counter
from collections.abc import Iterator

from tests.bench.browser import install_worker, open_browser
from tests.bench.counting import Transfer, counting
from tests.bench.figures import Figure
from tests.serving import Serving

MOST_KB = 80
KINDS = {
    "text/html": "html",
    "text/css": "css",
    "text/javascript": "js",
    "application/manifest+json": "manifest",
    "image/svg+xml": "icons",
    "image/png": "icons",
}


def measure(server: Serving) -> Iterator[Figure]:
    """Open the first page in a browser that nobody used before, and count the bodies by kind until all is there."""
    with counting(server.port) as proxy, open_browser() as context:
        page = context.new_page()
        install_worker(page, proxy.url)
        page.wait_for_load_state("networkidle")
        transfers = list(proxy.transfers)
    sizes: Counter[str] = Counter()
    for transfer in transfers:
        sizes[kind_of(transfer)] += transfer.body
    for kind, size in sorted(sizes.items()):
        yield Figure(f"first visit, {kind}", round(size / 1000, 1), "kB")
    yield Figure("first visit in all", round(sizes.total() / 1000, 1), "kB", MOST_KB)
    yield Figure("first visit, answers", len(transfers), "")


def kind_of(transfer: Transfer) -> str:
    if transfer.path.endswith("/phone.js"):
        return "the worker, with words and templates"
    if transfer.path.endswith("/page.js"):
        return "page's scripts"
    if transfer.path.endswith(".min.js"):
        return "htmx"
    return KINDS.get(transfer.media_type, "others")
