"""The app as people run it: a process on a port, with its own data folder, that can go away and come back."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import IO, Self

UNLEARN = str(Path(sys.executable).with_name("unlearn"))
SECONDS_TO_STOP = 5


class NotStarted(Exception):
    """What the server said instead of starting."""


class Serving:
    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        self.environment = {
            "PATH": os.environ["PATH"],
            "UNLEARN_DATA": str(folder),
            "UNLEARN_PORT": str(self.port),
            **settings,
        }
        self.command = [UNLEARN]
        self.process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self.process:
            self.stop()

    def start(self) -> str:
        """Start, and return the line that it prints once it listens."""
        assert not self.process
        with self._log() as log:
            self.process = subprocess.Popen(
                [*self.command, "serve"], env=self.environment, stdout=subprocess.PIPE, stderr=log, text=True
            )
        said = self.read_line()
        if not said:
            self._gone()
            raise NotStarted(self.errors())
        return said

    def stop(self, asked: signal.Signals = signal.SIGTERM) -> int:
        """Ask it to stop, see it gone from its port, and return its status."""
        assert self.process
        self.process.send_signal(asked)
        return self._gone()

    def run(self, *arguments: str, typed: str = "") -> str:
        """Run another of the operator's commands on the same folder, while the server is stopped."""
        command = [*self.command, *arguments]
        done = subprocess.run(command, input=typed, env=self.environment, capture_output=True, text=True, check=True)
        return done.stdout

    def read_line(self) -> str:
        return self._output.readline()

    def errors(self) -> str:
        return (self.folder / "log").read_text()

    def _gone(self) -> int:
        assert self.process
        self._output.close()
        status = self.process.wait(SECONDS_TO_STOP)
        self.process = None
        return status

    @property
    def _output(self) -> IO[str]:
        assert self.process
        assert self.process.stdout
        return self.process.stdout

    def _log(self) -> IO[str]:
        self.folder.mkdir(exist_ok=True)
        return (self.folder / "log").open("a")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port
