"""One kept connection to a server, HTTP/1.1 by hand: it counts every byte that crosses it, headers included."""

import select
import socket
from collections.abc import Iterable, Iterator

import msgspec

from tests.bench.codings import inflater

READ = 256 * 1024  # bytes asked for at a time


class Answer(msgspec.Struct, frozen=True):
    status: int
    headers: dict[str, str]


class Connection:
    """Sends a request in one piece or bit by bit, and hands its answer on as it comes in."""

    def __init__(self, port: int) -> None:
        self.up = self.down = 0
        self._port = port
        self._host = f"localhost:{port}"
        self._socket = self._open()
        self._rest = b""  # of what was read, beyond what was asked for

    def close(self) -> None:
        self._socket.close()

    def ask(self, method: str, path: str, headers: Iterable[str], body: bytes = b"") -> None:
        """Send a request whose body is known."""
        self._reopen_if_closed()
        length = [f"Content-Length: {len(body)}"] if body else []
        self._send(self._head(method, path, [*headers, *length]) + body)

    def begin(self, path: str, headers: Iterable[str]) -> None:
        """Begin a POST whose body comes in pieces: RFC 9112 §7.1."""
        self._reopen_if_closed()
        self._send(self._head("POST", path, [*headers, "Transfer-Encoding: chunked"]))

    def add(self, piece: bytes) -> None:
        if piece:
            self._send(b"%x\r\n%b\r\n" % (len(piece), piece))

    def finish(self, piece: bytes) -> None:
        self._send(b"%x\r\n%b\r\n0\r\n\r\n" % (len(piece), piece))

    def answer(self) -> Answer:
        """Read an answer's status and headers."""
        while (end := self._rest.find(b"\r\n\r\n")) < 0:
            self._rest += self._receive()
        head, self._rest = self._rest[:end].decode("latin-1"), self._rest[end + 4 :]
        status, *lines = head.split("\r\n")
        named = (each.partition(":") for each in lines)
        return Answer(int(status.split(" ", 2)[1]), {name.lower(): value.strip() for name, _, value in named})

    def body(self, answer: Answer) -> Iterator[bytes]:
        """Read the answer's body as it comes in, inflated."""
        inflate = inflater(answer.headers.get("content-encoding", "identity"))
        pieces = self._chunks() if "transfer-encoding" in answer.headers else self._counted(answer)
        for piece in pieces:
            yield inflate(piece)

    def _open(self) -> socket.socket:
        opened = socket.create_connection(("127.0.0.1", self._port))
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return opened

    def _reopen_if_closed(self) -> None:
        # A server closes what says nothing for half a minute; between two answers it has nothing else to say.
        if select.select([self._socket], [], [], 0)[0]:
            self._socket.close()
            self._socket = self._open()

    def _head(self, method: str, path: str, headers: Iterable[str]) -> bytes:
        return "\r\n".join([f"{method} {path} HTTP/1.1", f"Host: {self._host}", *headers, "", ""]).encode()

    def _counted(self, answer: Answer) -> Iterator[bytes]:
        left = int(answer.headers["content-length"])
        while left:
            piece = self._take(left)
            left -= len(piece)
            yield piece

    def _chunks(self) -> Iterator[bytes]:
        while left := int(self._line(), 16):
            while left:
                piece = self._take(left)
                left -= len(piece)
                yield piece
            self._line()
        self._line()

    def _line(self) -> bytes:
        while (end := self._rest.find(b"\r\n")) < 0:
            self._rest += self._receive()
        line, self._rest = self._rest[:end], self._rest[end + 2 :]
        return line

    def _take(self, most: int) -> bytes:
        read = self._rest or self._receive()
        piece, self._rest = read[:most], read[most:]
        return piece

    def _receive(self) -> bytes:
        if not (read := self._socket.recv(READ)):
            raise ConnectionError("the server closed the connection")
        self.down += len(read)
        return read

    def _send(self, sent: bytes) -> None:
        self._socket.sendall(sent)
        self.up += len(sent)
