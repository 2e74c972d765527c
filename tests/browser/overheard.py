"""What a browser says to the server, byte for byte: a line between the two that listens."""

import base64
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import NamedTuple

CHUNK = 65536
PATIENCE = 30  # seconds


class Asked(NamedTuple):
    """One request, its body undone of nothing."""

    method: str
    address: str
    headers: dict[str, str]
    body: bytes


class Line:
    """All that was sent towards the server, by connection."""

    def __init__(self, port: int, server: int) -> None:
        self.url = f"http://localhost:{port}"
        self.server = server
        self.said: list[bytearray] = []
        self.spoken = threading.Condition()

    def take(self, browser: socket.socket) -> None:
        heard = bytearray()
        self.said.append(heard)
        with browser, suppress(OSError), socket.create_connection(("127.0.0.1", self.server)) as server:
            back = threading.Thread(target=_pass_on, args=(server, browser, lambda _: None), daemon=True)
            back.start()
            _pass_on(browser, server, self._note(heard))
            back.join()

    def _note(self, heard: bytearray) -> Callable[[bytes], None]:
        def note(piece: bytes) -> None:
            with self.spoken:
                heard.extend(piece)
                self.spoken.notify_all()

        return note

    def hears(self, line: bytes, times: int) -> None:
        """Wait until this was sent so many times."""
        with self.spoken:
            assert self.spoken.wait_for(lambda: self.bytes().count(line) >= times, PATIENCE), f"not sent: {line!r}"

    def bytes(self) -> bytes:
        return b"\n".join(map(bytes, self.said))

    def requests(self) -> list[Asked]:
        return [asked for heard in self.said for asked in _requests(bytes(heard))]


@contextmanager
def overheard(server: int) -> Iterator[Line]:
    """A line to the server on this port, on a port of its own."""
    with socket.create_server(("127.0.0.1", 0)) as ear:
        line = Line(ear.getsockname()[1], server)
        threading.Thread(target=_answer, args=(ear, line), daemon=True).start()
        yield line


def spellings(word: str) -> list[bytes]:
    """A word of plain letters as it could ride in a request: in any case, in base64 wherever it begins, in 16 bits."""
    plain = word.encode()
    inside = [base64.b64encode(b"-" * at + plain)[(at and 4) : -4] for at in range(3)]
    return [plain, plain.lower(), plain.upper(), *inside, word.encode("utf-16-le"), plain.hex().encode()]


def _answer(ear: socket.socket, line: Line) -> None:
    with suppress(OSError):
        while True:
            browser, _ = ear.accept()
            threading.Thread(target=line.take, args=(browser,), daemon=True).start()


def _pass_on(source: socket.socket, target: socket.socket, note: Callable[[bytes], None]) -> None:
    with suppress(OSError):
        while piece := source.recv(CHUNK):
            note(piece)
            target.sendall(piece)
    for end in (source, target):
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)


def _requests(heard: bytes) -> Iterator[Asked]:
    while heard:
        head, _, rest = heard.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        method, address, _ = first.split(" ")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
        assert "transfer-encoding" not in headers, "a body whose length this reader does not know"
        length = int(headers.get("content-length", "0"))
        yield Asked(method, address, headers, rest[:length])
        heard = rest[length:]
