"""SECURITY.md says only what is so: each test that it names is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
NAMED = sorted(set(re.findall(r"`(tests/[\w/.]+)(?:::(\w+))?`", (ROOT / "SECURITY.md").read_text())))


@pytest.mark.parametrize(("file", "test"), NAMED)
def test_a_test_that_is_named_is_there(file: str, test: str) -> None:
    path = ROOT / file
    assert path.exists()
    if test:
        assert f"def {test}(" in path.read_text()
    elif path.is_file():
        assert "def test_" in path.read_text()


def test_enough_is_named() -> None:
    assert len(NAMED) > 20
