"""Bytes of the first visit, as they cross the network: the page, then all that the worker takes in for later."""

import http.client
import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from pathlib import PurePosixPath

from tests.bench.figures import Figure
from tests.serving import Serving

MOST_KB = 80
ACCEPT = {"Accept": "text/html", "Accept-Encoding": "br", "Accept-Language": "en"}


def measure(server: Serving) -> Iterator[Figure]:
    """Fetch what a browser fetches, and count the bodies by kind."""
    with closing(http.client.HTTPConnection("127.0.0.1", server.port)) as connection:
        page = fetch(connection, "/")
        script = fetch(connection, "/worker.js")
        kinds = defaultdict(int, {"page": len(page), "worker": len(script)})
        for path in sorted(named_in(page) | named_in(script)):
            kinds[kind_of(path)] += len(fetch(connection, path))
    for kind, size in sorted(kinds.items()):
        yield Figure(f"first visit: {kind}", round(size / 1000, 1), "kB")
    yield Figure("first visit in all", round(sum(kinds.values()) / 1000, 1), "kB", MOST_KB)


def fetch(connection: http.client.HTTPConnection, path: str) -> bytes:
    connection.request("GET", path, headers=ACCEPT)
    answer = connection.getresponse()
    assert answer.status == 200, path
    return answer.read()


def named_in(body: bytes) -> set[str]:
    return set(re.findall(r'"(/(?:shell|icons)/[^"]+|/manifest[^"]+)"', body.decode()))


def kind_of(path: str) -> str:
    return PurePosixPath(path).suffix.lstrip(".")
