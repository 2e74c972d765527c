"""Disks too small for a journal: a mounted one, and, where nobody may mount, a limit to what a file may hold."""

import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import pytest

from tests.serving import Serving

BALLAST = "ballast"


class Disk(Protocol):
    folder: Path

    def begin(self, serving: Serving, /) -> None:
        """Hold a server that has just started to it."""

    def make_room(self, serving: Serving, /) -> None:
        """Let there be room again."""


class Mounted:
    """A file system in memory, with something on it that can be thrown away."""

    def __init__(self, folder: Path, size: int) -> None:
        self.folder = folder
        self._ballast = folder / BALLAST
        self._ballast.write_bytes(bytes(size))

    def begin(self, _: Serving, /) -> None:
        """It is as small for everybody."""

    def make_room(self, _: Serving, /) -> None:
        self._ballast.unlink()


class Limited:
    """No file that the server writes grows beyond a limit: the error is another (EFBIG), what has to happen is the same."""

    def __init__(self, folder: Path, size: int) -> None:
        self.folder = folder
        self._size = size

    def begin(self, serving: Serving, /) -> None:
        _limit(serving, self._size)

    def make_room(self, serving: Serving, /) -> None:
        _limit(serving, resource.RLIM_INFINITY)


@contextmanager
def mounted(folder: Path, size: int, ballast: int) -> Iterator[Disk]:
    """Mount a disk of so many bytes, of which ballast takes some."""
    if not _run("mount", "-t", "tmpfs", "-o", f"size={size}", "unlearn", str(folder)):
        pytest.skip("mounting takes root; a limit to the size of files stands in for it")
    try:
        yield Mounted(folder, ballast)
    finally:
        assert _run("umount", "-l", str(folder))


def _run(*command: str) -> bool:
    return not subprocess.run(command, check=False, capture_output=True).returncode


def _limit(serving: Serving, size: int) -> None:
    assert serving.process
    resource.prlimit(serving.process.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
