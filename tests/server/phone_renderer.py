"""The phone's side of the templates, run by one Node process for all examples."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from server.template_compiler import compile_templates

ROOT = Path(__file__).parent.parent.parent
NODE = Path(sys.prefix) / "bin" / "node"
RUNTIME = (ROOT / "web/phone/render.js").as_uri()


class PhoneError(Exception):
    """The phone could not show a template."""


@dataclass
class PhoneRenderer:
    folder: Path
    requests: IO[str]
    answers: IO[str]
    modules: int = 0

    def compile(self, templates: Path) -> str:
        """Compile a folder and answer the address of its module."""
        self.modules += 1
        module = self.folder / f"templates-{self.modules}.mjs"
        module.write_text(compile_templates(templates, RUNTIME), encoding="utf-8")
        return module.as_uri()

    def render(self, module: str, name: str, context: dict[str, Any]) -> str:
        """The page as the phone shows it."""
        self.requests.write(json.dumps({"module": module, "name": name, "context": context}) + "\n")
        self.requests.flush()
        answer = json.loads(self.answers.readline())
        if "error" in answer:
            raise PhoneError(answer["error"])
        return str(answer["html"])


@contextmanager
def phone_renderer(folder: Path) -> Iterator[PhoneRenderer]:
    """A Node process that renders, with a folder for its modules."""
    process = subprocess.Popen(
        [NODE, ROOT / "tests/web/render_lines.js"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    assert process.stdin is not None
    assert process.stdout is not None
    with process:
        yield PhoneRenderer(folder, process.stdin, process.stdout)
        process.stdin.close()
