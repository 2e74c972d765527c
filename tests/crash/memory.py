"""How much more memory a server takes while something happens to it."""

import re
from contextlib import suppress
from pathlib import Path
from typing import Self

from tests.serving import Serving

FORGET_THE_PEAK = "5"  # proc(5), clear_refs


class Memory:
    def __init__(self, serving: Serving) -> None:
        assert serving.process
        self._process = Path("/proc") / str(serving.process.pid)

    def __enter__(self) -> Self:
        with suppress(PermissionError):  # then the greatest peak so far is what counts
            (self._process / "clear_refs").write_text(FORGET_THE_PEAK)
        self._before = self._peak()
        return self

    def __exit__(self, *_: object) -> None:
        self.more = self._peak() - self._before

    def _peak(self) -> int:
        found = re.search(r"VmHWM:\s+(\d+) kB", (self._process / "status").read_text())
        assert found
        return int(found[1]) // 1024
