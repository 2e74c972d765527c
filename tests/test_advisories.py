"""No part of ours is of a version whose faults are published."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
ADVISORIES: dict[str, dict[str, Any]] = tomllib.loads((ROOT / "tests/advisories.toml").read_text())["python"]
LOCKED: dict[str, str] = {
    each["name"]: each["version"] for each in tomllib.loads((ROOT / "uv.lock").read_text())["package"]
}


@pytest.mark.parametrize("part", ADVISORIES)
def test_a_part_is_at_least_as_new_as_the_mending_of_its_faults(part: str) -> None:
    if part in LOCKED:  # one that is no more brought has no fault
        assert _numbers(LOCKED[part]) >= _numbers(ADVISORIES[part]["from"]), ADVISORIES[part]["for"]


def test_an_older_version_would_be_found() -> None:
    assert _numbers("2.9.10") < _numbers("2.22.0") < _numbers("2.22.1") < _numbers("10")


def _numbers(version: str) -> list[int]:
    assert re.fullmatch(r"[0-9]+(\.[0-9]+)*(\.?post[0-9]+)?", version), f"{version} is not a version that is out"
    return [int(number) for number in re.findall(r"[0-9]+", version)]
