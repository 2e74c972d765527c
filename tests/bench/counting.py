"""A proxy that counts: what a browser, its workers and its caches take from a server, as it crosses the network."""

import http.client
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import msgspec

BETWEEN_TWO = {"connection", "keep-alive", "transfer-encoding", "content-length"}  # headers of one connection only


class Transfer(msgspec.Struct, frozen=True):
    """One answer, and the bytes of its body as they were sent, compressed or not."""

    path: str
    media_type: str
    body: int


class Counting(ThreadingHTTPServer):
    """Passes each request on to another port, and keeps count of the answers."""

    daemon_threads = True

    def __init__(self, port: int) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.to_port = port
        self.url = f"http://localhost:{self.server_port}"
        self.transfers: list[Transfer] = []


@contextmanager
def counting(port: int) -> Iterator[Counting]:
    """A proxy before the port, until the block ends."""
    with Counting(port) as proxy:
        threading.Thread(target=proxy.serve_forever, daemon=True).start()
        yield proxy
        proxy.shutdown()


class _Handler(BaseHTTPRequestHandler):
    server: Counting
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        with closing(http.client.HTTPConnection("127.0.0.1", self.server.to_port)) as connection:
            connection.request("GET", self.path, headers=dict(self.headers))
            answer = connection.getresponse()
            body = answer.read()
        self.server.transfers.append(Transfer(self.path, answer.headers.get_content_type(), len(body)))
        self.send_response_only(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in BETWEEN_TWO:
                self.send_header(name, value)
        if answer.status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass
