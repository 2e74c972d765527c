"""Phones in a history: the phone's own modules, run by one Node process for all devices of all histories."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Protocol

import msgspec

from server.kinds import exported
from server.places import ROOT
from tests.histories.device import Device, Held, Line
from tests.histories.tasks import Task

NODE = Path(sys.prefix) / "bin" / "node"


class PhoneError(Exception):
    """A phone threw, or ended."""


class Phones(Protocol):
    """Phones are told one thing at a time, and say one back; one that exchanges asks in between."""

    def open(self, count: int, account: str, stranger: Line) -> list[Device]: ...
    def tell(self, device: int, **told: Any) -> Any: ...


class NodePhones:
    """All of them in one Node process."""

    def __init__(self, told: IO[str], said: IO[str]) -> None:
        self._told = told
        self._said = said

    def open(self, count: int, account: str, stranger: Line) -> list[Device]:
        """Make so many phones, each a browser of its own, in which the account is signed in."""
        self._tell(command="open", count=count, account=account)
        return [Phone(self, n, account, stranger) for n in range(count)]

    def tell(self, device: int, **told: Any) -> Any:
        """Tell a phone, and hear what is said next."""
        return self._tell(device=device, **told)

    def _tell(self, **told: Any) -> Any:
        self._told.write(json.dumps(told) + "\n")
        self._told.flush()
        said = json.loads(self._said.readline() or '{"error": "it ended"}')
        if "error" in said:
            raise PhoneError(said["error"])
        return said


class Phone:
    def __init__(self, phones: Phones, number: int, account: str, stranger: Line) -> None:
        self._phones = phones
        self._number = number
        self._account = account
        self._stranger = stranger  # the line of somebody who is not signed in
        self._is_signed_out = False
        self._held: dict[str, Held] = {}
        self._writer = ""
        self.restart()

    def held(self) -> dict[str, Held]:
        return self._held

    def writer(self) -> str:
        return self._writer

    def do(self, task: Task) -> None:
        self._tell(command="perform", task=msgspec.to_builtins(task))

    def exchange(self, line: Line, limit: int, most: int) -> None:  # noqa: ARG002 - how many it pushes at once is its own
        said = self._tell(command="exchange")
        try:
            while "asks" in said:
                asked = said["asks"].replace('"limit":1000', f'"limit":{limit}', 1).encode()
                status, body = (self._stranger if self._is_signed_out else line)(asked) or (0, b"")
                said = self._tell(status=status, body=body.decode())
        except BaseException:
            while "asks" in said:  # else it waits, and the next history's phone for it
                said = self._tell(status=0, body="")
            raise

    def restart(self) -> None:
        self._tell(command="restart")

    def copy(self) -> Any:
        return self._tell(command="copy")["copy"]

    def restore(self, copy: Any) -> None:
        self._tell(command="restore", copy=copy)
        self.sign_in()

    def sign_out(self) -> None:
        self._is_signed_out = True

    def sign_in(self) -> None:
        self._is_signed_out = False
        self._tell(command="adopt", account=self._account)

    def _tell(self, **told: Any) -> Any:
        said = self._phones.tell(self._number, **told)
        rows = ((record, Held(text.encode(), *rest)) for record, text, *rest in said["held"])
        self._held, self._writer = dict(rows), said["writer"]
        return said


@contextmanager
def open_phones() -> Iterator[NodePhones]:
    command = [NODE, ROOT / "tests/histories/phone_lines.js"]
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8", cwd=ROOT
    )
    assert process.stdin
    assert process.stdout
    with process:
        process.stdin.write(json.dumps({"kinds": json.loads(exported())}) + "\n")
        yield NodePhones(process.stdin, process.stdout)
        process.stdin.close()
