"""The plain device does what SYNC.md asks of one, and a server that answers wrong fails the benchmark."""

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bench.device import LAPTOP, PHONE, PUSH, Device, WrongAnswer
from tests.bench.edits import keeps_both
from tests.bench.load import Pusher, load
from tests.bench.measured import Measured
from tests.bench.pair import Pair
from tests.bench.records import as_record, entries

RIGHT = '{"v":1,"epoch":"e","cursor":5,"more":false,"records":[],"refused":[]}'
TWICE = '{"id":"a"},{"id":"a"}'


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Measured]:
    with Measured(tmp_path) as running:
        yield running


def signed_in(server: Measured) -> str:
    server.stop()
    [token] = server.add_people(1)
    server.start()
    return token


def test_a_journal_goes_up_in_several_pushes_and_comes_down_in_several_pages(server: Measured):
    token = signed_in(server)
    with Device(server.port, token, PHONE) as phone, Device(server.port, token, LAPTOP) as laptop:
        for entry in entries(2 * PUSH + 1):
            phone.keep(as_record(entry, PHONE))

        phone.upload()
        laptop.pull()

        assert not phone.unsent
        assert laptop.records == phone.records
        assert laptop.cursor == phone.cursor == 2 * PUSH + 1
        assert phone.bytes_down < 2_000  # each push told where the one before had ended, so nothing came back


def test_an_edit_reaches_the_other_device_and_two_at_once_are_both_kept(server: Measured):
    token = signed_in(server)
    with Device(server.port, token, PHONE) as phone, Device(server.port, token, LAPTOP, takes="gzip") as laptop:
        for entry in entries(3):
            phone.keep(as_record(entry, PHONE))
        phone.exchange()
        laptop.exchange()
        pair = Pair(server, phone, laptop)

        cost = pair.one_edit()

        assert cost.bytes > 0
        assert cost.cpu_ms > 0
        assert keeps_both(pair)


def test_each_pusher_sends_a_record_that_nobody_has_and_follows_its_journal(server: Measured):
    token = signed_in(server)
    pushers = [
        Pusher(server.port, token, device, as_record(entry, device))
        for device, entry in zip(("device1", "device2"), entries(2), strict=True)
    ]

    once = load(pushers, seconds=0)
    again = load(pushers, seconds=0)
    for pusher in pushers:
        pusher.close()

    assert len(once.waits_ms) == len(again.waits_ms) == 2
    with Device(server.port, token, LAPTOP) as laptop:
        laptop.exchange()
        assert len(laptop.records) == 4


@pytest.mark.parametrize(
    "wrong",
    [
        RIGHT.replace('"epoch":"e"', '"epoch":"another"'),
        RIGHT.replace('"cursor":5', '"cursor":4'),
        RIGHT.replace('"refused":[]', '"refused":[{"id":"a","code":"too_large","detail":""}]'),
        RIGHT.replace('"records":[]', f'"records":[{TWICE}]'),
        RIGHT.replace('"more":false', '"more":true'),
        RIGHT.replace('"v":1', '"v":2'),
    ],
)
def test_a_wrong_answer_is_not_taken(wrong: str):
    with answering(RIGHT, wrong) as server, Device(server.getsockname()[1], "token", PHONE) as phone:
        phone.exchange()

        with pytest.raises(WrongAnswer):
            phone.exchange()


def test_a_refusal_is_no_answer():
    with answering(RIGHT, status="503 Service Unavailable") as server:
        phone = Device(server.getsockname()[1], "token", PHONE)
        with phone, pytest.raises(WrongAnswer):
            phone.exchange()


def test_every_byte_counts_headers_too():
    heard: list[bytes] = []
    with answering(RIGHT, heard=heard) as server, Device(server.getsockname()[1], "token", PHONE) as phone:
        phone.exchange()

        assert phone.bytes_up == len(heard[0])
        assert phone.bytes_down == len(said(RIGHT))


def said(body: str, status: str = "200 OK") -> bytes:
    return f"HTTP/1.1 {status}\r\ncontent-length: {len(body)}\r\n\r\n{body}".encode()


def answering(*bodies: str, status: str = "200 OK", heard: list[bytes] | None = None) -> socket.socket:
    """A server that says what it is told to, whatever it is asked."""
    server = socket.create_server(("127.0.0.1", 0))

    def answer() -> None:
        first, _ = server.accept()
        with first:
            for body in bodies:
                asked = first.recv(65536)
                if heard is not None:
                    heard.append(asked)
                first.sendall(said(body, status))
            first.recv(1)  # until the device hangs up

    threading.Thread(target=answer, daemon=True).start()
    return server
