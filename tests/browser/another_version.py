"""A copy of the house whose words can be changed: the next version of the app, served in place of this one."""

import json
import shutil
import sys
from pathlib import Path

from server.places import ROOT
from tests.serving import Serving


def serve_copy(folder: Path) -> Serving:
    """A server, not yet started, that runs a copy of the project instead of the project."""
    house = folder / "house"
    for name in ("server", "sync", "web"):
        shutil.copytree(ROOT / name, house / name, ignore=shutil.ignore_patterns("__pycache__"))
    serving = Serving(folder / "var", PYTHONPATH=str(house))
    serving.command = [sys.executable, "-P", "-c", "from server.commands import main; main()"]
    return serving


def change_word(folder: Path, section: str, name: str, word: str) -> None:
    """Make the next version say something else in English."""
    path = folder / "house" / "web" / "words" / "en.json"
    words = json.loads(path.read_text())
    words[section][name] = word
    path.write_text(json.dumps(words))
