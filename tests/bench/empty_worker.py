"""A service worker that does next to nothing: what a browser itself takes to start one."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

WORKER = b"""\
addEventListener("activate", event => event.waitUntil(clients.claim()));
addEventListener("fetch", event => event.respondWith(new Response("<!doctype html><title>Empty</title>")));
"""
PAGE = b'<!doctype html><script>navigator.serviceWorker.register("/worker.js", { type: "module" })</script>'


@contextmanager
def serve_empty_worker() -> Iterator[str]:
    """The address of a page with such a worker."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_port}/"
        server.shutdown()


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        is_worker = self.path == "/worker.js"
        body = WORKER if is_worker else PAGE
        self.send_response_only(200)
        self.send_header("Content-Type", "text/javascript" if is_worker else "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass
