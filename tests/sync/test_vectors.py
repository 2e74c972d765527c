"""Cases that web/phone/record.js passes too: tests/web/record.test.js."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from sync.canonical import BadValue
from sync.record import Record, Standing, decode, delete, encode, is_deleted, new, put_back, read, save, shred
from tests.sync.histories import ID

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "record.json").read_text())


def each(action: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", VECTORS[action], ids=lambda case: case["name"])


def record(case: dict[str, Any]) -> Record:
    return decode(msgspec.json.encode(case["record"], order="sorted"))


def plain(standing: Standing) -> dict[str, Any]:
    return {**standing._asdict(), "rivals": [rival._asdict() for rival in standing.rivals]}


@each("encode")
def test_encode(case: dict[str, Any]) -> None:
    assert encode(record(case)).decode() == case["text"]


@each("read")
def test_read(case: dict[str, Any]) -> None:
    shown = {field: plain(standing) for field, standing in read(record(case)).items()}
    assert json.dumps(shown, sort_keys=True) == json.dumps(case["shown"], sort_keys=True)
    assert is_deleted(record(case)) == case["deleted"]


@each("save")
def test_save(case: dict[str, Any]) -> None:
    saved = save(record(case), case["device"], case["fields"], case["now"], case["base"])
    assert encode(saved).decode() == case["text"]


@each("delete")
def test_delete(case: dict[str, Any]) -> None:
    assert encode(delete(record(case), case["device"], case["now"])).decode() == case["text"]


@each("put_back")
def test_put_back(case: dict[str, Any]) -> None:
    assert encode(put_back(record(case), case["device"], case["now"])).decode() == case["text"]


@each("shred")
def test_shred(case: dict[str, Any]) -> None:
    if case["text"] is None:
        with pytest.raises(ValueError, match="deleted"):
            shred(record(case))
    else:
        assert encode(shred(record(case))).decode() == case["text"]


@each("refused")
def test_refused(case: dict[str, Any]) -> None:
    with pytest.raises(BadValue):
        save(new(ID, "practice"), "phone", case["fields"], 1)
