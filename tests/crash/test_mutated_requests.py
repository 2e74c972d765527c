"""A device's request, changed at random: always an answer of SYNC.md §2, and nobody's records touched."""

import asyncio
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sync.record import decode, encode, new, save
from tests.crash.hostile import asking, record
from tests.crash.line import Answer, Line, post
from tests.crash.people import tokens
from tests.server.journals import trait
from tests.serving import Serving

KEPT = trait("kept as it is", "6d2f7bb4-6c1f-4b39-9d0c-0d8c5a1c9a11")
THERE = save(new("6d2f7bb4-6c1f-4b39-9d0c-0d8c5a1c9a12", "practice"), "phone", {"a": [1, {"b": None}], "c": "d"}, 7)
REQUEST = {
    "v": 1,
    "device": "laptop",
    "epoch": None,
    "cursor": 0,
    "limit": 5,
    "records": [
        json.loads(encode(save(THERE, "laptop", {"deleted": dict(THERE.seen)}, 9))),
        json.loads(record(b'"a":"b"')),
        {
            "id": "6d2f7bb4-6c1f-4b39-9d0c-0d8c5a1c9a13",
            "kind": "tool",
            "seen": {"laptop": 3},
            "writes": [{"by": "laptop", "at": 3, "keys": ["name", "steps"], "box": "c2VhbGVk"}],
        },
    ],
}
ANSWERS = {400: "malformed", 409: "epoch_changed", 413: "too_large"}

numbers = st.integers() | st.sampled_from(
    [2**53, 2**63 - 1, 2**63, 2**64, 10**400, -(2**63) - 1, 8_640_000_000_000_000]
)
scalars = st.none() | st.booleans() | numbers | st.floats() | st.text(max_size=5) | st.sampled_from(["phone", "server"])
junk = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
)
Path = tuple[str | int, ...]


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def mara(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, str]]:
    """Where to ask, and her token."""
    folder = tmp_path_factory.mktemp("mutated")
    url = request.getfixturevalue("postgres").fresh_database() if request.param == "postgres" else ""
    about = {"UNLEARN_DATABASE_URL": url} if url else {}
    (token,) = tokens(folder, "mara", **about)
    with Serving(folder, **about) as serving:
        told = asyncio.run(ask(serving.port, token, asking(encode(KEPT), encode(THERE))))
        assert told.status == 200
        yield serving.port, token
        assert serving.errors() == ""


@given(data=st.data())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_members_of_any_sort_in_any_place(mara: tuple[int, str], data: st.DataObject) -> None:
    request = json.loads(json.dumps(REQUEST))
    for _ in range(data.draw(st.integers(1, 3))):
        change(request, data.draw(st.sampled_from(list(places(request)))), data)
    hold(mara, json.dumps(request, ensure_ascii=data.draw(st.booleans())).encode("utf-8", "surrogatepass"))


@given(data=st.data())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_bytes_changed_lost_and_added(mara: tuple[int, str], data: st.DataObject) -> None:
    request = bytearray(json.dumps(REQUEST).encode())
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(request)))
        length = data.draw(st.integers(0, 3))
        request[start : start + length] = data.draw(
            st.binary(max_size=3) | st.sampled_from([b'"', b"[", b"}", b"\\", b"e9"])
        )
    hold(mara, bytes(request))


def hold(mara: tuple[int, str], request: bytes) -> None:
    answer = asyncio.run(ask(*mara, request))
    if answer.status != 200:
        assert answer.code == ANSWERS[answer.status]
    page = asyncio.run(ask(*mara, asking()))
    assert page.status == 200
    (kept,) = json.loads(page.body)["records"]
    assert encode(decode(json.dumps(kept).encode())) == encode(KEPT)


async def ask(port: int, token: str, request: bytes) -> Answer:
    async with Line(port) as line:
        await line.send(post(token, request))
        return await line.answer()


def places(value: Any, path: Path = ()) -> Iterator[Path]:
    """Every place in a message but the whole of it."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inner:
        yield (*path, key)
        yield from places(each, (*path, key))


def change(request: Any, path: Path, data: st.DataObject) -> None:
    """Put something else in a place, or nothing, or one thing more beside it."""
    holder = request
    for key in path[:-1]:
        holder = holder[key]
    match data.draw(st.sampled_from(["replace", "remove", "add"])):
        case "replace":
            holder[path[-1]] = data.draw(junk)
        case "remove":
            del holder[path[-1]]
        case "add" if isinstance(holder, list):
            holder.append(data.draw(junk))
        case "add":
            holder[data.draw(st.text(max_size=5) | st.sampled_from(["by", "set", "keys", "box", "deleted"]))] = (
                data.draw(junk)
            )
