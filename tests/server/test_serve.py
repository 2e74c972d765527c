"""The server as a process: how it starts, and that it stops."""

import http.client
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from server.serve import PATIENCE
from tests.serving import NotStarted, Serving

PASSPHRASE = "seven quiet herons at noon"


@pytest.mark.parametrize("asked", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_at_once_while_a_device_listens_for_changes(server: Serving, asked: signal.Signals):
    server.stop()
    server.run("account", "add", "mara@example.org", typed=PASSPHRASE)
    token = server.run("token", "mara@example.org").strip()
    server.start()
    with listening(server, token):
        began = time.monotonic()

        assert server.stop(asked) == 0

        assert time.monotonic() - began < PATIENCE
    assert server.errors() == ""


def test_an_idle_connection_does_not_keep_it_from_stopping(server: Serving):
    with closing(http.client.HTTPConnection("127.0.0.1", server.port)) as idle:
        idle.request("GET", "/health")
        idle.getresponse().read()
        began = time.monotonic()

        assert server.stop() == 0
        assert time.monotonic() - began < PATIENCE


def test_a_second_start_finds_everything_compiled_and_compressed(server: Serving):
    server.stop()
    made = {path: path.stat().st_mtime_ns for path in (server.folder / "shell").iterdir()}

    server.start()

    assert get(server, "/health") == 200
    assert {path: path.stat().st_mtime_ns for path in (server.folder / "shell").iterdir()} == made


def test_a_start_loads_nothing_of_what_only_passkeys_and_providers_need(folder: Path):
    start = (
        "import sys; from server.serve import create_app; from server.settings import read_settings; "
        "create_app(read_settings({'UNLEARN_DATA': sys.argv[1]})); print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", start, str(folder)], capture_output=True, text=True, check=True)

    loaded = set(done.stdout.split())

    assert "litestar" in loaded
    assert {"webauthn", "authlib", "joserfc", "httpx"} & loaded == set()


def test_a_second_process_on_the_same_folder_is_refused_in_one_line(server: Serving):
    with pytest.raises(NotStarted, match=r"^unlearn: .* is open in another process; stop that one first\n$"):
        Serving(server.folder).start()


def test_a_taken_port_is_refused_in_one_line(server: Serving, tmp_path: Path):
    elsewhere = Serving(tmp_path / "elsewhere", UNLEARN_PORT=str(server.port))

    with pytest.raises(
        NotStarted, match=rf"^unlearn: cannot listen on .* port {server.port}: Address already in use\n$"
    ):
        elsewhere.start()


def test_on_a_network_it_prints_its_address_as_a_code_for_phones(tmp_path: Path):
    with Serving(tmp_path, UNLEARN_HOST="0.0.0.0", UNLEARN_PUBLIC_URL="http://192.0.2.7:8000") as serving:
        assert "█" in serving.read_line()


@contextmanager
def listening(serving: Serving, token: str) -> Iterator[None]:
    """Hold an event stream open, its first event read."""
    with closing(http.client.HTTPConnection("127.0.0.1", serving.port)) as connection:
        connection.request("GET", "/sync/changes", headers={"Authorization": f"Bearer {token}"})
        with connection.getresponse() as stream:
            assert stream.status == 200
            assert stream.readline()
            yield


def get(serving: Serving, path: str) -> int:
    with closing(http.client.HTTPConnection("127.0.0.1", serving.port)) as connection:
        connection.request("GET", path)
        return connection.getresponse().status
