"""The phone's side, run by one Node process for all examples."""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import msgspec

from server.kinds import exported
from server.languages import LANGUAGES
from server.lifelines import read_lifelines
from server.places import ROOT, WEB
from server.template_compiler import compile_templates
from server.words import own_names, words_of
from sync.record import Record, encode
from tests.differential.example import PREFIX, PROVIDERS, Answer, Asked

NODE = Path(sys.prefix) / "bin" / "node"


class PhoneError(Exception):
    """The phone threw where it should have answered."""


class Phone:
    def __init__(self, requests: IO[str], answers: IO[str]) -> None:
        self.requests = requests
        self.answers = answers
        self.headers: dict[str, str] = {}  # of the last answer

    def hold(self, records: Sequence[Record]) -> None:
        """Make these the records of the phone's journal."""
        self._tell(f'{{"records":[{",".join(encode(record).decode() for record in records)}]}}')

    def answer(self, asked: Asked) -> Answer:
        """What the phone's worker answers."""
        told = self._tell(json.dumps({"asked": msgspec.to_builtins(asked)}))
        if "error" in told:
            raise PhoneError(told["error"])
        self.headers = dict(told.pop("headers"))
        return msgspec.convert(told, Answer)

    def _tell(self, line: str) -> Any:
        self.requests.write(line + "\n")
        self.requests.flush()
        return json.loads(self.answers.readline())


@contextmanager
def open_phone(folder: Path) -> Iterator[Phone]:
    """A Node process with the shell as the server would hand it over."""
    command = [NODE, ROOT / "tests/differential/phone_lines.js"]
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8", cwd=ROOT
    )
    assert process.stdin
    assert process.stdout
    with process:
        process.stdin.write(json.dumps(_shell(folder)) + "\n")
        yield Phone(process.stdin, process.stdout)
        process.stdin.close()


def _shell(folder: Path) -> dict[str, Any]:
    module = folder / "templates.mjs"
    module.write_text(compile_templates(WEB / "templates", (WEB / "phone/render.js").as_uri()), encoding="utf-8")
    return {
        "version": "v1",
        "prefix": PREFIX,
        "templates": module.as_uri(),
        "words": {language: words_of(language) for language in LANGUAGES},
        "languages": own_names(),
        "routes": json.loads((WEB / "routes.json").read_bytes()),
        "kinds": json.loads(exported()),
        "sign_up": "open",
        "lifelines": msgspec.to_builtins(read_lifelines()),
        "providers": PROVIDERS,
        "headers": json.loads((WEB / "headers.json").read_bytes()),
    }
