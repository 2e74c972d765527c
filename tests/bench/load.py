"""Many devices that push one record each, again and again: one thread, one epoll, requests ready but for two places."""

import re
import selectors
import socket
import time
import uuid

import msgspec

CURSOR = re.compile(rb'"epoch":"([^"]*)","cursor":(\d+),"more":false')
LENGTH = re.compile(rb"\r\ncontent-length: (\d+)\r\n", re.IGNORECASE)
READ = 1024 * 1024


class Load(msgspec.Struct, frozen=True):
    """What came of it: the time from each push to its acknowledgement, and how long all of it took."""

    waits_ms: list[float]
    seconds: float

    @property
    def per_second(self) -> float:
        return len(self.waits_ms) / self.seconds


class Pusher:
    """One device on one connection; it follows its journal as every device does."""

    def __init__(self, port: int, token: str, device: str, record: bytes) -> None:
        self.acknowledged = 0
        self._socket = socket.create_connection(("127.0.0.1", port))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._head = f"POST /sync HTTP/1.1\r\nHost: localhost:{port}\r\nAuthorization: Bearer {token}\r\n".encode()
        self._device = device.encode()
        self._record = record.replace(b"%", b"%%")
        self._request = self._prepared(b"null")
        self._cursor = 0
        self._answer = b""
        self._whole = 0  # bytes of the answer, once its head is here
        self._sent_at = 0.0

    def fileno(self) -> int:
        return self._socket.fileno()

    def close(self) -> None:
        self._socket.close()

    def push(self) -> None:
        """Send one more record, which nobody has yet."""
        self._sent_at = time.perf_counter()
        self._socket.sendall(self._request % (self._cursor, str(uuid.uuid4()).encode()))

    def hear(self) -> float | None:
        """Read what there is; once the answer is whole, give the ms that it took."""
        self._answer += self._socket.recv(READ)
        if not self._whole:
            head = self._answer.partition(b"\r\n\r\n")[0] + b"\r\n"
            length = LENGTH.search(head)
            assert head.startswith(b"HTTP/1.1 200 "), head
            assert length, head
            self._whole = len(head) + 2 + int(length[1])
        if len(self._answer) < self._whole:
            return None
        waited = (time.perf_counter() - self._sent_at) * 1000
        self._read_answer()
        return waited

    def _read_answer(self) -> None:
        told = CURSOR.search(self._answer)
        assert told, self._answer
        assert self._answer.endswith(b'"refused":[]}'), self._answer
        if not self._cursor:
            self._request = self._prepared(b'"%b"' % told[1])
        self._cursor = int(told[2])
        self.acknowledged += 1
        self._answer, self._whole = b"", 0

    def _prepared(self, epoch: bytes) -> bytes:
        # Blanks before the cursor keep the length: they mean nothing in JSON.
        record = re.sub(rb'"id":"[^"]*"', b'"id":"%b"', self._record, count=1)
        about = b'{"v":1,"device":"%b","epoch":%b,"cursor":%%12d,"records":[' % (self._device, epoch)
        body = about + record + b"]}"
        length = len(body % (0, b"i" * 36))
        return self._head + b"Content-Type: application/json\r\nContent-Length: %d\r\n\r\n" % length + body


def load(pushers: list[Pusher], seconds: float) -> Load:
    """Let them all push for so long, each its next record as soon as its last is acknowledged."""
    waits: list[float] = []
    with selectors.EpollSelector() as selector:
        began = time.perf_counter()
        for pusher in pushers:
            selector.register(pusher, selectors.EVENT_READ)
            pusher.push()
        while selector.get_map():
            for key, _ in selector.select():
                pusher = key.fileobj  # type: ignore[assignment] # what was registered
                if (waited := pusher.hear()) is None:
                    continue
                waits.append(waited)
                if time.perf_counter() - began < seconds:
                    pusher.push()
                else:
                    selector.unregister(pusher)
    return Load(waits, time.perf_counter() - began)
